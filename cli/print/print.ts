import { createColors } from 'picocolors';
import { FleetError } from '../../layers/problem';
import { countText, type Paint, type PrintedProblem, problemsText } from '../../layers/text/problem-text';
import { messageOf, stackOf, thrownAs } from '../../layers/thrown';
import { asRefusal } from '../../store/files/disk-refuses';
import { missingPackage } from '../missing-package';
import { withoutControls } from './without-controls';

/** At most so many files are listed; `--json` has them all. */
const shownFiles = 20;

/** Takes the exit status of a command. */
export type Done = (status: number) => void;

/** Colours where the stream is a terminal and NO_COLOR is not set (no-color.org). */
export function paintFor(stream: NodeJS.WriteStream): Paint & Readonly<Record<'dim' | 'bold' | 'added' | 'removed', (text: string) => string>> {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const colors = createColors(!NO_COLOR && (Boolean(FORCE_COLOR) || (stream.isTTY === true && TERM !== 'dumb')));
  return {
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    notice: (text) => colors.bold(colors.cyan(text)),
    place: colors.cyan,
    label: colors.dim,
    dim: colors.dim,
    bold: colors.bold,
    added: colors.green,
    removed: colors.red,
  };
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** What is to be known of what is printed goes to standard error: it is no part of it. */
export function printNotes(notes: readonly string[] = []): void {
  for (const note of notes) process.stderr.write(`Note: ${withoutControls(note)}.\n`);
}

/** Problems go to standard error, with the lines where the source shows them. */
export function printProblems(problems: readonly PrintedProblem[]): void {
  if (problems.length === 0) return;
  process.stderr.write(`${problemsText(located(problems), paintFor(process.stderr))}\n\n${countText(problems)}\n`);
}

/** With the lines where the source shows them. Loaded where there is something to locate: it needs the readers of YAML and TypeScript. */
function located(problems: readonly PrintedProblem[]): readonly PrintedProblem[] {
  const { locate } = require('../../store/read/locate') as typeof import('../../store/read/locate');
  return locate(problems);
}

/** `word  path` lines, the first twenty. */
export function fileLines(word: string, folder: string, paths: readonly string[]): readonly string[] {
  const paint = paintFor(process.stdout);
  const lines = paths.slice(0, shownFiles).map((path) => `  ${paint.label(word.padEnd(8))} ${folder.replace(/\/*$/, '/')}${path}`);
  return paths.length > shownFiles ? [...lines, `  ${paint.label(word.padEnd(8))} … and ${paths.length - shownFiles} more (--json lists all)`] : lines;
}

/** Prints a mistake of the user as a problem, and anything else as a bug. @returns the exit status */
export function printFailure(error: unknown, asJson: boolean): number {
  const mistake = thrownAs(error, FleetError) ?? asRefusal(error);
  if (mistake) {
    if (asJson) printJson({ ok: false, problems: located(mistake.problems) });
    else printProblems(mistake.problems);
    return 1;
  }
  const missing = missingPackage(error);
  if (missing) {
    process.stderr.write(`The package '${missing}' is not installed, which cdk8s-fleet needs beside it: run \`npm install ${missing}\`.\n`);
    return 1;
  }
  const trace = stackOf(error) || messageOf(error);
  process.stderr.write(`This is a bug in cdk8s-fleet, not a mistake of yours. Please report it with what follows.\n\n${trace}\n`);
  return 2;
}
