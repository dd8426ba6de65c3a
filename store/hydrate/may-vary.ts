import type { ChartInput } from '../../layers/charts/chart-input';
import type { ChartSource } from './chart-sources';
import type { GivenFiles } from './input-files';
import { unpacked } from './unpacked';

/**
 * Functions of templates whose result is not the same at another time or on another machine: Sprig's of chance, of keys that are
 * made, and of the time, which is local; and `keys` and `values`, whose order is nobody's promise. Helm has no others: it takes
 * `env` out, and answers `lookup` and `getHostByName` with nothing.
 */
const varying =
  /\b(?:ago|bcrypt|date\w*|durationRound|encryptAES|gen[A-Z]\w*|htmlDate\w*|htpasswd|keys|must_?[dD]ate\w*|mustToDate|now|rand[A-Z]\w*|shuffle|toDate|unixEpoch|uuidv4|values)\b/;

const comment = /\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/y;
/** Strings in it may hold braces of their own. */
const action = /\{\{(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|[^"`}]|\}(?!\}))*\}\}/y;

const known = new WeakMap<ChartSource, boolean>();

/**
 * Whether a chart may give other objects each time it is rendered. Starting Helm is most of what a rendering costs, and most charts
 * name no such function. They may stand in values as well, for `tpl`.
 */
export function mayVary(source: ChartSource, { values, parameters }: ChartInput, files: GivenFiles = { values: [], parameters: [] }): boolean {
  const own = known.get(source) ?? namesVarying(source.files());
  known.set(source, own);
  const read = [...files.values, ...files.parameters].map(({ content }) => content.toString('utf8'));
  return own || [...values, ...parameters.map(({ value }) => value), ...read].some(hasVarying);
}

function namesVarying(files: ReadonlyMap<string, Buffer>, depth = 0): boolean {
  for (const [path, content] of files) {
    const isArchive = path.endsWith('.tgz');
    if (isArchive ? depth > 5 || namesVarying(unpacked(content), depth + 1) : hasVarying(content.toString('utf8'))) return true;
  }
  return false;
}

function hasVarying(text: string): boolean {
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
    const skipped = textAt(comment, text, at);
    // What has no end is no action, or one that is not understood here: all of it is looked at.
    const found = skipped ?? textAt(action, text, at) ?? text.slice(at);
    if (skipped === undefined && varying.test(found)) return true;
    at += found.length;
  }
  return false;
}

function textAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
