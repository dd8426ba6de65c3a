import { Coverage, commonFields, type Field } from '../layers/coverage';
import { isAtOrBelow } from '../layers/hierarchy';
import { movedTo, type PatchState } from '../layers/patch-state';
import { type Coalesced, coalesce, type IsSame, inSequence, type KeptApart } from './coalesce';
import { type FrozenNode, frozenNodes } from './freezes';
import { hotfixStep } from './hotfix-step';
import { createdInversion, inversionsWith, type OtherPatch } from './inversions';
import { type EnterStep, gatesOf, nextStep, type Refusal, type StepOptions } from './next-step';

export interface PromotionOptions extends StepOptions {
  /** Straight to this node, a node of the app, past what lies between. @default - to the next one */
  readonly hotfix?: string;
  readonly isSame: IsSame;
  /** What the patch sets. */
  readonly fields: readonly Field[];
  /** The other patches of the app. */
  readonly others: readonly OtherPatch[];
  /** What the clock says, in milliseconds: a freeze may be over. */
  readonly now: number;
}

/** What a promotion would do, decided before anything is written. */
export type PromotionDecision = Entering | Integrating | Refused;

/** The patch enters a node, and finer paths become one. */
export interface Entering {
  readonly kind: 'enter';
  readonly step: EnterStep;
  /** Where it sits afterwards. */
  readonly paths: readonly string[];
  readonly coalesced: readonly Coalesced[];
  /** Nodes that it completes, and that are not listed alone. */
  readonly apart: readonly KeptApart[];
  /** Nodes that somebody has to approve. */
  readonly gates: readonly string[];
  /** The targets that it leaves out on its way, where it goes straight to a node. @default - it goes along the sequence */
  readonly leavesOut?: readonly string[];
}

/** The patch becomes a part of the base. */
export interface Integrating {
  readonly kind: 'integrate';
}

export interface Refused {
  readonly kind: 'refused';
  readonly reason: Refusal['reason'] | 'inversion' | 'older' | 'frozen';
  /** The targets that say why. */
  readonly targets: readonly string[];
  /** The other patch, where one is to blame. */
  readonly other?: string;
  readonly field?: string;
  /** The nodes that are frozen, where that is the reason. */
  readonly frozen?: readonly FrozenNode[];
}

/** The next step of a patch with all of its consequences, or why there is none. */
export function decidePromotion(state: PatchState, { hotfix, isSame, fields, others, now, ...options }: PromotionOptions): PromotionDecision {
  const step = hotfix === undefined ? nextStep(state, options) : hotfixStep(state, hotfix);
  if (step.kind === 'refused') return { kind: 'refused', reason: step.reason, targets: step.gaps };
  if (step.kind === 'integrate') return findObstacle(state, fields, others) ?? { kind: 'integrate' };
  const entered = movedTo(state, inSequence([...state.paths, ...(step.parts ?? [step.path])], state));
  const inversion = createdInversion(state, entered.paths, fields, others);
  if (inversion) return { kind: 'refused', reason: 'inversion', ...inversion };
  const frozen = frozenNodes(state.nodes, step.targets, now);
  if (frozen.length > 0) return { kind: 'refused', reason: 'frozen', targets: frozenTargets(state, step, frozen), frozen };
  // Where two patches say the same, nothing is rendered otherwise; the older one would win all the same.
  const inverted = (before: readonly string[], after: readonly string[]) => createdInversion(movedTo(state, before), after, fields, others)?.targets[0];
  const { paths, coalesced, apart } = coalesce(entered, isSame, inverted);
  // What an earlier step kept apart was shown with that step.
  const kept = apart.filter(({ path }) => (step.parts ?? [step.path]).some((part) => isAtOrBelow(part, path)));
  const leavesOut = hotfix === undefined ? {} : { leavesOut: new Coverage(paths, state.targets).gaps };
  return { kind: 'enter', step, paths, coalesced, apart: kept, gates: gatesOf(step), ...leavesOut };
}

function frozenTargets({ nodes }: PatchState, { targets }: EnterStep, frozen: readonly FrozenNode[]): readonly string[] {
  const inside = new Set(nodes.flatMap((node) => (frozen.some(({ path }) => path === node.path) ? node.targets : [])));
  return targets.filter((target) => inside.has(target));
}

/** Another patch that would win over what this one says, once the base says it. */
function findObstacle(state: PatchState, fields: readonly Field[], others: readonly OtherPatch[]): Refused | undefined {
  for (const other of others) {
    const [field] = commonFields(fields, other.fields);
    if (!field) continue;
    const { covered } = new Coverage(other.paths, state.targets);
    if (other.name < state.patch && covered.length > 0) {
      return { kind: 'refused', reason: 'older', targets: covered, other: other.name, field: field.join('.') };
    }
    const inversion = inversionsWith(state, state.paths, fields, other);
    if (inversion) return { kind: 'refused', reason: 'inversion', ...inversion };
  }
  return undefined;
}
