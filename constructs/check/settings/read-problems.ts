import type { Problem } from '../../../layers/problem';
import type { FleetSubject } from '../fleet-rule';

/** What was wrong when the configuration was read. */
export function readProblems({ fleet }: FleetSubject): readonly Problem[] {
  return fleet.problems;
}
