import { createColors } from 'picocolors';
import { countText, FleetError, type Paint, type Problem, problemsText } from '../constructs';
import { messageOf, stackOf, thrownAs } from '../layers/thrown';
import { asRefusal } from '../store/disk-refuses';
import { locate } from '../store/locate';

/** A file of output, at most so many of them on a terminal: `--json` has them all. */
const shownFiles = 20;

/** What stands behind a command's result. */
export type Done = (status: number) => void;

/** Colours where the stream is a terminal and nobody asked for none (no-color.org). */
function paintFor(stream: NodeJS.WriteStream): Paint & { readonly dim: (text: string) => string } {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const colors = createColors(!NO_COLOR && (Boolean(FORCE_COLOR) || (stream.isTTY === true && TERM !== 'dumb')));
  return {
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    notice: (text) => colors.bold(colors.cyan(text)),
    place: colors.cyan,
    label: colors.dim,
    dim: colors.dim,
  };
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Problems go to standard error, with the lines where the source shows them. */
export function printProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  process.stderr.write(`${problemsText(locate(problems), paintFor(process.stderr))}\n\n${countText(problems)}\n`);
}

/** `word  path` lines, the first twenty. */
export function fileLines(word: string, folder: string, paths: readonly string[]): readonly string[] {
  const paint = paintFor(process.stdout);
  const lines = paths.slice(0, shownFiles).map((path) => `  ${paint.label(word.padEnd(8))} ${folder.replace(/\/*$/, '/')}${path}`);
  return paths.length > shownFiles ? [...lines, `  ${paint.label(word.padEnd(8))} … and ${paths.length - shownFiles} more (--json lists all)`] : lines;
}

/** A mistake of the user is told as such; anything else is a bug, and says so. @returns the exit status */
export function printFailure(error: unknown, asJson: boolean): number {
  const mistake = thrownAs(error, FleetError) ?? asRefusal(error);
  if (mistake) {
    if (asJson) printJson({ ok: false, problems: locate(mistake.problems) });
    else printProblems(mistake.problems);
    return 1;
  }
  const trace = stackOf(error) || messageOf(error);
  process.stderr.write(`This is a bug in cdk8s-fleet, not a mistake of yours. Please report it with what follows.\n\n${trace}\n`);
  return 2;
}

/** Tells how far a long run is, on a terminal, from the second on that it takes longer than one. */
export class ProgressLine {
  readonly #started = performance.now();
  #last = 0;
  #isShown = false;

  /** Runs something that can say how far it is; the line is gone afterwards. */
  during<T>(run: (show: (text: string) => void) => T): T {
    try {
      return run(this.#show);
    } finally {
      if (this.#isShown) process.stderr.write('\r\u001b[K');
    }
  }

  readonly #show = (text: string): void => {
    if (!process.stderr.isTTY) return;
    const now = performance.now();
    if (now - this.#started < 1000 || now - this.#last < 100) return;
    this.#last = now;
    this.#isShown = true;
    process.stderr.write(`\r\u001b[K${text}…`);
  };
}
