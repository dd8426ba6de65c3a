import { evidenceOfNoEffect } from '../../../changes/judge/needed-statements';
import { FleetError, type PatchView, type Problem } from '../../../constructs';
import { decidePromotion, type PromotionDecision } from '../../../rollout/decide-promotion';
import { asksEvidence } from '../../../rollout/evidence/asked';
import { needsRecord } from '../../../rollout/evidence/recorded';
import { History } from '../../../store/git/history';
import { firstNames } from '../../read/first-names';
import type { LoadedFleet } from '../../read/load-fleet';
import { promotionOptions } from '../../read/patches/promotion-options';
import { TakenBack } from '../../read/patches/taken-back';
import { automaticStep } from '../automatic-step';
import type { Change } from '../change';
import { EvidenceBook, type PatchEvidence, seenLines } from '../evidence/evidence-book';
import { needsSomebody, refusedText } from '../judged/needs-somebody';
import { StepJudge } from '../judged/step-judge';
import type { PromoteFlags } from '../prepare-promotion';
import { type PreparedRollback, prepareRollback } from '../prepare-rollback';
import { type ProvedStep, proveStep } from '../prove-step';
import { badTargets, CameLast } from './came-last';

/** A step that a patch makes by itself. */
export interface OwnStep {
  readonly step: ProvedStep;
  /** What it goes on by. */
  readonly evidence: PatchEvidence;
}

/** A patch that is taken back from where it entered last: evidence is bad there. */
export interface OwnWayBack {
  readonly prepared: PreparedRollback;
  /** Why. */
  readonly evidence: PatchEvidence;
}

/** A patch that stays, and why. */
export interface Staying {
  readonly view: PatchView;
  readonly reason: string;
  /** What was seen of it, where that is why. */
  readonly evidence?: PatchEvidence;
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

/** What patches do that nobody moves. */
export class OwnSteps {
  readonly #flags: PromoteFlags;
  readonly #now: Date;
  readonly #history: History;
  readonly #evidence: EvidenceBook;
  readonly #takenBack: TakenBack;
  readonly #judge: StepJudge;
  /** The fleet that the run begins with. */
  readonly #first: LoadedFleet;
  readonly #made: Change[] = [];
  /** @default - nothing is taken back */
  readonly #cameLast: CameLast | undefined;

  /**
   * Asks for all evidence of where patches are at once, also of those that soak or have no step now, as in front of a freeze: what is bad
   * is to be seen.
   *
   * @param now what the clock says
   */
  constructor(fleet: LoadedFleet, flags: PromoteFlags, now: Date) {
    this.#flags = flags;
    this.#now = now;
    this.#history = new History(flags.config);
    this.#evidence = new EvidenceBook(this.#history, now);
    this.#takenBack = new TakenBack(this.#history);
    this.#judge = new StepJudge(fleet, now);
    this.#first = fleet;
    const requests = fleet.patches.flatMap((view) => {
      if (!asksEvidence(view.state)) return [];
      return [{ view, next: nextOf(decidePromotion(view.state, promotionOptions(fleet, view, flags, now))) }];
    });
    this.#evidence.prepare(fleet, requests);
    if (flags.rollbackOnBad) this.#cameLast = new CameLast(fleet, this.#history, this.#evidence, requests);
  }

  /** What a patch does, proved; writes nothing. @throws FleetError where it cannot be moved */
  of(fleet: LoadedFleet, view: PatchView): OwnStep | OwnWayBack | Staying {
    const { decision, reason = '' } = automaticStep(fleet, view, { flags: this.#flags, history: this.#history, now: this.#now });
    const evidence = this.#evidence.of(fleet, { view, next: nextOf(decision) });
    const bad = this.#cameLast === undefined ? [] : badTargets(evidence);
    const later = bad.map((target) => this.#cameLast?.instead(view, target));
    const blamed = bad.filter((_, index) => later[index] === undefined);
    if (blamed.length > 0) {
      const prepared = this.#wayBack(fleet, view, evidence);
      // Where it is bad elsewhere alone, leaving mends nothing, and somebody went on all the same.
      if (prepared.rollback.targets.some((target) => blamed.includes(target))) {
        const refused = this.#refused(fleet, view, prepared.change, 'rollback');
        return refused === undefined ? { prepared, evidence } : { view, reason: [...firstNames(evidence.reasons), refused].join('; '), evidence };
      }
    }
    if (decision === undefined || reason !== '' || evidence.is !== 'good') {
      const others = new Set(later.flatMap((patch) => (patch === undefined ? [] : [`${patch} came there last, and goes back first`])));
      return { view, reason: [...(reason === '' ? [] : [reason]), ...firstNames(evidence.reasons), ...others].join('; '), evidence };
    }
    const before = this.#takenBack.why(fleet, view, decision);
    if (before !== undefined) return { view, reason: before };
    const step = proveStep(fleet, view, decision, {}, evidence);
    const refused = this.#refused(fleet, view, step.change, 'promote');
    return refused === undefined ? { step, evidence } : { view, reason: refused };
  }

  /** What is written goes into the same commit as what follows. */
  made(own: OwnStep | OwnWayBack): void {
    this.#made.push(changeOf(own));
  }

  /** Why the commit would not pass: what is made by itself needs nobody's word. */
  #refused(fleet: LoadedFleet, view: PatchView, change: Change, command: 'promote' | 'rollback'): string | undefined {
    const isBack = command === 'rollback';
    const all = this.#judge.refused(this.#first, change, this.#made, isBack);
    if (all.length === 0) return undefined;
    const own = this.#made.length === 0 ? all : this.#judge.refused(fleet, change, [], isBack);
    return own.length === 0
      ? `it waits for the next run, for with what this one has made it would not pass: ${refusedText(all)}`
      : needsSomebody(view, own, command);
  }

  /** With what was seen on record: it is why, and what keeps the patch from coming back by itself. */
  #wayBack(fleet: LoadedFleet, view: PatchView, { seen }: PatchEvidence): PreparedRollback {
    const { clusterType, app, patch } = view.state;
    const { config, synth } = this.#flags;
    const prepared = prepareRollback(fleet, [clusterType, app, patch], { config, synth, approve: [] });
    const { change } = prepared;
    const records = evidenceOfNoEffect(`${clusterType}/${app}`, seenLines(seen, view));
    return { ...prepared, change: { ...change, statements: [...(change.statements ?? []), ...records] } };
  }
}

function nextOf(decision: PromotionDecision | undefined): string | undefined {
  return decision?.kind === 'enter' ? decision.step.targets[0] : undefined;
}

/** One patch that cannot be moved keeps no other from moving. @param failed is told why it cannot */
export function keepingOthers<T>(view: PatchView, failed: (problems: readonly Problem[]) => void, run: () => T): T | Staying {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof FleetError) || error.problems.some(({ code }) => code.endsWith('-write'))) throw error;
    failed(error.problems);
    return { view, reason: error.problems[0]?.message ?? 'it cannot be moved' };
  }
}

export function changeOf(own: OwnStep | OwnWayBack): Change {
  return 'step' in own ? own.step.change : own.prepared.change;
}

/** Answers whose time has to begin, and steps that have a line of it anyway have none. */
export function recordsOf(staying: readonly Staying[]): readonly string[] {
  return staying.flatMap(({ view, evidence }) => {
    const { clusterType, app } = view.state;
    return evidence ? evidenceOfNoEffect(`${clusterType}/${app}`, seenLines(evidence.seen.filter(needsRecord), view)) : [];
  });
}

export function waitingPatch({ output }: LoadedFleet, { view, reason, evidence }: Staying): WaitingPatch {
  const { clusterType, app, patch } = view.state;
  const owners = [...new Set(output.apps(clusterType, app).flatMap((one) => one.owners))];
  return { clusterType, app, patch, reason, owners, ...(evidence?.is === 'bad' ? { isStopped: true } : {}) };
}
