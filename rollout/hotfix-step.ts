import { Coverage } from '../layers/coverage';
import type { FleetNode, PatchState } from '../layers/patch-state';
import { type EnterStep, enteredWith, type Refusal } from './next-step';

/** A patch goes straight to a node, past what lies between: whatever of the node it does not cover is entered. */
export function hotfixStep(state: PatchState, path: string): EnterStep | Refusal {
  const coverage = new Coverage(state.paths, state.targets);
  const isCovered = (target: string) => coverage.covers(target);
  const node = state.nodes.find((one) => one.path === path);
  const targets = node?.targets.filter((target) => !isCovered(target)) ?? [];
  if (!node || targets.length === 0) return { kind: 'refused', reason: 'covered', gaps: node?.targets ?? [] };
  const covered = new Set(coverage.covered);
  return { kind: 'enter', path, targets, entered: enteredWith(state, targets, covered), parts: broadestWithout(state, node, covered) };
}

/** The broadest nodes at or below one that hold none of some targets. */
export function broadestWithout(state: PatchState, node: FleetNode, targets: ReadonlySet<string>): readonly string[] {
  if (!node.targets.some((target) => targets.has(target))) return [node.path];
  if (node.targets.every((target) => targets.has(target))) return [];
  const below = state.nodes.filter((one) => one.depth === node.depth + 1 && one.path.startsWith(`${node.path}/`));
  return below.flatMap((one) => broadestWithout(state, one, targets));
}
