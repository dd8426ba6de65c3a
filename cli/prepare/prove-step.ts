import { evidenceOfNoEffect } from '../../changes/judge/needed-statements';
import type { Mark } from '../../changes/objects/marks';
import type { PatchView } from '../../constructs';
import { everywhere, isRankPath } from '../../layers/hierarchy';
import type { Entering, Integrating } from '../../rollout/decide-promotion';
import type { SeenEvidence } from '../../rollout/evidence/standing';
import { isBroader } from '../../rollout/next-step';
import { Edits } from '../../store/edit/edits';
import { type Fold, integratePatch, movePatch } from '../../store/edit/patch-edits';
import type { LoadedFleet } from '../read/load-fleet';
import { stepText } from '../read/patches/step-text';
import { type DowngradeFlags, namedDowngrade } from './back/named-downgrade';
import type { Change } from './change';
import { seenLines } from './evidence/evidence-book';
import { expectSeenRelease } from './order/no-inverted-release';
import { type Proof, prove } from './prove';
import { statementLines } from './statements';

/** A step of a patch with the edits that make it. */
export interface ProvedStep {
  readonly view: PatchView;
  readonly decision: Entering | Integrating;
  /** The overrides that the patch is folded into. */
  readonly folds: readonly Fold[];
  readonly change: Change;
  /** What it does to objects beside what their fields say. */
  readonly marks: readonly StepMark[];
}

/** What a step is known to be good by. */
export interface StepEvidence {
  /** What evidence said of where the patch is. */
  readonly seen: readonly SeenEvidence[];
  /** Why it goes on although not all of that is good. @default - it is */
  readonly despite?: string;
}

const noEvidence: StepEvidence = { seen: [] };

/** Edits and proves a step. @throws FleetError where it would change something else, or cannot be written down */
export function proveStep(
  fleet: LoadedFleet,
  view: PatchView,
  decision: Entering | Integrating,
  flags: DowngradeFlags = {},
  evidence: StepEvidence = noEvidence,
): ProvedStep {
  const { state, places } = view;
  expectSeenRelease(fleet.output, view);
  const edits = new Edits();
  const folds = decision.kind === 'integrate' ? integratePatch(edits, state, places, view.fieldsByApp) : [];
  if (decision.kind === 'enter') movePatch(edits, state, places, decision.paths);
  const targets = decision.kind === 'enter' ? decision.step.targets : [];
  const proof = prove(fleet, edits, { clusterType: state.clusterType, targets });
  const statements =
    decision.kind === 'enter'
      ? statementsOf(decision, view, fleet.fleet.promotionLevel, proof, flags, evidence)
      : evidenceOfNoEffect(`${state.clusterType}/${state.app}`, seenLines(evidence.seen, view));
  const marks = decision.kind === 'enter' ? marksIn(proof) : [];
  const despite = evidence.despite === undefined ? [] : [despiteLine(evidence.despite)];
  return { view, decision, folds, change: { edits, proof, message: commitMessage(view, decision), statements: [...despite, ...statements] }, marks };
}

/** Why a step is made all the same, as the message of its commit says it. */
export function despiteLine(reason: string): string {
  return `Fleet-Despite: ${reason.replace(/\s+/g, ' ').trim()}`;
}

/** What a step does to an object of an app, which a judged commit may need a line for. */
export interface StepMark {
  readonly kind: Mark['kind'];
  /** `Deployment shop/web: spec.selector of a Deployment cannot change: …` */
  readonly text: string;
}

/** Each once, whatever runs at every sync left out. */
function marksIn({ effect }: Proof): readonly StepMark[] {
  const found = new Map<string, StepMark>();
  for (const change of effect().changes) {
    if (!('marks' in change)) continue;
    const name = 'object' in change ? (change.manifest ?? change.object) : change.app;
    for (const { kind, text } of change.marks ?? []) if (kind !== 'hook') found.set(`${name}: ${text}`, { kind, text: `${name}: ${text}` });
  }
  return [...found.values()];
}

/** A gate that is entered here was approved; where a step is broader than those of the fleet, or goes ahead, that was meant. */
function statementsOf(
  decision: Entering,
  view: PatchView,
  level: string | undefined,
  proof: Proof,
  flags: DowngradeFlags,
  { seen, despite }: StepEvidence,
): readonly string[] {
  const { state } = view;
  const { gates, step, leavesOut = [] } = decision;
  const back = namedDowngrade(proof, flags, `'${state.patch}'`, state.app, step.path);
  const isHotfix = leavesOut.length > 0;
  const isBroad = isBroader(step, state, level);
  if (gates.length === 0 && !isHotfix && !isBroad && back.back === undefined && seen.length === 0 && despite === undefined) return [];
  const beyond = { ...(isHotfix ? { hotfix: step.path } : {}), ...(isBroad && !isHotfix ? { broad: step.path } : {}) };
  return statementLines(proof, {
    approved: gates,
    ...beyond,
    ...back,
    seen: seenLines(seen, view),
    ...(despite === undefined ? {} : { despite: isRankPath(step.path) ? everywhere : step.path }),
  });
}

function commitMessage({ state: { app, patch, clusterType } }: PatchView, decision: Entering | Integrating): string {
  return decision.kind === 'integrate'
    ? `${clusterType}/${app}: make ${patch} the base`
    : `${clusterType}/${app}: roll ${patch} out to ${stepText(decision.step)}`;
}
