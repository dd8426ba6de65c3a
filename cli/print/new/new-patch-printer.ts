import { plural } from '../../../layers/text/problem-text';
import { shellWord } from '../../../layers/text/shell-word';
import type { IdleField, NewPatchFlags, PreparedPatch } from '../../prepare/prepare-patch';
import { stepText } from '../../read/patches/step-text';
import { whyIdle } from '../../read/patches/why-idle';
import type { ChangePrinter } from '../../write/carry-out';
import { changeJson, changeText } from '../change-printer';
import { proofText } from '../changes/proof-text';
import { print, printJson } from '../print';
import type { Row } from '../rows';
import { byHandRows } from '../step-rows';

/** @param folder of the output, from the top of the repository */
export function newPatchText(prepared: PreparedPatch, folder: string): ChangePrinter {
  const { targets, idle, byHand } = prepared;
  const start: Row = ['starts', `at ${stepText(prepared)} (${plural(targets.length, 'target')})`];
  return changeText({ title: titleOf(prepared), rows: [start, ...idle.map(idleRow), ...byHandRows(byHand)], dryRun: (proof) => proofText(folder, proof) });
}

/** @param more what is known of it besides */
export function newPatchJson({ clusterType, app, patch, path, file, targets, byHand }: PreparedPatch, more: object = {}): ChangePrinter {
  return changeJson({ clusterType, app, patch, path, file, targets, byHand, ...more });
}

/** Shows that a new patch waits for approvals. */
export function printWaiting(prepared: PreparedPatch, { approve, json }: Pick<NewPatchFlags, 'approve' | 'json'>): void {
  const { path, open } = prepared;
  const flags = [...approve, ...open].map((gate) => `--approve ${shellWord(gate)}`).join(' ');
  if (json) printJson({ ok: false, path, waitsFor: open, flags });
  else
    print(
      `${titleOf(prepared)}\n  starts  at ${stepText(prepared)}\n\nIt waits for somebody to approve ${open.join(' and ')}. Nothing was written. To approve, add:\n  ${flags}`,
    );
}

function titleOf({ clusterType, app, patch }: PreparedPatch): string {
  return `${patch} of ${app} in ${clusterType}`;
}

function idleRow(idle: IdleField): Row {
  return ['no effect', `${idle.field} at ${idle.target}: ${whyIdle(idle)}`];
}
