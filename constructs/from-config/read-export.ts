import { type ConfigFile, placeIn } from '../../layers/config-files';
import type { Finding } from '../../layers/consequences';
import { describe, isMap } from '../../layers/plain-data';
import type { AnyMap } from '../../layers/shape/read';
import type { Part } from '../../layers/shape/read-fields';

/** Names that no construct can have. Whatever else is wrong with a name is found when the model is checked. */
export function isUsableName(name: string, part: Part, problems: Finding[]): boolean {
  if (name !== '' && !(name in {})) return true;
  problems.push({
    code: 'invalid-name',
    message: name === '' ? 'a name is empty' : `'${name}' cannot be a name: every JavaScript object has it already`,
    ...part,
    hint: 'give it another name',
  });
  return false;
}

/** Whether what stands there is a map, as every file exports one. */
export function isExport(content: unknown, part: Part, expected: string, problems: Finding[]): content is AnyMap {
  if (isMap(content)) return true;
  problems.push({ code: 'config-shape', message: 'the default export cannot be read', ...part, expected, found: describe(content) });
  return false;
}

/** Reads a file's content, and has what is wrong with it reported where that stands. */
export function readWithPlaces<T>(file: ConfigFile, problems: Finding[], read: (found: Finding[]) => T): T {
  const found: Finding[] = [];
  const result = read(found);
  problems.push(...found.map((finding) => placed(finding, file)));
  return result;
}

function placed(finding: Finding, file: ConfigFile): Finding {
  const follows = finding.follows?.map((cause) => ('unread' in cause || cause.file !== file.file ? cause : { ...cause, ...placeIn(file, cause.place) }));
  const at = finding.file === file.file ? placeIn(file, finding.place ?? []) : {};
  return { ...finding, ...at, ...(follows ? { follows } : {}) };
}
