import { plural } from '../../layers/text/problem-text';
import { isThere } from '../../store/files/paths';
import { reportText, type WriteReport } from '../../store/output/write-output';
import { locate } from '../../store/read/locate';
import type { CommitEnd } from '../write/commit-run';
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

/** What a person does next. @param end the commands for it, or what was committed */
export function nextLines(steps: readonly Written[], { next, commit }: Pick<CommitEnd, 'next' | 'commit'>): readonly string[] {
  const stale = new Set(steps.flatMap((step) => step.stale)).size;
  const dir = steps.flatMap(({ rendered }) => rendered?.dir ?? [])[0] ?? '';
  return [
    ...(stale > 0
      ? ['', `${dir}/ was not current before: ${plural(stale, 'file')} of other edits ${stale === 1 ? 'was' : 'were'} rendered too. Commit them apart.`]
      : []),
    ...(commit ? ['', `Committed ${commit.id.slice(0, 12)}: ${commit.title}`] : []),
    ...(next.length > 0 ? ['', 'Next:', ...next.map((line) => `  ${line}`)] : []),
  ];
}

/** What was committed, or why it was not, for programs. */
export function endData({ commit, problems }: Pick<CommitEnd, 'commit' | 'problems'>): object {
  return { ...(commit ? { commit: commit.id } : {}), ...(problems.length > 0 ? { problems: locate(problems) } : {}) };
}

/** What was written, for programs. */
export function writtenData({ edited, rendered, stale }: Written, next: readonly string[]): object {
  return { edited, written: rendered?.report.written ?? [], removed: rendered?.report.removed ?? [], stale, next };
}
