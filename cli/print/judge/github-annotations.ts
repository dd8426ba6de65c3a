import { relative } from 'node:path';
import { type PrintedProblem, positionText } from '../../../layers/text/problem-text';
import { locate } from '../../../store/read/locate';
import { print } from '../print';
import { withoutControls } from '../without-controls';

/** Problems as annotations, and what else is wrong. @param others each a text of any number of lines */
export function printAnnotations(problems: readonly PrintedProblem[], others: readonly string[]): void {
  // Where a workflow runs its steps is the top of the repository, unless it says otherwise.
  const top = process.env.GITHUB_WORKSPACE;
  for (const problem of locate(problems)) {
    const { severity = 'error', code, message, app, target, targets = 1, expected, found, see, hint, file, line } = problem;
    const rows = [
      ['app', app],
      ['at', target !== undefined && targets > 1 ? `${target} and ${targets - 1} more` : target],
      ['expected', expected],
      ['found', found],
      ['see', see?.file === undefined ? undefined : positionText(see)],
      ['hint', hint],
    ].flatMap(([label, text]) => (text === undefined ? [] : [`${label}: ${text}`]));
    const place = file === undefined ? {} : { file: top === undefined ? file : relative(top, file), ...(line === undefined ? {} : { line }) };
    print(annotationText({ level: severity, title: code, text: [message, ...rows].map(withoutControls).join('\n'), ...place }));
  }
  for (const text of others)
    print(annotationText({ level: 'error', title: 'the output is not current', text: text.split('\n').map(withoutControls).join('\n') }));
}

/** What a line of a log says to GitHub Actions, which shows it at its file and line. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  /** Any number of lines. */
  readonly text: string;
  /** From the top of the repository. */
  readonly file?: string;
  readonly line?: number;
}

/** @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function annotationText({ level, title, text, file, line }: Annotation): string {
  const about = [
    ...(file === undefined ? [] : [`file=${property(file)}`]),
    ...(file === undefined || line === undefined ? [] : [`line=${line}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${about.join(',')}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
