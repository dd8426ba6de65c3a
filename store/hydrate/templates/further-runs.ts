import type { ChartInput } from '../../../layers/charts/chart-input';
import type { ChartSource } from '../chart-sources';
import type { GivenFiles } from '../input-files';
import { actionsIn, actionsOf } from './template-actions';

/**
 * Functions of templates whose result is not the same at another time or on another machine: Sprig's of keys that are made, and of
 * the time, which is local. Helm has no others: it takes `env` out, and answers `lookup` and `getHostByName` with nothing.
 */
const varying =
  /(?<![.$\w])(?:ago|bcrypt|date\w*|durationRound|encryptAES|gen[A-Z]\w*|htmlDate\w*|htpasswd|must_?[dD]ate\w*|mustToDate|now|toDate|unixEpoch|uuidv4)\b/;

/** Those of chance, and `keys` and `values`, whose order is nobody's promise: what they give is often the same twice (`randInt 0 2`). */
const chancy = /(?<![.$\w])(?:rand[A-Z]\w*|shuffle|keys|values)\b/;

/** One that has two outcomes gives the same in all of them once in two thousand times. */
const manyRuns = 11;

const known = new WeakMap<ChartSource, number>();

/**
 * How often a chart is rendered again to see whether it gives the same objects. Starting Helm is most of what a rendering costs, and
 * most charts name no function for which it is done at all. They may stand in values as well, for `tpl`.
 */
export function furtherRuns(source: ChartSource, input: ChartInput, files: GivenFiles = { values: [], parameters: [] }): number {
  if (input.isTrial) return 0;
  const own = known.get(source) ?? runsFor(actionsIn(source.files()));
  known.set(source, own);
  return Math.max(own, ...toldTexts(input, files).map((text) => runsFor(actionsOf(text))));
}

/** What a chart is told, as texts: a template may be in each. */
export function toldTexts({ values, parameters }: ChartInput, files: GivenFiles): readonly string[] {
  const read = [...files.values, ...files.parameters].map(({ content }) => content.toString('utf8'));
  return [...values, ...parameters.map(({ value }) => value), ...read];
}

function runsFor(actions: Iterable<string>): number {
  let runs = 0;
  for (const action of actions) {
    if (chancy.test(action)) return manyRuns;
    if (varying.test(action)) runs = 1;
  }
  return runs;
}
