import { relative } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { FleetOutput } from '../../constructs';
import type { Edits } from '../../store/edit/edits';
import { commit } from '../../store/edit/transaction';
import { reportText, type WriteReport, writeOutput } from '../../store/write-output';
import { fileLines } from '../print';
import type { RolloutFleet } from './fleet';
import type { FileChange, Proof } from './prove';

/** What a command that changes the configuration did. */
export interface Finished {
  /** Configuration files that were written or removed, relative to the working directory. */
  readonly edited: readonly string[];
  /** What was rendered. @default - nothing: `--no-synth` */
  readonly report?: WriteReport;
  /** What to run next. */
  readonly next: readonly string[];
}

/** Writes the edits, and then the rendered output. */
export function finish(fleet: RolloutFleet, edits: Edits, { output }: Pick<Proof, 'output'>, message: string, synth: boolean): Finished {
  const edited = edits.files.map(({ path }) => shown(path));
  const folder = fleet.fleet.path;
  const report = commit(fleet.config, edits, () => (synth ? writeOutput(folder, output as FleetOutput) : undefined));
  const added = [...edited, ...(synth ? [folder] : [])];
  return { edited, report, next: [`git add -A -- ${added.map(quoted).join(' ')}`, `git commit -m ${quoted(message)}`] };
}

/** What a person reads of it. */
export function finishedLines(folder: string, { edited, report, next }: Finished): readonly string[] {
  return [
    ...edited.map((file) => `edited ${file}`),
    ...(report ? [reportText(folder, report), ...fileLines('written', folder, report.written), ...fileLines('removed', folder, report.removed)] : []),
    '',
    'Next:',
    ...next.map((line) => `  ${line}`),
  ];
}

/** The manifests' change as a diff. */
export function diffText(folder: string, changes: readonly FileChange[]): string {
  return changes
    .map(({ path, before = '', after = '' }) => {
      const name = `${folder}/${path}`;
      const [, ...lines] = createTwoFilesPatch(before === '' ? '/dev/null' : `a/${name}`, after === '' ? '/dev/null' : `b/${name}`, before, after, '', '', {
        context: 1,
      }).split('\n');
      return lines.join('\n').trimEnd();
    })
    .join('\n');
}

function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

/** For a shell. */
export function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
