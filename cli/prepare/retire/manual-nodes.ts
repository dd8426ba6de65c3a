import { isAtOrBelow } from '../../../layers/hierarchy';
import type { LoadedFleet } from '../../read/load-fleet';

/** The gates of a path: of the nodes above it, and below it. */
export function manualNodes({ output: { hierarchy } }: Pick<LoadedFleet, 'output'>, path: string): readonly string[] {
  const below = hierarchy.paths.filter((one) => isAtOrBelow(one, path));
  return hierarchy.gates.filter((gate) => isAtOrBelow(path, gate) || below.some((one) => isAtOrBelow(one, gate)));
}
