import { isAtOrBelow } from '../hierarchy';

/** A node, with the evidence that it gives: the pieces themselves, or what records call them. */
export interface DemandingNode {
  readonly path: string;
  readonly evidence?: readonly unknown[];
}

/**
 * The nodes whose evidence has to be good at a target before anything goes on from there, to another node or within the same one: all
 * that it lies in. Steps ask by it, and commits are judged by it.
 */
export function demandingAt<N extends DemandingNode>(nodes: readonly N[], target: string): readonly N[] {
  return nodes.filter(({ path, evidence = [] }) => evidence.length > 0 && isAtOrBelow(target, path));
}
