import type { MovingStep, PromoteFlags, WaitingStep } from '../prepare/prepare-promotion';
import type { PromotionPrinter } from '../write/promotion-printer';
import { proofText } from './changes/proof-text';
import { patchTitle } from './patch-words';
import { print, printProblems } from './print';
import { aligned } from './rows';
import { byHandRows, evidenceRows, foldRows, markRows, neededRows, soakRows, stepRows } from './step-rows';
import { mixedLines, nextLines, writtenLines } from './written';

/** Shows each step to people when it is made. */
export function promotionText({ all }: PromoteFlags): PromotionPrinter {
  return {
    enteredAll: () => print('It covers every target now. The next promotion makes it the base.'),
    waits: (step) => {
      printStep(step);
      print(`\nIt waits for somebody to approve ${step.open.join(' and ')}. Nothing was written. To approve:\n  ${step.command}`);
    },
    prepared: printStep,
    dryRun: ({ change }, folder, mixed) => {
      print([`\n${proofText(folder, change.proof)}`, ...mixedLines(mixed)].join('\n'));
      if (all) print('\nWith --all it goes on from there: `fleet plan` has every step.');
    },
    written: (_, written) => print(['', ...writtenLines(written)].join('\n')),
    goesOn: () => print(''),
    ended: ({ written, problems, ...end }) => {
      printProblems(problems);
      const lines = nextLines(written, end);
      if (lines.length > 0) print(lines.join('\n'));
    },
  };
}

function printStep(step: MovingStep | WaitingStep): void {
  const { view, decision, byHand, unsoaked, evidence } = step;
  const [folds, marks, needs, why] = step.kind === 'moves' ? [step.folds, step.marks, step.needs, step.sayingWhy] : [[], [], []];
  const rows = [
    ...stepRows(view, decision, view.state.paths),
    ...foldRows(folds),
    ...byHandRows(byHand),
    ...soakRows(unsoaked),
    ...evidenceRows(evidence),
    ...markRows(marks),
    ...neededRows(needs, why),
  ];
  print([patchTitle(view.state), ...aligned(rows)].join('\n'));
}
