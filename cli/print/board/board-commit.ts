import { everywhere } from '../../../layers/hierarchy';
import { parentOf } from '../../../layers/patch-state';
import type { BoardChange, BoardCommit } from '../../board/board';
import type { HistoryCommit } from '../../read/history/output-history';
import { type Words, wordsOf } from '../changes/change-words';
import { type HistoryRow, rowsOf, rowWords } from '../history/history-rows';
import { approvalsOf } from '../history/history-words';

/** How many lines of one commit a board has, and how many paths of one of them. */
const shown = { changes: 20, paths: 20 };

/** A commit of the history, in the words of `fleet history`. @param topology of the fleet */
export function boardCommit({ commit, merge, renames, changes }: HistoryCommit, topology: Parameters<typeof wordsOf>[0]['topology']): BoardCommit {
  const words = wordsOf({ topology });
  const renamed = renames.map(({ from, to }): BoardChange => ({ sign: ' ', text: `${from} renamed`, where: `to ${to}`, paths: [everywhere], targets: 0 }));
  const rows = rowsOf(changes, words);
  const lines = [...renamed, ...rows.slice(0, shown.changes).map((row) => boardChange(row, words))];
  const more = rows.slice(shown.changes).reduce((sum, row) => sum + row.length, 0);
  return {
    hash: commit.hash,
    date: commit.date,
    author: commit.author.name === '' ? commit.author.email : commit.author.name,
    subject: commit.subject,
    approvals: [...approvalsOf(commit), ...(merge === undefined ? [] : approvalsOf(merge))],
    changes: lines,
    ...(more === 0 ? {} : { more }),
  };
}

function boardChange(row: HistoryRow, words: Words): BoardChange {
  const [{ change }] = row;
  const isOfApp = 'app' in change;
  const targets = new Set(row.flatMap((one) => one.change.targets));
  return {
    ...rowWords(row, words),
    ...('apps' in change && words.target === 'cluster' ? {} : { clusterType: change.clusterType }),
    ...(isOfApp ? { app: change.app } : {}),
    paths: fewer([...new Set(row.flatMap((one) => one.change.paths))]),
    targets: targets.size,
  };
}

/** Of many paths the nodes that they lie in: who looks for a node finds what changed anywhere in it. */
function fewer(paths: readonly string[]): readonly string[] {
  if (paths.length <= shown.paths) return paths;
  const deepest = Math.max(...paths.map((path) => path.split('/').length));
  if (deepest === 1) return [everywhere];
  return fewer([...new Set(paths.map((path) => (path.split('/').length === deepest ? parentOf(path) : path)))]);
}
