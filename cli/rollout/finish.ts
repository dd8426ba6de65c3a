import { existsSync } from 'node:fs';
import { dirname, relative } from 'node:path';
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
  /** Those of them that were not there before. */
  readonly added: readonly string[];
  /** What was rendered. @default - nothing: `--no-synth` */
  readonly report?: WriteReport;
  /** What to run next. */
  readonly next: readonly string[];
}

/** Writes the edits, and then the rendered output. */
export function finish(fleet: RolloutFleet, edits: Edits, { output }: Pick<Proof, 'output'>, message: string, synth: boolean): Finished {
  const edited = edits.files.map(({ file }) => shown(file));
  const added = edited.filter((file) => !existsSync(file));
  const folder = fleet.fleet.path;
  const report = commit(fleet.config, edits, () => (synth ? writeOutput(folder, output as FleetOutput) : undefined));
  return { edited, added, report, next: gitLines([...stageable(edited), ...(synth ? [folder] : [])], message) };
}

/** What to commit, for a shell. */
export function gitLines(paths: readonly string[], message: string): readonly string[] {
  return [`git add -A -- ${[...new Set(paths)].map(quoted).join(' ')}`, `git commit -m ${quoted(message)}`];
}

/** One file by its name; of several, and of one that is gone, the folder that holds all of them: Git knows no name that is neither there nor tracked. */
export function stageable(edited: readonly string[]): readonly string[] {
  const [first, ...others] = edited;
  if (first === undefined || (others.length === 0 && existsSync(first))) return edited;
  let folder = dirname(first);
  while (!existsSync(folder) || others.some((file) => folder !== '.' && !file.startsWith(`${folder}/`))) folder = dirname(folder);
  return [folder];
}

/** What a person reads of it. */
export function finishedLines(folder: string, { next, ...finished }: Finished): readonly string[] {
  return [...writtenLines(folder, finished), '', ...nextLines(next)];
}

export function nextLines(next: readonly string[]): readonly string[] {
  return ['Next:', ...next.map((line) => `  ${line}`)];
}

/** What was written. */
export function writtenLines(folder: string, { edited, added, report }: Omit<Finished, 'next'>): readonly string[] {
  const verb = (file: string) => (added.includes(file) ? 'added' : existsSync(file) ? 'edited' : 'removed');
  return [
    ...edited.map((file) => `${verb(file)} ${file}`),
    ...(report ? [reportText(folder, report), ...fileLines('written', folder, report.written), ...fileLines('removed', folder, report.removed)] : []),
  ];
}

/** The manifests' change as a diff. */
export function diffText(folder: string, changes: readonly FileChange[]): string {
  if (changes.length === 0) return 'No manifest changes.';
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
