import { plural } from '../../layers/text/problem-text';
import { isThere } from '../../store/files/paths';
import { reportText, type WriteReport } from '../../store/output/write-output';
import type { Written } from '../write/write-change';
import { fileLines } from './print';

/** Each file that was written, with what became of it. */
export function writtenLines({ edited, added, rendered }: Written): readonly string[] {
  const verb = (file: string) => (added.includes(file) ? 'added' : isThere(file) ? 'edited' : 'removed');
  return [...edited.map((file) => `${verb(file)} ${file}`), ...(rendered ? renderedLines(rendered.dir, rendered.report) : [])];
}

function renderedLines(dir: string, report: WriteReport): readonly string[] {
  return [reportText(dir, report), ...fileLines('written', dir, report.written), ...fileLines('removed', dir, report.removed)];
}

/** What a person does next. @param next the commands for it */
export function nextLines(steps: readonly Written[], next: readonly string[]): readonly string[] {
  const stale = new Set(steps.flatMap((step) => step.stale)).size;
  const dir = steps.flatMap(({ rendered }) => rendered?.dir ?? [])[0] ?? '';
  return [
    ...(stale > 0
      ? ['', `${dir}/ was not current before: ${plural(stale, 'file')} of other edits ${stale === 1 ? 'was' : 'were'} rendered too. Commit them apart.`]
      : []),
    ...(next.length > 0 ? ['', 'Next:', ...next.map((line) => `  ${line}`)] : []),
  ];
}

/** What was written, for programs. */
export function writtenData({ edited, rendered, stale }: Written, next: readonly string[]): object {
  return { edited, written: rendered?.report.written ?? [], removed: rendered?.report.removed ?? [], stale, next };
}
