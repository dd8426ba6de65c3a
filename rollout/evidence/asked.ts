import { Coverage } from '../../layers/coverage';
import { isAtOrBelow } from '../../layers/hierarchy';
import { demandingAt } from '../../layers/law/demanded';
import { type Evidence, nameOfEvidence } from '../../layers/law/evidence';
import type { PatchState } from '../../layers/patch-state';

/** A piece of evidence that a step needs. */
export interface AskedEvidence {
  /** The node that says it. */
  readonly node: string;
  /** Which of those that the node has. */
  readonly index: number;
  readonly evidence: Evidence;
  /** How trailers call it. */
  readonly name: string;
  /** Where it is asked: a target that the change has reached. */
  readonly target: string;
  /** How long it has to have been good there, in milliseconds: the longest soak of the nodes that the target lies in. */
  readonly soak: number;
}

/** Whether any node that a patch may be in gives evidence. */
export function asksEvidence({ nodes }: Pick<PatchState, 'nodes'>): boolean {
  return nodes.some(({ evidence = [] }) => evidence.length > 0);
}

/**
 * What a step needs to know of the targets that a patch has reached: all evidence of the nodes that each of them lies in.
 *
 * @param next the first target that it enters: what it has reached behind that one says nothing about it. @default - any
 */
export function askedEvidence(state: Pick<PatchState, 'targets' | 'paths' | 'nodes'>, next?: string): readonly AskedEvidence[] {
  if (!asksEvidence(state)) return [];
  const { targets, paths, nodes } = state;
  const before = next === undefined ? targets : targets.slice(0, targets.indexOf(next));
  return new Coverage(paths, before).covered.flatMap((target) => {
    const soak = Math.max(0, ...nodes.filter(({ path }) => isAtOrBelow(target, path)).map((node) => node.soak));
    return demandingAt(nodes, target).flatMap(({ path: node, evidence = [] }) =>
      evidence.map((one, index) => ({ node, index, evidence: one, name: nameOfEvidence(one), target, soak })),
    );
  });
}
