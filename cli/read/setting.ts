import { InvalidArgumentError } from 'commander';
import { readContent } from '../../layers/compile/read-content';

/** A value by the keys down to it, as `--set` gives it. */
export interface Setting {
  readonly keys: readonly string[];
  readonly text: string;
}

/** Far more than any field lies deep. */
const maxKeys = 100;

/** Reads one `--set`. @param before those given before it */
export function readSetting(text: string, before: readonly Setting[]): readonly Setting[] {
  const at = text.search(/(?<!\\)=/);
  const keys = (at < 0 ? '' : text.slice(0, at)).split(/(?<!\\)\./).map((key) => key.replace(/\\(.)/g, '$1'));
  if (keys.some((key) => key === '' || key === '__proto__')) throw new InvalidArgumentError('Expected path=value, such as source.targetRevision=v1.20.0.');
  if (keys.length > maxKeys) throw new InvalidArgumentError(`Expected a path of at most ${maxKeys} keys.`);
  const [fault] = readContent(parseValue(text.slice(at + 1))).faults;
  if (fault) throw new InvalidArgumentError(`Expected another value: ${fault.message}.`);
  return [...before, { keys, text: text.slice(at + 1) }];
}

/** The settings as one tree. @param current reads what is set there now: a string stays one, even where JSON reads something else */
export function treeOf(settings: readonly Setting[], current: (keys: readonly string[]) => unknown): { readonly [key: string]: unknown } {
  const tree: { [key: string]: unknown } = {};
  for (const { keys, text } of settings) {
    let map = tree;
    for (const key of keys.slice(0, -1)) {
      if (typeof map[key] !== 'object' || map[key] === null) map[key] = {};
      map = map[key] as { [key: string]: unknown };
    }
    const now = current(keys) as { readonly value?: unknown } | undefined;
    map[keys[keys.length - 1] as string] = typeof now?.value === 'string' ? text : parseValue(text);
  }
  return tree;
}

/** What JSON reads, but for numbers that would be written otherwise: `1.10` is a version. */
function parseValue(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'number' && String(value) !== text ? text : value;
  } catch {
    return text;
  }
}
