import { evidenceOfNoEffect } from '../../changes/judge/needed-statements';
import { FleetError, type PatchView, type Problem } from '../../constructs';
import { decidePromotion, type PromotionDecision } from '../../rollout/decide-promotion';
import { asksEvidence } from '../../rollout/evidence/asked';
import { needsRecord } from '../../rollout/evidence/recorded';
import { History } from '../../store/git/history';
import type { NewCommit } from '../../store/git/new-commit';
import { type AutomaticOptions, automaticStep } from '../prepare/automatic-step';
import type { Change } from '../prepare/change';
import { EvidenceBook, type PatchEvidence, seenLines } from '../prepare/evidence/evidence-book';
import type { PromoteFlags } from '../prepare/prepare-promotion';
import { type PreparedRollback, prepareRollback } from '../prepare/prepare-rollback';
import { type ProvedStep, proveStep } from '../prepare/prove-step';
import { firstNames } from '../read/first-names';
import { type LoadedFleet, loadFleet } from '../read/load-fleet';
import { promotionOptions } from '../read/patches/promotion-options';
import { beginCommit, type CommitEnd, endCommit } from './commit-run';
import { type Written, writeChange } from './write-change';

/** A step that was made, or with `--dry-run` would be. */
export interface MovedPatch {
  readonly step: ProvedStep;
  /** What it goes on by. */
  readonly evidence: PatchEvidence;
  /** @default - nothing was written */
  readonly written?: Written;
}

/** A patch that was taken back from where it entered last, or with `--dry-run` would be: evidence is bad there. */
export interface TakenBack {
  readonly prepared: PreparedRollback;
  /** @default - nothing was written */
  readonly written?: Written;
}

/** A patch that stays where it is, and what it waits for. */
export interface WaitingPatch {
  /** Whether it waits for nothing that comes by itself: evidence is bad. @default false */
  readonly isStopped?: boolean;
  readonly clusterType: string;
  readonly app: string;
  readonly patch: string;
  readonly reason: string;
  readonly owners: readonly string[];
}

export interface EveryPatchEnd extends CommitEnd {
  readonly moved: readonly MovedPatch[];
  readonly back: readonly TakenBack[];
  readonly waiting: readonly WaitingPatch[];
}

/** Shows what `fleet promote --auto` does, in the order in which it does it. */
export interface EveryPatchPrinter {
  moved(patch: MovedPatch): void;
  takenBack(patch: TakenBack): void;
  /** A patch cannot be moved. */
  failed(problems: readonly Problem[]): void;
  ended(end: EveryPatchEnd): void;
}

interface Run extends AutomaticOptions {
  readonly flags: PromoteFlags;
  readonly printer: EveryPatchPrinter;
  readonly commit?: NewCommit;
  readonly evidence: EvidenceBook;
}

/** Moves every patch one step that needs nobody's approval and has soaked where it is. @param now what the clock says */
export function promoteEveryPatch(flags: PromoteFlags, now: Date, printer: EveryPatchPrinter): number {
  let fleet = loadFleet(flags.config);
  const commit = beginCommit(flags);
  const history = new History(flags.config);
  const run: Run = { commit, flags, history, now, printer, evidence: new EvidenceBook(history, now) };
  const all = fleet.patches.map(({ state }) => state);
  run.evidence.prepare(fleet, requestsOf(fleet, run));
  const moved: MovedPatch[] = [];
  const back: TakenBack[] = [];
  const waiting: Waiting[] = [];
  for (const state of all) {
    const view = fleet.patches.find((one) => isSamePatch(one.state, state));
    if (!view) continue;
    const outcome = tryStep(fleet, view, run);
    if ('reason' in outcome) {
      waiting.push(outcome);
      continue;
    }
    if ('prepared' in outcome) {
      back.push(outcome);
      printer.takenBack(outcome);
    } else {
      moved.push(outcome);
      printer.moved(outcome);
    }
    // The next one is decided on the fleet as it is now.
    if (!flags.dryRun) fleet = loadFleet(flags.config);
  }
  const steps = [
    ...moved.map(({ step, written }) => ({ written, change: step.change })),
    ...back.map(({ prepared, written }) => ({ written, change: prepared.change })),
  ];
  const made = steps.flatMap(({ written, change }) => (written ? [{ written, change }] : []));
  const end = endCommit(fleet, commit, made, 'patches', recordsOf(waiting));
  printer.ended({ moved, back, waiting: waiting.map((one) => waitingPatch(fleet, one)), ...end });
  return end.problems.length > 0 ? 1 : 0;
}

type Names = Pick<PatchView['state'], 'clusterType' | 'app' | 'patch'>;

function isSamePatch(one: Names, other: Names): boolean {
  return one.clusterType === other.clusterType && one.app === other.app && one.patch === other.patch;
}

/** A patch that stays, and why. */
interface Waiting {
  readonly view: PatchView;
  readonly reason: string;
  /** What was seen of it, where that is why. */
  readonly evidence?: PatchEvidence;
}

/** What is to be known of every patch that has a step: all of it is asked at once, while it soaks, too, so that what is bad is seen. */
function requestsOf(fleet: LoadedFleet, run: Run): Parameters<EvidenceBook['prepare']>[1] {
  return fleet.patches.flatMap((view) => {
    if (!asksEvidence(view.state)) return [];
    const decision = decidePromotion(view.state, promotionOptions(fleet, view, run.flags, run.now));
    return decision.kind === 'refused' ? [] : [{ view, next: nextOf(decision) }];
  });
}

function nextOf(decision: PromotionDecision): string | undefined {
  return decision.kind === 'enter' ? decision.step.targets[0] : undefined;
}

/** Answers whose time has to begin, and steps that have a line of it anyway have none. */
function recordsOf(waiting: readonly Waiting[]): readonly string[] {
  return waiting.flatMap(({ view, evidence }) => {
    const { clusterType, app } = view.state;
    return evidence ? evidenceOfNoEffect(`${clusterType}/${app}`, seenLines(evidence.seen.filter(needsRecord), view)) : [];
  });
}

/** @returns the step that was made, or why there is none */
function tryStep(fleet: LoadedFleet, view: PatchView, run: Run): MovedPatch | TakenBack | Waiting {
  const { decision, reason = '' } = automaticStep(fleet, view, run);
  if (decision === undefined) return { view, reason };
  try {
    const evidence = run.evidence.of(fleet, { view, next: nextOf(decision) });
    if (evidence.is === 'bad' && run.flags.rollbackOnBad) return takeBack(fleet, view, run);
    if (reason !== '' || evidence.is !== 'good')
      return { view, reason: [...(reason === '' ? [] : [reason]), ...firstNames(evidence.reasons)].join('; '), evidence };
    const step = proveStep(fleet, view, decision, {}, evidence);
    // Where changes are judged, each needs somebody's word.
    const needing = step.marks.find(({ kind }) => kind === 'removal' || kind === 'immutable');
    if (needing) return { view, reason: `somebody must promote it by hand: ${needing.text}` };
    return { step, evidence, ...writing(fleet, step.change, run) };
  } catch (error) {
    // One patch that cannot be moved keeps no other from moving.
    if (!(error instanceof FleetError) || error.problems.some(({ code }) => code.endsWith('-write'))) throw error;
    run.printer.failed(error.problems);
    return { view, reason: error.problems[0]?.message ?? 'it cannot be moved' };
  }
}

/** Takes it out of what it entered last. */
function takeBack(fleet: LoadedFleet, { state: { clusterType, app, patch } }: PatchView, run: Run): TakenBack {
  const { config, synth } = run.flags;
  const prepared = prepareRollback(fleet, [clusterType, app, patch], { config, synth, approve: [] });
  return { prepared, ...writing(fleet, prepared.change, run) };
}

function writing(fleet: LoadedFleet, change: Change, { flags, commit }: Run): { readonly written?: Written } {
  return flags.dryRun ? {} : { written: writeChange(fleet, change, flags.synth, commit) };
}

function waitingPatch(
  { output }: LoadedFleet,
  {
    view: {
      state: { clusterType, app, patch },
    },
    reason,
    evidence,
  }: Waiting,
): WaitingPatch {
  const owners = [...new Set(output.apps(clusterType, app).flatMap((one) => one.owners))];
  return { clusterType, app, patch, reason, owners, ...(evidence?.is === 'bad' ? { isStopped: true } : {}) };
}
