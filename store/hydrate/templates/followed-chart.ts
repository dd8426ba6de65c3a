import { posix } from 'node:path';
import type { ChartFinding, ChartInput } from '../../../layers/charts/chart-input';
import { mapStrings } from '../../../layers/text/token';
import type { ChartSource } from '../chart-sources';
import type { GivenFiles } from '../input-files';
import { unpacked } from '../unpacked';
import { followedText, followedWord } from './followed-text';

/** Packed charts in packed charts, and no further. */
const deepest = 5;

/**
 * The files of a chart with templates that follow a value, those of packed charts in it in folders. What Helm prints for whoever
 * installs it is left out: it reaches no object.
 */
export function followedFiles({ path, files }: ChartSource): ReadonlyMap<string, Buffer> {
  const isArchive = path.endsWith('.tgz');
  return new Map(filesIn(files(), isArchive ? /^[^/]+\// : /^/, isArchive));
}

function* filesIn(files: ReadonlyMap<string, Buffer>, top: RegExp, isArchive: boolean, depth = 0): Generator<readonly [string, Buffer]> {
  for (const [path, content] of files) {
    if (/(^|\/)charts\/[^/]+\.tgz$/.test(path) && depth <= deepest) {
      for (const [inner, one] of filesIn(unpacked(content), /^$/, true, depth + 1)) yield [posix.join(posix.dirname(path), inner), one];
    } else if (!(isArchive && /(^|\/)\.helmignore$/.test(path)) && !/(^|\/)templates\/NOTES\.txt$/.test(path))
      yield [path, followed(path, content, path.replace(top, ''))];
  }
}

function followed(path: string, content: Buffer, shown: string): Buffer {
  const isTemplate = /(^|\/)templates\//.test(path);
  // Bytes that are no text stay what they are.
  const encoding = content.equals(Buffer.from(content.toString('utf8'))) ? 'utf8' : 'latin1';
  return Buffer.from(followedText({ text: content.toString(encoding), shown, isTemplate }), encoding);
}

/** What a chart is told, which may be templates as well. */
export function followedInput({ values, parameters }: ChartInput): Pick<ChartInput, 'values' | 'parameters'> {
  return {
    values: values.map((text) => followedValues(text, 'the values')),
    parameters: parameters.map((one) => ({ ...one, value: followedText({ text: one.value, shown: 'the parameters', isTemplate: false }) })),
  };
}

export function followedGiven({ values, parameters }: GivenFiles): GivenFiles {
  const follow = <T extends GivenFiles['values'][number]>(file: T): T => ({ ...file, content: followed('', file.content, file.shown) });
  return { values: values.map(follow), parameters: parameters.map(follow) };
}

function followedValues(text: string, shown: string): string {
  const follow = (one: string) => followedText({ text: one, shown, isTemplate: false });
  if (!text.includes('{{')) return text;
  try {
    return JSON.stringify(mapStrings(JSON.parse(text) as string, follow));
  } catch {
    return follow(text);
  }
}

/** What Helm said of a value that is followed: `undefined` where it went through all templates, whatever came out of them. */
export function followedProblems(problems: readonly ChartFinding[]): readonly ChartFinding[] | undefined {
  const said = problems.map(({ message, found = '' }) => `${message} ${found}`).join(' ');
  const [, name, place] = new RegExp(`${followedWord}(.*?) in ([^;]*);`).exec(said) ?? [];
  if (name !== undefined)
    return [{ code: 'chart-token', message: `${name === 'range' || / /.test(name) ? name : `\`${name}\``} is given it`, found: `in ${place}` }];
  return /YAML parse error on /.test(said) ? undefined : problems;
}
