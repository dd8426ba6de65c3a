import type { Problem } from '../problem';
import { showTokens } from './token';

/** Colours, or nothing where there are none. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly notice: (text: string) => string;
  readonly place: (text: string) => string;
  readonly label: (text: string) => string;
}

/** A problem as it is printed: what rules of a fleet's own find has ids of their own. */
export type PrintedProblem = Omit<Problem, 'code'> & { readonly code: string };

const noPaint: Paint = { error: String, warning: String, notice: String, place: String, label: String };

/** Problems as a person reads them: what and where, then expected, found, and what to do. */
export function problemsText(problems: readonly PrintedProblem[], paint: Paint = noPaint): string {
  return problems.map((problem) => problemText(problem, paint)).join('\n\n');
}

/** How many problems there are of each severity: `2 errors, 1 warning`, `0 errors, 3 notices`. */
export function countText(problems: readonly Pick<Problem, 'severity'>[]): string {
  const count = (severity: NonNullable<Problem['severity']>) => problems.filter((problem) => (problem.severity ?? 'error') === severity).length;
  const others = (['warning', 'notice'] as const).flatMap((severity) => (count(severity) > 0 ? [plural(count(severity), severity)] : []));
  return [plural(count('error'), 'error'), ...others].join(', ');
}

/** `1 file`, `3 files`, `22,000 files` */
export function plural(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `22,000`; written out, because loading a locale takes 50 ms. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

function problemText(problem: PrintedProblem, paint: Paint): string {
  const { code, file, app, target, targets = 1, see } = problem;
  const severity = paint[problem.severity ?? 'error'](problem.severity ?? 'error');
  const position = file === undefined ? '' : ` ${paint.place(positionText(problem))}`;
  const at = problem.place?.join('.');
  const where = target === undefined ? undefined : targets > 1 ? `${target} and ${plural(targets - 1, 'more target')}` : target;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['at', at === '' ? undefined : at],
    ['app', app],
    ['target', where],
    ['expected', problem.expected],
    ['found', problem.found],
    ['see', see?.file === undefined ? undefined : positionText(see)],
    ['hint', problem.hint],
  ];
  const details = rows.flatMap(([label, text]) => (text === undefined ? [] : [`  ${paint.label(label.padEnd(8))} ${readable(text)}`]));
  return showTokens([`${severity} ${code}${position}`, `  ${readable(problem.message)}`, ...details].join('\n'));
}

/** `config/fleet.ts:3:5`, as far as it is known. */
export function positionText({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':');
}

/** What somebody wrote may be of any length; nobody reads a message of that length. */
function readable(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
