import { fieldText } from '../../layers/record';
import { plural } from '../../layers/text/problem-text';
import { shellWord } from '../../layers/text/shell-word';
import type { PreparedBack } from '../prepare/back/prepare-back';
import type { RollbackFlags } from '../prepare/prepare-rollback';
import { stepText } from '../read/patches/step-text';
import { whyIdle } from '../read/patches/why-idle';
import type { ChangePrinter } from '../write/carry-out';
import { changeJson, changeText } from './change-printer';
import { proofText } from './changes/proof-text';
import { print, printJson } from './print';
import { aligned, type Row } from './rows';
import { byHandRows, gapRows } from './step-rows';

/** @param folder of the output, from the top of the repository */
export function backText(prepared: PreparedBack, folder: string): ChangePrinter {
  const printer = changeText({ title: titleOf(prepared), rows: rowsOf(prepared), dryRun: (proof) => proofText(folder, proof) });
  const { afterwards } = prepared;
  if (afterwards.length === 0) return printer;
  return {
    ...printer,
    written: (written, end) => {
      printer.written(written, end);
      print(['', 'Then:', ...afterwards.map((line) => `  ${line}`)].join('\n'));
    },
  };
}

export function backJson(prepared: PreparedBack): ChangePrinter {
  return changeJson(dataOf(prepared));
}

/** Shows that the patch waits for approvals. */
export function printBackWaiting(prepared: PreparedBack, { approve, json }: RollbackFlags): void {
  const { open } = prepared;
  const flags = [...approve, ...open].map((gate) => `--approve ${shellWord(gate)}`).join(' ');
  if (json) printJson({ ok: false, ...dataOf(prepared), waitsFor: open, flags });
  else {
    const waits = `It waits for somebody to approve ${open.join(' and ')}. Nothing was written. To approve, add:\n  ${flags}`;
    print([titleOf(prepared), ...aligned(rowsOf(prepared)), '', waits].join('\n'));
  }
}

function titleOf({ patch, app, clusterType, of }: PreparedBack): string {
  return `${patch} of ${app} in ${clusterType}: takes ${of} back`;
}

function rowsOf({ clusterType, app, patch, of, commit, path, wave, targets, back, gaps, idle, byHand }: PreparedBack): readonly Row[] {
  const hint = (other: string) => `\`fleet rollback ${[clusterType, app, of].map(shellWord).join(' ')} --at ${shellWord(other)}\` says that there`;
  const date = new Date(commit.time).toISOString().slice(0, 10);
  return [
    ['from', `the base, which has ${of} since commit ${commit.hash.slice(0, 12)}, of ${date}`],
    ['starts', `at ${stepText({ path, wave })} (${plural(targets.length, 'target')})`],
    ...back.fields.map(({ keys, value }) => ['back to', `${fieldText(keys)}: ${value?.shown ?? 'not set'}`] as const),
    ...back.left.map(
      ({ keys, why, now }) => ['left', `${fieldText(keys)}: ${why === 'same' ? 'it said the same before' : `it says ${now ?? 'nothing'} since`}`] as const,
    ),
    ...back.others.map(
      ({ keys, path: other, before }) => ['warning', `${fieldText(keys)} was ${before} at ${other} before, by an override: ${hint(other)}`] as const,
    ),
    ...gapRows({ clusterType, app, patch }, gaps),
    ...idle.map((one) => ['no effect', `${one.field} at ${one.target}: ${whyIdle(one)}`] as const),
    ...byHandRows(byHand),
  ];
}

function dataOf({ clusterType, app, patch, of, commit, path, file, targets, back, gaps, byHand, afterwards }: PreparedBack): object {
  return {
    ...{ clusterType, app, patch, takesBack: of, integrated: commit.hash, path, file, targets, gaps, byHand, afterwards },
    fields: back.fields.map(({ keys, value, ...rest }) => ({ ...rest, field: fieldText(keys), value: value?.shown ?? null })),
    left: back.left.map(({ keys, ...rest }) => ({ ...rest, field: fieldText(keys) })),
    overrides: back.others.map(({ keys, ...rest }) => ({ ...rest, field: fieldText(keys) })),
  };
}
