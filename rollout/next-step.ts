import { Coverage } from '../layers/coverage';
import { isAtOrBelow } from '../layers/hierarchy';
import type { FleetNode, PatchState } from '../layers/patch-state';

/** A step along the sequence. */
export type Step = EnterStep | { readonly kind: 'integrate' };

/** A patch enters a node of the hierarchy. */
export interface EnterStep {
  readonly kind: 'enter';
  readonly path: string;
  /** The targets that are covered afterwards and were not before. */
  readonly targets: readonly string[];
  /** Every node of which no target was covered before, the broadest first. */
  readonly entered: readonly FleetNode[];
  /** The nodes that are listed for it. @default - the node itself: nothing of it was covered */
  readonly parts?: readonly string[];
}

/** Why there is no step. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: 'gap' | 'nowhere' | 'level' | 'covered';
  /** The targets that were left out; or that are covered already. */
  readonly gaps: readonly string[];
}

export interface StepOptions {
  /** The dimension, in the singular, of the nodes that are entered whole. @default - the last but one */
  readonly level?: string;
  /** Enter what was left out first, instead of refusing. @default false */
  readonly fill?: boolean;
}

/**
 * The next step of a patch: into the next path after the furthest one that it covers, or, where it covers everything,
 * into the base.
 */
export function nextStep(state: PatchState, { level, fill = false }: StepOptions = {}): Step | Refusal {
  const depth = levelDepth(state, level);
  if (depth < 0) return { kind: 'refused', reason: 'level', gaps: [] };
  const coverage = new Coverage(state.paths, state.targets);
  const covered = new Set(coverage.covered);
  if (covered.size === 0) return { kind: 'refused', reason: 'nowhere', gaps: [] };
  const { gaps } = coverage;
  if (gaps.length > 0 && !fill) return { kind: 'refused', reason: 'gap', gaps };
  const next = gaps[0] ?? state.targets.find((target) => !covered.has(target));
  if (next === undefined) return { kind: 'integrate' };
  return enterAt(state, next, depth, covered);
}

/** How deep the nodes of a step lie. @param level a dimension, in the singular. @default - the last but one */
export function levelDepth({ dimensions }: Pick<PatchState, 'dimensions'>, level: string | undefined): number {
  return level === undefined ? Math.max(0, dimensions.length - 2) : dimensions.indexOf(level);
}

/** Into the broadest node above a target, at the level or deeper, in which nothing is covered. */
function enterAt(state: PatchState, target: string, depth: number, covered: ReadonlySet<string>): EnterStep {
  const isUncovered = (node: FleetNode) => !node.targets.some((one) => covered.has(one));
  const above = state.nodes.filter(({ path }) => isAtOrBelow(target, path));
  const chosen = above.find((node) => node.depth >= depth && isUncovered(node)) as FleetNode;
  const entered = state.nodes.filter((node) => (isAtOrBelow(node.path, chosen.path) || isAtOrBelow(chosen.path, node.path)) && isUncovered(node));
  return { kind: 'enter', path: chosen.path, targets: chosen.targets, entered };
}

/** The gates of a step: nodes that it enters and that somebody has to approve. */
export function gatesOf(step: Step): readonly string[] {
  return step.kind === 'enter' ? step.entered.flatMap(({ path, promotion }) => (promotion === 'manual' ? [path] : [])) : [];
}
