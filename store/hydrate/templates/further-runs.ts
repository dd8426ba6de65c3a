import type { ChartInput } from '../../../layers/charts/chart-input';
import type { ChartSource } from '../chart-sources';
import type { GivenFiles } from '../input-files';
import { actionsByFile, actionsOf } from './template-actions';

/**
 * Functions of templates whose result is not the same at another time or on another machine, each with how often one that names it is
 * rendered again: Sprig's of the time, which is local, and of keys that are made; of chance, which gives one letter of ten at least, or
 * one of two things; and those with the order of a map, which Go begins at one of eight places. Helm has no others: it takes `env` out,
 * and answers `lookup` and `getHostByName` with nothing.
 */
const varying: readonly (readonly [functions: RegExp, runs: number])[] = [
  [/(?<![.$\w])(?:keys|values)\b/, 31],
  [/(?<![.$\w])(?:randInt|shuffle)\b/, 11],
  [/(?<![.$\w])rand[A-Z]\w*/, 3],
  [/(?<![.$\w])(?:ago|bcrypt|date\w*|durationRound|encryptAES|gen[A-Z]\w*|htmlDate\w*|htpasswd|must_?[dD]ate\w*|mustToDate|now|toDate|unixEpoch|uuidv4)\b/, 1],
];

/** Where the order is none of what comes out. */
const ordered = /\b(?:keys|values)\b[^|()]*\|\s*(?:uniq\s*\|\s*)?(?:sortAlpha|len)\b|\b(?:sortAlpha|len|has\s+\S+)\s*\(\s*(?:keys|values)\b/g;

const known = new WeakMap<ChartSource, number>();

/**
 * How often a chart is rendered again to see whether it gives the same objects. Starting Helm is most of what a rendering costs, and
 * most charts name no function for which it is done at all. They may stand in values as well, for `tpl`.
 */
export function furtherRuns(source: ChartSource, input: ChartInput, files: GivenFiles = { values: [], parameters: [] }): number {
  if (input.isTrial) return 0;
  const own = known.get(source) ?? Math.max(0, ...[...actionsByFile(source.files())].map(runsFor));
  known.set(source, own);
  return Math.max(own, ...toldTexts(input, files).map((text) => runsFor(actionsOf(text))));
}

/** What a chart is told, as texts: a template may be in each. */
export function toldTexts({ values, parameters }: ChartInput, files: GivenFiles): readonly string[] {
  const read = [...files.values, ...files.parameters].map(({ content }) => content.toString('utf8'));
  return [...values, ...parameters.map(({ value }) => value), ...read];
}

function runsFor(actions: Iterable<string>): number {
  let most = 0;
  for (const action of actions) {
    const text = action.replace(ordered, '');
    for (const [functions, runs] of varying) if (runs > most && functions.test(text)) most = runs;
  }
  return most;
}
