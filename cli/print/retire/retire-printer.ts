import type { Condition } from '../../../rollout/move-step';
import type { RetireStep } from '../../../rollout/retire-steps';
import type { PreparedRetirement } from '../../prepare/retire/prepare-retire-app';
import type { ChangePrinter } from '../../write/carry-out';
import { changeJson } from '../change-printer';
import { proofText } from '../changes/proof-text';
import { print, printJson, printProblems } from '../print';
import { aligned, type Row } from '../rows';
import { mixedLines, nextLines, writtenLines } from '../written';

/** Shows what is left to do, and the step that is made. @param folder of the output, from the top of the repository */
export function retireText(prepared: PreparedRetirement, folder: string): ChangePrinter {
  return {
    prepared: () => print(stepsText(prepared)),
    dryRun: (proof, { mixed }) => print([`\n${proofText(folder, proof)}`, ...mixedLines(mixed)].join('\n')),
    written: (written, end) => {
      print(['', ...writtenLines(written), ...nextLines([written], end)].join('\n'));
      printProblems(end.problems);
    },
  };
}

export function retireJson({ steps, byHand = [] }: PreparedRetirement): ChangePrinter {
  return changeJson({ steps, byHand });
}

/** Shows what is left to do where nothing is written. */
export function printUnwritten(prepared: PreparedRetirement, json: boolean | undefined): void {
  const { steps, next, byHand = [], open = [] } = prepared;
  const command = next ?? steps.find(({ state }) => state === 'next')?.commands[0];
  if (json) printJson({ ok: open.length === 0, steps, byHand, command, ...(open.length === 0 ? {} : { waitsFor: open }) });
  else if (command === undefined) print(stepsText(prepared));
  else {
    const last =
      open.length === 0 ? 'Nothing was written. The next step:' : `It waits for somebody to approve ${open.join(' and ')}. Nothing was written. To approve:`;
    print(`${stepsText(prepared)}\n\n${last}\n  ${command}`);
  }
}

function stepsText({ title, steps, byHand = [] }: PreparedRetirement): string {
  return [title, ...aligned(byHand.map((text) => ['by hand', text] as const)), ...steps.flatMap((step, index) => ['', ...stepLines(step, index + 1)])].join(
    '\n',
  );
}

const states = { done: 'done', next: 'this one', later: 'later' } as const;

function stepLines({ title, state, commands, effect, gates, waitFor }: RetireStep, number: number): readonly string[] {
  const head = `${String(number).padStart(2)}. ${title}: ${states[state]}`;
  if (state === 'done') return [head];
  const isCommit = commands.length > 0;
  const width = 'wait for'.length;
  // A command is for copying: it stays on one line, however long.
  const conditions = waitFor.flatMap(({ cluster, command, shows }: Condition) => [
    `    ${(isCommit ? 'wait for' : 'run').padEnd(width)}  ${command}  # on ${cluster}`,
    ...aligned([['', `${isCommit ? 'to show' : 'shows'}: ${shows}`]], '    ', width),
  ]);
  const rows: readonly Row[] = [
    ['effect', effect],
    ...(gates.length === 0 ? [] : [['gate', `${gates.join(', ')}: the message of the commit says that somebody approved it`] as const]),
  ];
  return [head, ...commands.map((command) => `    ${'run'.padEnd(width)}  ${command}`), ...aligned(rows, '    ', width), ...conditions];
}
