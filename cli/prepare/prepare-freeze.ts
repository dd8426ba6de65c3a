import { FleetError, HubFleet, type PatchView, type Problem } from '../../constructs';
import type { DimensionNode } from '../../constructs/tree/dimension-node';
import { originOf } from '../../constructs/tree/origin';
import { Coverage } from '../../layers/coverage';
import { type Freeze, isAtOrBelow } from '../../layers/hierarchy';
import { parentOf } from '../../layers/patch-state';
import { tryReadDate } from '../../layers/text/date';
import { isBinding } from '../../rollout/freezes';
import { Edits } from '../../store/edit/edits';
import { type NodeOrigin, removeFreeze, setFreeze } from '../../store/edit/freeze-edits';
import { findPath } from '../read/find-path';
import type { LoadedFleet } from '../read/load-fleet';
import { nodePaths } from '../read/node-paths';
import { nodesOf } from '../read/nodes-of';
import { reasonText } from '../read/patches/frozen-text';
import type { Change } from './change';
import { prove } from './prove';
import { statementLines } from './statements';

/** The flags of `fleet unfreeze`. */
export interface UnfreezeFlags {
  readonly config: string;
  readonly dryRun?: boolean;
  readonly commit?: boolean;
  readonly synth: boolean;
  readonly json?: boolean;
}

/** The flags of `fleet freeze`. */
export interface FreezeFlags extends UnfreezeFlags {
  readonly reason: string;
  readonly until?: string;
}

/** A node that is frozen, or let go, decided and proved. */
export interface PreparedFreeze {
  readonly path: string;
  readonly file: string;
  /** The freeze that it has now. @default - none: it is let go */
  readonly freeze?: Freeze;
  /** The one that it had. @default - none */
  readonly before?: Freeze;
  /** Nodes above it that are frozen, too. */
  readonly above: readonly string[];
  /** How many targets are at or below it. */
  readonly targets: number;
  /** Patches that have not entered all of these targets. */
  readonly patches: readonly PatchView[];
  readonly change: Change;
}

/** Decides and proves a freeze; writes nothing. @param now what the clock says @throws FleetError where there is no such node, or no such freeze */
export function prepareFreeze(fleet: LoadedFleet, name: string, { reason: said, until }: FreezeFlags, now: Date): PreparedFreeze {
  const node = findNode(fleet, name);
  const reason = reasonText(said);
  if (reason === '') throw failure({ code: 'invalid-field', message: '--reason is empty', expected: `why nothing is promoted into ${node.path}` });
  const ends = endOf(until, now);
  const freeze = { reason, ...(until === undefined ? {} : { until }), ...(ends === undefined ? {} : { ends }) };
  const edits = new Edits();
  const origin = nodeOrigin(node);
  setFreeze(edits, origin, freeze);
  const message = `Freeze ${node.path}${until === undefined ? '' : ` until ${until}`}: ${reason}`;
  return prepared(fleet, { node, origin, edits, message, now }, freeze);
}

/** Decides and proves the end of a freeze; writes nothing. @param now what the clock says @throws FleetError where the node is not frozen */
export function prepareUnfreeze(fleet: LoadedFleet, name: string, now: Date): PreparedFreeze {
  const node = findNode(fleet, name);
  if (!node.freeze) throw notFrozen(fleet, node);
  const edits = new Edits();
  const origin = nodeOrigin(node);
  removeFreeze(edits, origin);
  return prepared(fleet, { node, origin, edits, message: `Unfreeze ${node.path}`, now });
}

interface Edit {
  readonly node: DimensionNode;
  readonly origin: NodeOrigin;
  readonly edits: Edits;
  readonly message: string;
  readonly now: Date;
}

function prepared(fleet: LoadedFleet, { node, origin, edits, message, now }: Edit, freeze?: Freeze): PreparedFreeze {
  const { path } = node;
  const inside = (targets: readonly string[]) => targets.filter((target) => isAtOrBelow(target, path));
  const { output } = fleet;
  const targets = new Set(output.clusterTypes.flatMap((clusterType) => inside(output.targetsOf(clusterType).map((target) => target.path))));
  const patches = fleet.patches.filter(({ state }) => {
    const coverage = new Coverage(state.paths, state.targets);
    return inside(state.targets).some((target) => !coverage.covers(target));
  });
  const above = nodesOf(fleet).flatMap((one) =>
    one !== node && isAtOrBelow(path, one.path) && one.freeze && isBinding(one.freeze, now.getTime()) ? [one.path] : [],
  );
  // What is rendered stays as it is.
  const proof = prove(fleet, edits, { clusterType: '', targets: [] });
  const statements = statementLines(proof, {}, now);
  return { path, file: origin.file, freeze, before: node.freeze, above, targets: targets.size, patches, change: { edits, proof, message, statements } };
}

function findNode(fleet: LoadedFleet, name: string): DimensionNode {
  const path = findPath(nodePaths(fleet.fleet), name);
  const nodes = nodesOf(fleet);
  const isCluster = fleet.fleet instanceof HubFleet && path.split('/').length === fleet.fleet.dimensions.length;
  const node = nodes.find((one) => one.path === path);
  if (node && !isCluster) return node;
  // It is a file of its own, and gets what its environment gets.
  const hint = `freeze what it is in: \`fleet freeze ${parentOf(path)}\``;
  throw failure({ code: 'unknown-path', message: `'${path}' is a cluster, which is no node of fleet.ts and cannot be frozen`, hint });
}

function nodeOrigin(node: DimensionNode): NodeOrigin {
  const { file = '', place } = originOf(node);
  return { file, place, name: node.name, path: node.path };
}

/** @returns the last moment of a freeze, in milliseconds @throws FleetError where it is none, or over */
function endOf(until: string | undefined, now: Date): number | undefined {
  if (until === undefined) return undefined;
  const ends = tryReadDate(until, 'end', 'UTC');
  const expected = "a day such as '2026-12-31', or one with a time: '2026-12-31T18:00Z'";
  if (ends === undefined) throw failure({ code: 'wrong-type', message: '--until cannot be read', expected, found: `'${until}'` });
  if (ends < now.getTime()) throw failure({ code: 'invalid-field', message: `--until ${until} has passed`, expected: 'a day or a moment to come' });
  return ends;
}

function notFrozen(fleet: LoadedFleet, { path }: DimensionNode): FleetError {
  const frozen = nodesOf(fleet).flatMap((node) => (node.freeze ? [node.path] : []));
  const above = frozen.filter((one) => isAtOrBelow(path, one));
  const below = frozen.filter((one) => isAtOrBelow(one, path));
  const near = above.length > 0 ? above : below;
  const where = above.length > 0 ? ' above it' : below.length > 0 ? ' below it' : '';
  const hint = near.length > 0 ? near.map((one) => `\`fleet unfreeze ${one}\``).join(' or ') : undefined;
  const others = near.length > 0 ? near : frozen;
  const found = others.length > 0 ? `${others.join(', ')}${where} ${others.length === 1 ? 'is' : 'are'}` : 'nothing in this fleet is';
  return failure({ code: 'rollout', message: `'${path}' is not frozen`, found, hint });
}

function failure({ hint = 'nothing was written', ...problem }: Problem): FleetError {
  return new FleetError([{ place: [], ...problem, hint }]);
}
