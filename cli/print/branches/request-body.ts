import { goodSince, type SeenEvidence } from '../../../rollout/evidence/standing';
import { planPromotions } from '../../../rollout/plan-promotions';
import type { OwnStep, OwnWayBack } from '../../prepare/automatic/own-steps';
import { finalPaths, integrationOf } from '../../prepare/integration';
import type { PromoteFlags } from '../../prepare/prepare-promotion';
import type { Proof } from '../../prepare/prove';
import { placedChanges } from '../../read/changes/change-places';
import type { LoadedFleet } from '../../read/load-fleet';
import { gatesWithApprovers } from '../../read/owners/approvers-of';
import { promotionOptions } from '../../read/patches/promotion-options';
import type { ProposedBranch } from '../../write/promote-branches';
import { changesMarkdown } from '../changes/changes-markdown';
import { cellSpan, codeBlock, codeSpan, markdownTable } from '../formats/markdown';
import { patchTitle } from '../patch-words';
import { planText } from '../plan-text';
import { rollbackRows } from '../rollback-printer';
import type { Row } from '../rows';
import { stepRows } from '../step-rows';

/** How many rows a table shows before they are folded. */
const open = 12;

/** What a text about a branch is made of, besides the branch. */
export interface RequestContext {
  readonly fleet: LoadedFleet;
  /** The commit that it begins at. */
  readonly base: string;
  readonly flags: PromoteFlags;
  /** What the clock says. */
  readonly now: Date;
}

/** The text of a pull request for a branch, in Markdown: the plan, what was seen, and what changes. What people wrote is code in it. */
export function requestBody({ message, name, own }: ProposedBranch, context: RequestContext): string {
  const statements = message.split('\n').filter((line) => /^Fleet-[A-Za-z]+: /.test(line));
  const record = section('On record', [
    'These lines end the message of the commit, and are what the rules of the fleet read: whoever squashes it keeps them.',
    '',
    codeBlock(statements.join('\n')),
  ]);
  if (own === undefined) {
    return ['No step, and nothing that changes: with these lines the time begins of evidence that cannot say since when it is good.', ...record].join('\n');
  }
  const { view } = 'step' in own ? own.step : own.prepared;
  const { proof } = 'step' in own ? own.step.change : own.prepared.change;
  return [
    codeSpan(patchTitle(view.state)),
    '',
    ...('step' in own ? table('this step', stepRows(view, own.step.decision, view.state.paths)) : table('taken back', rollbackRows(own.prepared))),
    ...planOf(own, context),
    ...evidenceOf(own),
    ...(statements.length === 0 ? [] : record),
    ...section('What changes', [changesOf(proof, context.base.slice(0, 12), name)]),
  ].join('\n');
}

function table(title: string, rows: readonly Row[]): readonly string[] {
  return markdownTable(
    [title, ''],
    rows.map(([label, text]) => [label, cellSpan(text)]),
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', `## ${title}`, '', ...lines];
}

/** Every step that is left, this one included, and who opens its gates. */
function planOf(own: OwnStep | OwnWayBack, { fleet, flags, now }: RequestContext): readonly string[] {
  if (!('step' in own)) return [];
  const { view } = own.step;
  const steps = planPromotions(view.state, promotionOptions(fleet, view, flags, now));
  const gates = [...new Set(steps.flatMap((step) => (step.kind === 'enter' ? step.gates : [])))];
  const rows = gatesWithApprovers(fleet.output, gates).map(({ node, approvers }) => [
    cellSpan(node),
    approvers.length === 0 ? 'nobody is named' : approvers.map(cellSpan).join(', '),
  ]);
  const plan = codeBlock(planText(view, steps, integrationOf(view, finalPaths(view, steps))));
  return section('The plan', [
    'The first of these steps is this one.',
    '',
    plan,
    ...(rows.length === 0 ? [] : ['', ...markdownTable(['gate', 'approved by'], rows)]),
  ]);
}

/** Every answer, of every target. */
function evidenceOf({ evidence: { seen } }: OwnStep | OwnWayBack): readonly string[] {
  if (seen.length === 0) return [];
  const rows = markdownTable(
    ['target', 'evidence', 'answer', 'since, or why'],
    seen.map((one) => [one.target, one.name, one.answer.is, sinceOrWhy(one)].map(cellSpan)),
  );
  return section('Evidence', seen.length <= open ? rows : [`<details><summary>${seen.length} answers</summary>`, '', ...rows, '', '</details>']);
}

function sinceOrWhy(seen: SeenEvidence): string {
  if (seen.answer.is !== 'good') return seen.answer.why;
  const since = goodSince(seen);
  return since === undefined ? 'now' : `${new Date(since).toISOString().slice(0, 16)}Z`;
}

function changesOf({ effect }: Proof, before: string, after: string): string {
  const changes = { ...effect(), before, after };
  return changesMarkdown(changes, placedChanges(changes.changes, undefined));
}
