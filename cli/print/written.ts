import { plural } from '../../layers/text/problem-text';
import { isThere } from '../../store/files/paths';
import { reportText, type WriteReport } from '../../store/output/write-output';
import { locate } from '../../store/read/locate';
import { firstNames } from '../read/first-names';
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
  const others = otherLines(steps);
  return [
    ...(others.length > 0 ? ['', ...others] : []),
    ...(commit ? ['', `Committed ${commit.id.slice(0, 12)}: ${commit.title}`] : []),
    ...(next.length > 0 ? ['', 'Next:', ...next.map((line) => `  ${line}`)] : []),
  ];
}

/** What was rendered along, of edits that are no matter of the steps. */
function otherLines(steps: readonly Written[]): readonly string[] {
  const dir = steps.flatMap(({ rendered }) => rendered?.dir ?? [])[0] ?? '';
  const [stale, mixed] = [new Set(steps.flatMap((step) => step.stale)), [...new Set(steps.flatMap((step) => step.mixed))]];
  const all = new Set([...stale, ...mixed]).size;
  if (all === 0) return [];
  const apart = mixed.length > 0 ? '' : ' Commit them apart.';
  const told = `${dir}/ was not current before: ${plural(all, 'file')} of other edits ${all === 1 ? 'was' : 'were'} rendered too.${apart}`;
  if (mixed.length === 0) return [told];
  const names = firstNames(mixed.map((path) => `${dir}/${path}`)).join(', ');
  const [are, hold] = mixed.length === 1 ? ['is', 'holds'] : ['are', 'hold'];
  return [
    told,
    `${mixed.length} of them ${are} of this step, and ${hold} these edits too: ${names}. Commit the other edits (charts, configuration) first, or look at \`git diff\` before.`,
  ];
}

/** What a dry run does not show: the files that it would write hold what other edits make of them, too. */
export function mixedLines(mixed: readonly string[]): readonly string[] {
  if (mixed.length === 0) return [];
  const files = `${plural(mixed.length, 'file')} of it ${mixed.length === 1 ? 'is' : 'are'}`;
  return ['', `${files} not current, and would hold other edits, too: ${firstNames(mixed).join(', ')}. Commit those first.`];
}

/** The same for programs. */
export function mixedData(mixed: readonly string[]): object {
  return mixed.length > 0 ? { mixed } : {};
}

/** What was committed, or why it was not, for programs. */
export function endData({ commit, problems }: Pick<CommitEnd, 'commit' | 'problems'>): object {
  return { ...(commit ? { commit: commit.id } : {}), ...(problems.length > 0 ? { problems: locate(problems) } : {}) };
}

/** What was written, for programs. */
export function writtenData({ edited, rendered, stale, mixed }: Written, next: readonly string[]): object {
  return { edited, written: rendered?.report.written ?? [], removed: rendered?.report.removed ?? [], stale, ...mixedData(mixed), next };
}
