import type { PromoteFlags } from '../prepare/prepare-promotion';
import type { EveryPatchPrinter, WaitingPatch } from '../write/promote-every-patch';
import { patchTitle } from './patch-words';
import { print, printJson, printProblems } from './print';
import { aligned } from './rows';
import { stepData } from './step-data';
import { stepRows } from './step-rows';
import { endData, nextLines, writtenData, writtenLines } from './written';

/** Shows each step to people when it is made, and at the end what waits. */
export function everyPatchText({ dryRun }: PromoteFlags): EveryPatchPrinter {
  return {
    moved: ({ step: { view, decision }, written }) => {
      const lines = [patchTitle(view.state), ...aligned(stepRows(view, decision, view.state.paths))];
      print(`${[...lines, ...(written ? ['', ...writtenLines(written)] : [])].join('\n')}\n`);
    },
    failed: printProblems,
    ended: ({ moved, waiting, problems, ...end }) => {
      print(moved.length === 0 ? 'Nothing moves.' : `${moved.length} ${dryRun ? 'would move' : 'moved'}.`);
      if (waiting.length > 0) print(['', 'Waiting:', ...waiting.map(waitingLine)].join('\n'));
      const lines = nextLines(
        moved.flatMap(({ written }) => written ?? []),
        end,
      );
      if (lines.length > 0) print(lines.join('\n'));
      printProblems(problems);
    },
  };
}

function waitingLine({ clusterType, app, patch, reason, owners }: WaitingPatch): string {
  return `  ${patch} of ${app} in ${clusterType}: ${reason}${owners.length > 0 ? ` (${owners.join(', ')})` : ''}`;
}

/** One document for programs, at the end. */
export function everyPatchJson(): EveryPatchPrinter {
  return {
    moved: () => undefined,
    failed: () => undefined,
    ended: ({ moved, waiting, next, ...end }) => {
      const data = moved.map(({ step: { view, decision, folds }, written }) => ({
        ...stepData(view, decision, folds),
        ...(written ? writtenData(written, []) : { dryRun: true }),
      }));
      printJson({ ok: end.problems.length === 0, moved: data, waiting, next, ...endData(end) });
    },
  };
}
