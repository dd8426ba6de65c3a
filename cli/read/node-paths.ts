import type { AnyFleet } from '../../constructs';
import { hierarchyOfFleet } from '../../constructs/resolve/model';

/** Every dimension path of a fleet, in sequence: those of nodes, and of targets. */
export function nodePaths(fleet: AnyFleet): readonly string[] {
  return hierarchyOfFleet(fleet).paths;
}
