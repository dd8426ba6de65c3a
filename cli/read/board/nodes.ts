import { gatesOf, lawOf } from '../../../changes/judge/law';
import type { State } from '../../../changes/state';
import type { FleetOutput } from '../../../constructs';
import { type Freeze, isAtOrBelow, isRankPath, pathsTo } from '../../../layers/hierarchy';
import { isBinding } from '../../../rollout/freezes';

/** A node of the hierarchy, as a board shows it. */
export interface FleetNode {
  readonly path: string;
  readonly isManual: boolean;
  /** @default - everything may be promoted into it */
  readonly frozen?: Freeze;
}

/** The nodes of a configuration, in sequence. @param now what the clock says, in milliseconds */
export function nodesNow({ nodes, hierarchy }: Pick<FleetOutput, 'nodes' | 'hierarchy'>, now: number): readonly FleetNode[] {
  return nodes.map(({ path, node }) => fleetNode(path, hierarchy.gates, node.freeze, now));
}

/** Those that a commit recorded, and what they demanded. @param then when it was committed, in milliseconds */
export function nodesThen({ fleet, targets }: Pick<State, 'fleet' | 'targets'>, then: number): readonly FleetNode[] {
  const law = lawOf(fleet);
  const gates = gatesOf(law, fleet.dimensions).map(({ path }) => path);
  const freezes = new Map(law.nodes.flatMap(({ path, freeze }) => (freeze ? [[path, freeze] as const] : [])));
  const known = new Set([...fleet.sequence, ...[...targets.values()].flat()]);
  const paths = new Set([...known].flatMap(pathsTo));
  return [...paths].map((path) => fleetNode(path, gates, freezes.get(path), then));
}

function fleetNode(path: string, gates: readonly string[], freeze: Freeze | undefined, now: number): FleetNode {
  return { path, isManual: gates.some((gate) => isGateOf(gate, path)), ...(freeze && isBinding(freeze, now) ? { frozen: freeze } : {}) };
}

/** Where nodes of one name are entered together, one gate is that of all of them. */
function isGateOf(gate: string, path: string): boolean {
  return gate === path || (isRankPath(gate) && isAtOrBelow(path, gate) && gate.split('/').length === path.split('/').length);
}
