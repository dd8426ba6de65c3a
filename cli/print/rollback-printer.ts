import { Coverage } from '../../layers/coverage';
import { plural } from '../../layers/text/problem-text';
import { shellWord } from '../../layers/text/shell-word';
import type { PreparedRollback } from '../prepare/prepare-rollback';
import { firstNames } from '../read/first-names';
import type { ChangePrinter } from '../write/carry-out';
import { changeJson, changeText } from './change-printer';
import { proofText } from './changes/proof-text';
import { patchTitle } from './patch-words';
import type { Row } from './rows';
import { gapRows } from './step-rows';

/** @param folder of the output, from the top of the repository */
export function rollbackText(prepared: PreparedRollback, folder: string, notes: readonly string[]): ChangePrinter {
  const rows = [...rollbackRows(prepared), ...notes.map((note) => ['note', note] as const)];
  return changeText({ title: patchTitle(prepared.view.state), rows, dryRun: (proof) => proofText(folder, proof) });
}

export function rollbackJson({ view: { state }, rollback: { paths, targets, split }, gaps }: PreparedRollback, notes: readonly string[]): ChangePrinter {
  const { clusterType, app, patch } = state;
  return changeJson({ clusterType, app, patch, before: state.paths, after: paths, left: targets, split, gaps, ...(notes.length === 0 ? {} : { notes }) });
}

/** What becomes of a patch that could go on from there by itself. @param isKnown whether Git will tell that it was taken back */
export function nextNote({ left: [first = ''] }: PreparedRollback, isKnown: boolean): string {
  if (isKnown) return '`fleet promote --auto` does not take it there again before somebody edits the patch, or promotes it by hand';
  return `\`fleet promote --auto\` goes on from here once it has soaked: \`npx fleet freeze ${shellWord(first)} --reason TEXT\` keeps it out, or edit the patch first`;
}

/** What a patch leaves. */
export function rollbackRows({ view: { state, places }, rollback: { paths, targets, split }, left, gaps, trouble }: PreparedRollback): readonly Row[] {
  const covered = (list: readonly string[]) => new Coverage(list, state.targets).covered.length;
  const nowhere = places.form === 'yaml' ? 'no path: its files are gone, and Git has them' : 'no path: it is kept for later';
  return [
    ['leaves', `${firstNames(left).join(', ')} (${plural(targets.length, 'target')})`],
    ...split.map((path) => ['splits', path] as const),
    ['sits at', paths.length > 0 ? paths.join(', ') : nowhere],
    ['covers', `${covered(state.paths)} → ${covered(paths)} of ${plural(state.targets.length, 'target')}`],
    ...gapRows(state, gaps),
    ...(trouble === undefined ? [] : [['warning', `what it entered last cannot be told: ${trouble}`] as const]),
  ];
}
