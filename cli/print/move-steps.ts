import type { MoveStep } from '../../rollout/move-step';
import { print, printJson } from './print';
import { aligned, type Row } from './rows';

/** Prints commits, each with what to wait for. @param none what there is to say where there are none */
export function printMoveSteps(steps: readonly MoveStep[], none: string, json: boolean | undefined): void {
  if (json) printJson({ ok: true, steps });
  else print(steps.length === 0 ? none : steps.flatMap((step, index) => [...(index > 0 ? [''] : []), ...stepLines(step, index + 1)]).join('\n'));
}

function stepLines({ title, edits, effect, meanwhile, waitFor }: MoveStep, number: number): readonly string[] {
  const isCommit = edits.length > 0;
  const width = 'wait for'.length;
  const rows: readonly Row[] = [
    ...edits.map((edit) => ['write', edit] as const),
    ...(isCommit ? [['then', '`npx fleet synth`, commit both, merge'] as const] : []),
    ['effect', effect],
    ...(meanwhile === undefined ? [] : [['meantime', meanwhile] as const]),
  ];
  // A command is for copying: it stays on one line, however long.
  const conditions = waitFor.flatMap(({ cluster, command, shows }) => [
    `    ${(isCommit ? 'wait for' : 'run').padEnd(width)}  ${command}  # on ${cluster}`,
    ...aligned([['', `${isCommit ? 'to show' : 'shows'}: ${shows}`]], '    ', width),
  ]);
  return [`${String(number).padStart(2)}. ${title}`, ...aligned(rows, '    ', width), ...conditions];
}
