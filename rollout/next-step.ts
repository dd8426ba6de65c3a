import { Coverage } from '../layers/coverage';
import { isAtOrBelow, isRankPath } from '../layers/hierarchy';
import { isSameWaves, waveEnds } from '../layers/law/waves';
import type { FleetNode, PatchState } from '../layers/patch-state';

/** A step along the sequence. */
export type Step = EnterStep | { readonly kind: 'integrate' };

/** A patch enters a node of the hierarchy, or a rank of the sequence. */
export interface EnterStep {
  readonly kind: 'enter';
  readonly path: string;
  /** Which wave of the node it is, from 1, and of how many. @default - the node has none */
  readonly wave?: { readonly number: number; readonly of: number };
  /** The targets that are covered afterwards and were not before. */
  readonly targets: readonly string[];
  /** Every node and rank of which no target was covered before, the broadest first. */
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

/** The first step of a patch that sits nowhere yet. @param at the target that it begins with. @default - the first of the sequence */
export function firstStep(state: Rollout, level: string | undefined, at = state.targets[0] as string): EnterStep {
  return enterAt(state, at, Math.max(0, levelDepth(state, level)), new Set());
}

/** What may be entered, whatever moves. */
export type Rollout = Pick<PatchState, 'nodes' | 'ranks' | 'targets' | 'dimensions'>;

/** How deep the nodes of a step lie. @param level a dimension, in the singular. @default - the last but one */
export function levelDepth({ dimensions }: Pick<PatchState, 'dimensions'>, level: string | undefined): number {
  return level === undefined ? Math.max(0, dimensions.length - 2) : dimensions.indexOf(level);
}

/** The nodes above a target that a step at a depth may enter, the broadest first: what goes first in the sequence is a rank. */
export function unitsAbove({ nodes, ranks = [] }: Pick<PatchState, 'nodes' | 'ranks'>, target: string, depth: number): readonly FleetNode[] {
  const first = ranks[0]?.depth ?? 0;
  const isAbove = ({ path }: FleetNode) => isAtOrBelow(target, path);
  // A node that lies around several ranks is never entered at once.
  const own = nodes.filter((node) => node.depth >= Math.max(depth, first) && isAbove(node));
  return depth === first ? [...ranks.filter(isAbove), ...own] : own;
}

/** Whether a step enters more than one of a level does. */
export function isBroader({ path }: EnterStep, state: Rollout, level: string | undefined): boolean {
  const first = state.ranks?.[0]?.depth;
  const depth = levelDepth(state, level);
  if (isRankPath(path)) return depth !== first;
  return path.split('/').length - 1 < Math.max(depth, first ?? 0) && state.nodes.some((node) => node.path !== path && isAtOrBelow(node.path, path));
}

/** Into the broadest node above a target, at the level or deeper, in which nothing is covered; into the next part of one that has parts. */
function enterAt(state: Rollout, target: string, depth: number, covered: ReadonlySet<string>): EnterStep {
  const part = partAt(state, target, depth, (node) => !node.targets.some((one) => covered.has(one)));
  const { path } = part.node;
  // What lies in front of the target, and is not covered, was left out.
  const targets = part.targets.slice(part.targets.indexOf(target)).filter((one) => !covered.has(one));
  const parts = broadestAmong(state, targets, part.node.depth);
  const { wave } = part;
  return {
    kind: 'enter',
    path,
    ...(wave === undefined ? {} : { wave }),
    targets,
    entered: enteredWith(state, targets, covered),
    ...(parts.join() === path ? {} : { parts }),
  };
}

/** A part of a node that is entered at once: all of it, or a wave. */
interface Part extends Pick<EnterStep, 'wave'> {
  readonly node: FleetNode;
  readonly targets: readonly string[];
}

/**
 * What is entered with a target: of the broadest node above it, at a depth or deeper, that has parts or is good to be entered whole.
 * Ranks have parts: they are no place where a patch can sit.
 */
function partAt(state: Rollout, target: string, depth: number, isGood: (node: FleetNode) => boolean): Part {
  const node = unitsAbove(state, target, depth).find((one) => isAlike(one, state) && (hasParts(one) || isGood(one))) as FleetNode;
  if (node.waves === undefined) return { node, targets: node.targets };
  const ends = waveEnds(node.waves, node.targets.length);
  const index = node.targets.indexOf(target);
  const number = ends.findIndex((end) => index < end);
  const targets = node.targets.slice(ends[number - 1] ?? 0, ends[number]);
  return { node, targets, ...(ends.length === 1 ? {} : { wave: { number: number + 1, of: ends.length } }) };
}

function hasParts({ waves, path }: FleetNode): boolean {
  return waves !== undefined || isRankPath(path);
}

/** The targets that are entered together with one, where they are several paths: of a rank, or of a wave. */
export function enteredTogether(state: Rollout, target: string, depth: number): readonly string[] | undefined {
  const { node, targets } = partAt(state, target, depth, () => true);
  return hasParts(node) ? targets : undefined;
}

/** Whether all of a node is entered as it is itself. */
function isAlike({ path, waves }: FleetNode, { nodes, ranks = [] }: Rollout): boolean {
  const depth = ranks[0]?.depth ?? 0;
  return nodes.every((node) => isSameWaves(node.waves, waves) || node.depth < depth || !isAtOrBelow(node.path, path));
}

/** The broadest nodes, of a depth or deeper, that hold these targets and no other. */
function broadestAmong({ nodes }: Rollout, targets: readonly string[], depth: number): readonly string[] {
  const all = new Set(targets);
  const found: FleetNode[] = [];
  for (const node of nodes) {
    const isInside = node.depth >= depth && node.targets.every((target) => all.has(target));
    if (isInside && !found.some(({ path }) => isAtOrBelow(node.path, path))) found.push(node);
  }
  return found.map(({ path }) => path);
}

/** The ranks and nodes that have one of these targets, and none that is covered. */
export function enteredWith({ nodes, ranks = [] }: Rollout, targets: readonly string[], covered: ReadonlySet<string> = new Set()): readonly FleetNode[] {
  const all = new Set(targets);
  return [...ranks, ...nodes].filter((node) => node.targets.some((target) => all.has(target)) && !node.targets.some((target) => covered.has(target)));
}

/** The gates of a step: what it enters and somebody has to approve. */
export function gatesOf(step: Step): readonly string[] {
  return step.kind === 'enter' ? manualAmong(step.entered) : [];
}

/** What of this somebody has to approve. */
export function manualAmong(entered: readonly FleetNode[]): readonly string[] {
  return entered.flatMap(({ path, promotion }) => (promotion === 'manual' ? [path] : []));
}
