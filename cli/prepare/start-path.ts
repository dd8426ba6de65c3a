import { FleetError } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import { pathsTo } from '../../layers/hierarchy';
import { levelDepth } from '../../rollout/next-step';
import { completeName } from '../read/complete-name';
import type { LoadedFleet } from '../read/load-fleet';

/**
 * Where a new patch starts: at the path that the command line names, else at the first node of the sequence.
 *
 * @param targets where its app is rendered, in sequence
 * @param at      what the command line names
 * @throws FleetError where that is no path, or leaves out an earlier target
 */
export function startPath(fleet: LoadedFleet, targets: readonly string[], at: string | undefined): string {
  const paths = [...new Set(targets.flatMap(pathsTo))];
  const path = at === undefined ? firstNode(fleet, targets[0] ?? '') : completeName(at, { known: paths, noun: 'dimension path', nouns: 'paths' });
  const [gap] = new Coverage([path], targets).gaps;
  if (gap === undefined) return path;
  const hint = `start at '${firstNode(fleet, gap)}' and promote from there; what only '${path}' shall have for good is an override`;
  throw new FleetError([{ code: 'rollout', message: `a patch that starts at '${path}' leaves out ${gap}`, hint }]);
}

/** The node at the promotion level above a target. */
function firstNode({ fleet }: LoadedFleet, target: string): string {
  const dimensions = fleet.dimensions.map((dimension) => dimension.singular);
  const depth = levelDepth({ dimensions }, fleet.promotionLevel);
  return target
    .split('/')
    .slice(0, depth + 1)
    .join('/');
}
