import type { Change, FieldChange, TargetChange } from '../../../changes/change';
import { statementsIn } from '../../../changes/judge/statements';
import type { Reason } from '../../../changes/reasons';
import { isOfChart } from '../../../changes/state';
import { getOr } from '../../../layers/get-or';
import { plural } from '../../../layers/text/problem-text';
import type { CommitInfo } from '../../../store/git/commit-info';
import { asSaid } from '../../read/changes/change-places';
import { firstNames } from '../../read/first-names';
import type { ReasonedChange } from '../../read/history/output-history';
import { appText, doneText, type Words, whereText } from '../changes/change-words';
import { targetsText } from '../changes/coming-rows';
import { manyPlaces, manyText } from '../changes/field-rows';
import { valueText } from '../changes/value-text';

/** How much of a value people read of a line that tells of one commit among many. */
const widest = 60;

/** A line of a history in two parts: what changed, and where and why. */
export interface ChangeWords {
  readonly text: string;
  readonly where: string;
}

/** What evidence said when a commit was made: a line for each piece and answer, and why it went on where that was not good. */
export function evidenceOf({ message }: CommitInfo): readonly (readonly ['evidence' | 'despite', string])[] {
  const lines = statementsIn([message]).evidence.map(({ name, answer, paths, patch, since }) => {
    const when = since === undefined ? '' : ` since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')}Z`;
    return ['evidence', `${name} ${answer} at ${paths.join(',')}${when} (${patch})`] as const;
  });
  // Each app of a file has a line of its own, which says the same.
  const once = [...new Map(lines.map((line) => [line[1], line])).values()];
  return [...once, ...[...message.matchAll(/^Fleet-Despite: (.+)$/gm)].map(([, reason = '']) => ['despite', reason] as const)];
}

/** Trailers by which people say that they stand for a commit. */
const approving = /^(approved|reviewed|acked|tested|signed-off)-by$/i;

/** `patch-001 entered production/prod-canary`, `override production`, `no more set by override production` */
export function reasonText({ kind, layer, path }: Reason, change: Change['kind']): string {
  if (kind === 'withdrawn') return `no more ${change === 'field' ? 'set' : change.endsWith('added') ? 'disabled' : 'enabled'} by ${layer}`;
  if (kind === 'edited') return `${layer} was edited at ${path}`;
  if (kind === 'layer') return path === undefined ? layer : `${layer} at ${path}`;
  return `${layer} ${kind} ${path}`;
}

/** What changed, in one line: `source.targetRevision v1.17.0 → v1.18.2`, `added`. */
export function changeText({ change }: ReasonedChange, words: Words): string {
  if (change.kind !== 'field') return `${nounOf(change, words)} ${doneText(change)}`;
  const { before, after } = asSaid(change);
  return `${fieldText(change)} ${shortValue(before)} → ${shortValue(after)}`;
}

/** A field, behind the name of its object: `spec.source.targetRevision`, `Deployment shop/web spec.replicas`. */
function fieldText(change: FieldChange): string {
  const of = isOfChart(change) ? (change.manifest ?? change.object) : change.object;
  return of === undefined || of === 'values' ? change.field : `${of} ${change.field}`;
}

/** Clusters that come or go, with all that their groups have. */
export function clustersWords(row: readonly ReasonedChange[], words: Words): ChangeWords {
  const changes = row.map(({ change }) => change as TargetChange);
  const first = changes[0] as TargetChange;
  return { text: `${targetsText(changes, words)} ${first.kind.endsWith('removed') ? 'removed' : 'added'}`, where: atText(whereText(first, words)) };
}

/** What comes or goes, without its place: `management-cluster/hypershift`. */
function nounOf(change: Exclude<Change, FieldChange>, { target, app }: Words): string {
  const { clusterType } = change;
  if ('apps' in change) return `${change.targets.length === 1 ? target : `${target}s`} of ${clusterType} with ${plural(change.apps, app)} in all`;
  return 'object' in change ? `${clusterType}/${change.app}: ${change.manifest ?? change.object}` : appText(change);
}

function shortValue(value: FieldChange['before']): string {
  const text = valueText(value);
  return text.length > widest ? `${text.slice(0, widest)}…` : text;
}

/** Where it changed, and why: `production/prod-canary (3 targets): patch-001 entered production/prod-canary`. */
export function whereAndWhy({ change, reasons }: ReasonedChange, words: Words): string {
  return `${atText(whereText(change, words))}${whyText(reasons, change.kind)}`;
}

/** Many different changes of one field, as one line. */
export function manyChangesWords(many: readonly ReasonedChange[], words: Words): ChangeWords {
  const placed = many.map(({ change }) => ({ change, now: [] }));
  const [{ change, reasons }] = many as readonly [ReasonedChange];
  return { text: `${fieldText(change as FieldChange)} ${manyText(placed)}`, where: `${atText(manyPlaces(placed, words))}${whyText(reasons, change.kind)}` };
}

function atText(where: string): string {
  return where.startsWith('everywhere (') || where.startsWith('* (') ? where.replace(/^\*/, 'everywhere') : `at ${where}`;
}

function whyText(reasons: readonly Reason[], change: Change['kind']): string {
  if (reasons.length === 0) return '';
  // What one layer did at many paths is said once.
  const alike = new Map<string, Reason[]>();
  for (const reason of reasons) getOr(alike, `${reason.kind} ${reason.layer}`, () => []).push(reason);
  const texts = [...alike.values()].map(([first, ...others]) => {
    const paths = firstNames([first as Reason, ...others].flatMap(({ path }) => path ?? []));
    return reasonText(others.length === 0 || paths.length === 0 ? (first as Reason) : { ...(first as Reason), path: paths.join(', ') }, change);
  });
  return `: ${texts.join(texts.length === reasons.length ? ', ' : '; ')}`;
}

/** Who stands for a commit beside its author: `Reviewed-by: Ann <ann@example.com>`. */
export function approvalsOf({ trailers }: Pick<CommitInfo, 'trailers'>): readonly string[] {
  return trailers.filter(({ key }) => approving.test(key)).map(({ key, value }) => `${key}: ${value}`);
}

/** `Jane Doe <jane@example.com>` */
export function personText({ name, email }: CommitInfo['author']): string {
  return email === '' ? name : `${name} <${email}>`.trim();
}

/** Whether somebody else committed it, as a forge does that merges. */
export function isCommittedByOther({ author, committer }: CommitInfo): boolean {
  return committer.email !== author.email || committer.name !== author.name;
}
