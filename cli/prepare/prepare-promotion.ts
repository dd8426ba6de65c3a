import { soak } from '../../changes/judge/rules/soak';
import { FleetError, type PatchView } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import { evidenceRule } from '../../layers/law/law';
import { shellWord } from '../../layers/text/shell-word';
import { decidePromotion, type Entering, type Integrating, type PromotionDecision, type Refused } from '../../rollout/decide-promotion';
import { History } from '../../store/git/history';
import { findPatch, type PatchNames } from '../read/find-patch';
import { firstNames } from '../read/first-names';
import type { LoadedFleet } from '../read/load-fleet';
import { thawHint } from '../read/patches/frozen-text';
import { promotionOptions } from '../read/patches/promotion-options';
import { refusalText } from '../read/patches/refusal-text';
import { type Unsoaked, unsoaked } from '../read/patches/soak';
import { approvableOf, approvedPaths } from './approvals';
import type { DowngradeFlags } from './back/named-downgrade';
import { EvidenceBook, type PatchEvidence } from './evidence/evidence-book';
import { finalIntegration } from './integration';
import { withAllowedObjects } from './judged/allowed-objects';
import { type NeededWord, neededWords } from './judged/needs-somebody';
import { type ProvedStep, proveStep } from './prove-step';

/** The flags of `fleet promote`. */
export interface PromoteFlags extends DowngradeFlags {
  readonly config: string;
  readonly level?: string;
  readonly approve: readonly string[];
  readonly fill?: boolean;
  readonly hotfix?: string;
  readonly all?: boolean;
  readonly auto?: boolean;
  /** Whether each step is a commit on a branch of its own. @default false */
  readonly branches?: boolean;
  /** Why evidence that is not good does not count. */
  readonly despite?: string;
  readonly rollbackOnBad?: boolean;
  readonly dryRun?: boolean;
  readonly manifests?: boolean;
  readonly commit?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** A step that nothing keeps from being made. */
export interface MovingStep extends ProvedStep {
  readonly kind: 'moves';
  /** What somebody has to edit by hand when the patch reaches the base. */
  readonly byHand: readonly string[];
  /** Where it has not soaked. */
  readonly unsoaked: readonly Unsoaked[];
  /** What evidence says of where it is. */
  readonly evidence: PatchEvidence;
  /** What its commit needs besides, where changes are judged. */
  readonly needs: readonly NeededWord[];
  /** The command that makes it with a reason for what it does to objects. @default - nothing that a rule asks about, or the reason is there */
  readonly sayingWhy?: string;
}

/** A step that somebody has to approve. */
export interface WaitingStep extends Pick<MovingStep, 'view' | 'byHand' | 'unsoaked' | 'evidence'> {
  readonly kind: 'waits';
  readonly decision: Entering;
  /** The gates that nobody has approved. */
  readonly open: readonly string[];
  /** The command that approves them. */
  readonly command: string;
}

/** A patch that entered its last target in this run. The last entry stays a step of its own, so that it can be rolled back before the base has it. */
export interface EnteredAll {
  readonly kind: 'entered all';
}

export interface PromotionRequest {
  readonly names: PatchNames;
  readonly flags: PromoteFlags;
  /** What the clock says. */
  readonly now: Date;
  /** Whether the patch entered something in this run. @default false */
  readonly hasEntered?: boolean;
}

/** Decides and proves the next step of a patch; writes nothing. @throws FleetError where there is none */
export function preparePromotion(fleet: LoadedFleet, { names, flags, now, hasEntered = false }: PromotionRequest): MovingStep | WaitingStep | EnteredAll {
  const view = findPatch(fleet, names);
  const decision = decidePromotion(view.state, promotionOptions(fleet, view, flags, now));
  const approved = approvedPaths(approvableOf(view), flags.approve);
  if (hasEntered && coversAll(decision)) return { kind: 'entered all' };
  if (decision.kind === 'refused') throw refusal(view, decision);
  const history = new History(fleet.config);
  const entered = decision.kind === 'enter' ? decision.step.targets : [];
  const early = unsoaked(fleet, view, history, now, entered);
  const evidence = new EvidenceBook(history, now).of(fleet, { view, next: entered[0] });
  const open = decision.kind === 'enter' ? decision.gates.filter((path) => !approved.includes(path)) : [];
  if (decision.kind === 'enter' && open.length > 0) {
    const { byHand } = finalIntegration(fleet, view, flags);
    return {
      kind: 'waits',
      view,
      decision,
      byHand,
      unsoaked: early,
      evidence,
      open,
      command: promotingCommand(view, { ...flags, approve: [...flags.approve, ...open] }),
    };
  }
  if (evidence.is !== 'good' && flags.despite === undefined && !flags.dryRun) throw unproved(view, evidence, flags);
  const proved = provedByHand({ fleet, view, decision, flags, now }, evidence);
  const { byHand } = decision.kind === 'enter' ? finalIntegration(fleet, view, flags) : { byHand: [] };
  return { kind: 'moves', ...proved, byHand, unsoaked: early, evidence };
}

interface StepByHand {
  readonly fleet: LoadedFleet;
  readonly view: PatchView;
  readonly decision: Entering | Integrating;
  readonly flags: PromoteFlags;
  readonly now: Date;
}

/** A step with what its commit needs besides what it says. */
function provedByHand({ fleet, view, decision, flags, now }: StepByHand, { is, seen }: PatchEvidence): ProvedStep & Pick<MovingStep, 'needs' | 'sayingWhy'> {
  const told = [soak.id, ...(is === 'good' ? [] : [evidenceRule])];
  const proved = (despite?: string) => {
    const step = proveStep(fleet, view, decision, flags, { seen, ...(despite === undefined ? {} : { despite }) });
    return { ...step, needs: decision.kind === 'enter' ? neededWords(fleet, step.change, now, told) : [] };
  };
  const step = proved(is === 'good' ? undefined : flags.despite);
  // What is recorded may ask for evidence that the configuration gives no more: whoever says why goes on in spite of that, too.
  const isInSpite = is === 'good' && flags.despite !== undefined && step.needs.some(({ rule }) => rule === evidenceRule);
  const command = (reason = 'REASON') =>
    promotingCommand(view, { ...flags, all: false, dryRun: false, despite: reason }).replace('--despite REASON', "--despite 'REASON'");
  return withAllowedObjects(isInSpite ? proved(flags.despite) : step, view, flags, command);
}

/** Evidence that is not good keeps whoever says nothing of it from going on. */
function unproved({ state: { app, clusterType, patch } }: PatchView, { reasons }: PatchEvidence, flags: PromoteFlags): FleetError {
  const [first = '', ...others] = reasons;
  const command = `npx fleet promote ${[clusterType, app, patch].map(shellWord).join(' ')}`;
  return new FleetError([
    {
      code: 'evidence',
      message: `'${patch}' does not go on: ${first}`,
      app,
      place: [],
      expected: 'all evidence good, for the soak time',
      ...(others.length === 0 ? {} : { found: firstNames(others).join('; ') }),
      hint: `nothing was written; wait, take it back (\`${command.replace('promote', 'rollback')}\`), or say why it goes on all the same: \`${command}${flags.all ? ' --all' : ''} --despite 'REASON'\``,
    },
  ]);
}

function coversAll(decision: PromotionDecision): boolean {
  return decision.kind === 'integrate' || (decision.kind === 'refused' && decision.reason === 'older');
}

/** The same command, with what its flags say. */
function promotingCommand({ state: { clusterType, app, patch } }: PatchView, flags: PromoteFlags): string {
  const words = [
    ...flags.approve.map((path) => `--approve ${shellWord(path)}`),
    ...(flags.level ? [`--level ${shellWord(flags.level)}`] : []),
    ...(flags.hotfix ? [`--hotfix ${shellWord(flags.hotfix)}`] : []),
    ...(flags.fill ? ['--fill'] : []),
    ...(flags.downgrade ? ['--downgrade'] : []),
    ...(flags.despite === undefined ? [] : [`--despite ${shellWord(flags.despite)}`]),
    ...(flags.all ? ['--all'] : []),
    ...(flags.config === 'config' ? [] : [`--config ${shellWord(flags.config)}`]),
    ...(flags.synth ? [] : ['--no-synth']),
    ...(flags.commit ? ['--commit'] : []),
    ...(flags.dryRun ? ['--dry-run'] : []),
  ];
  return ['npx fleet promote', ...[clusterType, app, patch].map(shellWord), ...words].join(' ');
}

function refusal(view: PatchView, refused: Refused): FleetError {
  const { app, patch, paths, targets } = view.state;
  return new FleetError([
    {
      code: 'rollout',
      message: `'${patch}' cannot go on: ${refusalText(view.state, refused)}`,
      app,
      found: paths.length === 0 ? 'no path' : `it covers ${new Coverage(paths, targets).covered.length} of ${targets.length} targets: ${paths.join(', ')}`,
      hint: refusalHint(view, refused),
    },
  ]);
}

function refusalHint({ state: { clusterType, app, patch, dimensions } }: PatchView, { reason, other, frozen = [] }: Refused): string {
  const command = `fleet promote ${clusterType} ${app} ${patch}`;
  const hints: Readonly<Record<Refused['reason'], string>> = {
    gap: `\`${command} --fill\` enters it first`,
    nowhere: 'write the first path into `rolledOutTo`, or take it straight to a node with `--hotfix`',
    covered: `\`fleet status ${clusterType} ${app}\` says where it is`,
    level: 'name a dimension',
    frozen: thawHint(frozen),
    older: `let '${other}' reach the base first, or take it back: \`fleet rollback ${clusterType} ${app} ${other} --everywhere\``,
    inversion:
      other !== undefined && other < patch
        ? `promote '${other}' first`
        : `the newer '${other}' covers it already: take '${patch}' back, or enter as broadly: \`${command} --level ${dimensions[0]}\``,
  };
  return hints[reason];
}
