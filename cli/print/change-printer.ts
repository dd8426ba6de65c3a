import type { Proof } from '../prepare/prove';
import type { ChangePrinter } from '../write/carry-out';
import { effectData } from './changes/change-data';
import { print, printJson, printNotes, printProblems } from './print';
import { aligned, type Row } from './rows';
import { endData, mixedData, mixedLines, nextLines, writtenData, writtenLines } from './written';

/** What people read of a change before it is written. */
export interface ChangeText {
  readonly title: string;
  readonly rows: readonly Row[];
  /** What they read of the rendered output with `--dry-run`. */
  readonly dryRun: (proof: Proof) => string;
}

/** Shows a change to people. */
export function changeText({ title, rows, dryRun }: ChangeText): ChangePrinter {
  return {
    prepared: () => print([title, ...aligned(rows)].join('\n')),
    dryRun: (proof, { mixed, notes }) => {
      print([`\n${dryRun(proof)}`, ...mixedLines(mixed)].join('\n'));
      printNotes(notes);
    },
    written: (written, end) => {
      print(['', ...writtenLines(written), ...nextLines([written], end)].join('\n'));
      printProblems(end.problems);
    },
  };
}

/** Shows a change to programs: one document, once it is written. */
export function changeJson(data: object): ChangePrinter {
  return {
    prepared: () => undefined,
    dryRun: ({ changes, effect }, { mixed, notes }) => {
      printJson({ ok: true, dryRun: true, ...data, changes: changes().map(({ path }) => path), ...mixedData(mixed), effect: effectData(effect()) });
      printNotes(notes);
    },
    written: (written, { problems, ...end }) =>
      printJson({ ok: problems.length === 0, ...data, ...writtenData(written, end.next), ...endData({ ...end, problems }) }),
  };
}
