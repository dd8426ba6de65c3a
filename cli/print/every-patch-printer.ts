import type { WaitingPatch } from '../prepare/automatic/own-steps';
import type { PromoteFlags } from '../prepare/prepare-promotion';
import type { EveryPatchPrinter } from '../write/promote-every-patch';
import type { Written } from '../write/write-change';
import { patchTitle } from './patch-words';
import { print, printJson, printProblems } from './print';
import { rollbackRows } from './rollback-printer';
import { aligned } from './rows';
import { backData, evidenceData, stepData } from './step-data';
import { evidenceRows, stepRows } from './step-rows';
import { endData, nextLines, writtenData, writtenLines } from './written';

/** Shows each step to people when it is made, and at the end what waits. */
export function everyPatchText({ dryRun }: PromoteFlags): EveryPatchPrinter {
  return {
    moved: ({ step: { view, decision }, written, evidence }) =>
      printBlock(view.state, [...stepRows(view, decision, view.state.paths), ...evidenceRows(evidence)], written),
    takenBack: ({ prepared, written }) => printBlock(prepared.view.state, rollbackRows(prepared), written),
    failed: printProblems,
    ended: ({ moved, back, waiting, problems, ...end }) => {
      print(moved.length === 0 ? 'Nothing moves.' : `${moved.length} ${dryRun ? 'would move' : 'moved'}.`);
      if (back.length > 0) print(`${back.length} ${dryRun ? 'would be taken' : 'taken'} back: evidence is bad.`);
      printWaiting(waiting);
      const lines = nextLines(
        [...moved, ...back].flatMap(({ written }) => written ?? []),
        end,
      );
      if (lines.length > 0) print(lines.join('\n'));
      printProblems(problems);
    },
  };
}

/** What stays, and for whom it waits. */
export function printWaiting(waiting: readonly WaitingPatch[]): void {
  for (const [title, some] of [
    ['Stopped:', waiting.filter(({ isStopped }) => isStopped)],
    ['Waiting:', waiting.filter(({ isStopped }) => !isStopped)],
  ] as const) {
    if (some.length > 0) print(['', title, ...some.map(waitingLine)].join('\n'));
  }
}

function printBlock(state: Parameters<typeof patchTitle>[0], rows: Parameters<typeof aligned>[0], written: Written | undefined): void {
  print(`${[patchTitle(state), ...aligned(rows), ...(written ? ['', ...writtenLines(written)] : [])].join('\n')}\n`);
}

function waitingLine({ clusterType, app, patch, reason, owners }: WaitingPatch): string {
  return `  ${patch} of ${app} in ${clusterType}: ${reason}${owners.length > 0 ? ` (${owners.join(', ')})` : ''}`;
}

/** One document for programs, at the end. */
export function everyPatchJson(): EveryPatchPrinter {
  return {
    moved: () => undefined,
    takenBack: () => undefined,
    failed: () => undefined,
    ended: ({ moved, back, waiting, next, ...end }) => {
      const data = moved.map(({ step: { view, decision, folds }, evidence, written }) => ({
        ...stepData(view, decision, folds),
        ...evidenceData(evidence),
        ...(written ? writtenData(written, []) : { dryRun: true }),
      }));
      const taken = back.map(({ prepared, written }) => ({
        ...backData(prepared),
        ...(written ? writtenData(written, []) : { dryRun: true }),
      }));
      printJson({ ok: end.problems.length === 0, moved: data, ...(taken.length === 0 ? {} : { back: taken }), waiting, next, ...endData(end) });
    },
  };
}
