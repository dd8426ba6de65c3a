import { type PrintedProblem, plural } from '../../../layers/text/problem-text';
import { commitName } from '../../read/judge/commit-name';
import type { Judgement } from '../../read/judge/judge-since';
import { codeSpan, commentRoom } from '../formats/markdown';
import { type PlacedVerdict, verdictProblems } from './verdict-problems';

/** What was judged, and how it came out, in one sentence: `2 changes since main (1a2b3c4): 1 refusal, 3 allowed`. */
export function summaryOf({ since, steps }: Judgement, placed: readonly PlacedVerdict[], asName: (text: string) => string = String): string {
  const broken = steps.reduce((sum, one) => sum + one.broken.length, 0);
  const told = verdictProblems(placed);
  const count = (severity: PrintedProblem['severity']) => told.filter((one) => one.severity === severity).length;
  const [refused, allowed, warned] = [count('error') + broken, count('notice'), count('warning')];
  const parts = [
    refused === 0 ? 'nothing is refused' : plural(refused, 'refusal'),
    ...(allowed > 0 ? [`${allowed} allowed by statements and exemptions`] : []),
    ...(warned > 0 ? [plural(warned, 'warning')] : []),
  ];
  return `${plural(steps.length, 'change')} since ${asName(since)}: ${parts.join(', ')}`;
}

/** As a comment of a pull request. */
export function judgementMarkdown(judgement: Judgement, placed: readonly PlacedVerdict[]): string {
  const lines = [`**${summaryOf(judgement, placed, codeSpan)}**`, ...judgement.notes.flatMap((note) => ['', codeSpan(note)])];
  const sections = [
    ...section('Refused', placed, 'refused'),
    ...brokenSection(judgement),
    ...section('Warnings', placed, 'warned'),
    ...section('Allowed', placed, 'allowed'),
  ];
  let left = commentRoom - lines.join('\n').length;
  let dropped = 0;
  for (const part of sections) {
    left -= part.length + 1;
    if (left < 0) dropped += part.startsWith('- ') ? 1 : 0;
    else lines.push(part);
  }
  if (dropped > 0) lines.push('', `… and ${plural(dropped, 'more')}, for which there is no room in a comment: \`npx fleet check --since\` shows all.`);
  return lines.join('\n');
}

function section(title: string, placed: readonly PlacedVerdict[], kind: PlacedVerdict['verdict']['kind']): readonly string[] {
  const own = placed.filter(({ verdict }) => verdict.kind === kind);
  if (own.length === 0) return [];
  return ['', `### ${title}`, '', ...own.map(verdictItem)];
}

function verdictItem({ step, verdict, file, line }: PlacedVerdict): string {
  const { rule, what, message, expected, found, hint, statement, stale, by, kind } = verdict;
  const place = file === undefined ? undefined : `${file}${line === undefined ? '' : `:${line}`}`;
  const details = [
    ['in', commitName(step)],
    ['at', place],
    ['expected', kind === 'allowed' ? undefined : expected],
    ['found', kind === 'allowed' ? undefined : found],
    ['instead', kind === 'refused' ? hint : undefined],
    ['for another effect', stale],
    ['to let it pass, in the message of the commit', statement],
    ['allowed by', by],
  ].flatMap(([label, text]) => (text === undefined ? [] : [`  - ${label}: ${codeSpan(text)}`]));
  const about = what === undefined || what === '*' ? '' : ` ${codeSpan(what)}`;
  return [`- **${rule}**${about}: ${codeSpan(message)}`, ...details].join('\n');
}

function brokenSection({ steps }: Judgement): readonly string[] {
  const all = steps.flatMap((step) =>
    step.broken.map(({ line, expected }) => `- in ${codeSpan(commitName(step))}: ${codeSpan(line)}, expected ${codeSpan(expected)}`),
  );
  return all.length === 0 ? [] : ['', '### Lines that say nothing', '', ...all];
}

/** As data: what commands print with `--json`. */
export function judgementData({ since, notes, steps }: Judgement, placed: readonly PlacedVerdict[]) {
  return {
    since,
    notes,
    changes: steps.map((step) => ({
      ...(step.commit ? { commit: step.commit.hash, subject: step.commit.subject } : {}),
      ...(step.broken.length === 0 ? {} : { broken: step.broken }),
      verdicts: placed
        .filter((one) => one.step === step)
        .map(({ verdict: { row, ofObjects: _, ...verdict }, file, line }) => ({
          ...verdict,
          ...(row ? { field: row.field } : {}),
          ...(file === undefined ? {} : { file }),
          ...(line === undefined ? {} : { line }),
        })),
    })),
  };
}
