import { FleetError, type PatchView } from '../../constructs';
import { isRankPath } from '../../layers/hierarchy';
import { suggestion } from '../../layers/text/nearest';
import type { LoadedFleet } from '../read/load-fleet';

/** What can be approved: nodes, and ranks of the sequence. */
export function approvable({ hierarchy }: LoadedFleet['output']): readonly string[] {
  return [...hierarchy.paths, ...hierarchy.ranks.map(({ path }) => path)];
}

/** The same, of what a patch can enter. */
export function approvableOf({ state: { nodes, ranks = [] } }: PatchView): readonly string[] {
  return [...nodes, ...ranks].map(({ path }) => path);
}

/**
 * What the command line approves. A rank of the sequence may be named by its name alone: `prod`.
 *
 * @throws FleetError where it approves a path that does not exist
 */
export function approvedPaths(known: readonly string[], approved: readonly string[]): readonly string[] {
  const names = known.filter(isRankPath).map((path) => path.slice(path.lastIndexOf('/') + 1));
  const paths = approved.map((path) => (known.includes(path) ? path : (known.find((one) => isRankPath(one) && one.endsWith(`*/${path}`)) ?? path)));
  const wrong = paths.filter((path) => !known.includes(path));
  if (wrong.length === 0) return paths;
  throw new FleetError(
    wrong.map((path) => ({
      code: 'unknown-path',
      message: `the dimension path '${path}' does not exist`,
      hint: suggestion(path, [...known, ...names], 'paths'),
    })),
  );
}
