import { getOr } from '../../../layers/get-or';
import type { ReasonedChange } from '../../read/history/output-history';
import type { Words } from '../changes/change-words';
import { apart } from '../changes/field-rows';
import { changeText, clustersWords, manyChangesWords, whereAndWhy } from './history-words';

/** Changes of a commit that people read as one line. */
export type HistoryRow = readonly [ReasonedChange, ...ReasonedChange[]];

/** A line each, but for the changes of one field that differ from target to target, and for a cluster, which comes and goes with all its groups. */
export function rowsOf(changes: readonly ReasonedChange[], words: Words): readonly HistoryRow[] {
  const byKey = new Map<string, ReasonedChange[]>();
  for (const [index, one] of changes.entries()) {
    const { change } = one;
    const ofField = change.kind === 'field' ? [change.clusterType, change.app, change.object, change.deployer, change.field].join('\n') : undefined;
    const key = ofField ?? (isOfCluster(one, words) ? `${change.kind}\n${change.targets.join('\n')}` : String(index));
    getOr(byKey, key, () => []).push(one);
  }
  return ([...byKey.values()] as unknown as HistoryRow[]).flatMap((row) =>
    row.length > apart || isOfCluster(row[0], words) ? [row] : row.map((one): HistoryRow => [one]),
  );
}

function isOfCluster({ change }: ReasonedChange, { target }: Words): boolean {
  return target === 'cluster' && 'apps' in change;
}

/** What a line says: what came, went or changed, and where and why. */
export interface RowWords {
  readonly sign: '+' | '-' | ' ';
  readonly text: string;
  readonly where: string;
}

export function rowWords(row: HistoryRow, words: Words): RowWords {
  const [one] = row;
  const { kind } = one.change;
  const sign = kind.endsWith('removed') ? '-' : kind.endsWith('added') ? '+' : ' ';
  if (isOfCluster(one, words)) return { sign, ...clustersWords(row, words) };
  return { sign, ...(row.length > apart ? manyChangesWords(row, words) : { text: changeText(one, words), where: whereAndWhy(one, words) }) };
}
