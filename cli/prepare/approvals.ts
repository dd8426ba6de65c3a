import { FleetError } from '../../constructs';
import { DimensionNode } from '../../constructs/tree/dimension-node';
import { suggestion } from '../../layers/text/nearest';
import type { LoadedFleet } from '../read/load-fleet';

/** Every node of the hierarchy of a fleet. */
export function nodesOf({ fleet }: Pick<LoadedFleet, 'fleet'>): readonly DimensionNode[] {
  return fleet.node.findAll().filter((construct): construct is DimensionNode => construct instanceof DimensionNode);
}

/** @throws FleetError where the command line approves a path that does not exist */
export function expectKnownPaths(known: readonly string[], approved: readonly string[]): void {
  const wrong = approved.filter((path) => !known.includes(path));
  if (wrong.length === 0) return;
  throw new FleetError(
    wrong.map((path) => ({ code: 'unknown-path', message: `the dimension path '${path}' does not exist`, hint: suggestion(path, known, 'paths') })),
  );
}
