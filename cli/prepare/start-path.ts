import { FleetError } from '../../constructs';
import { Coverage } from '../../layers/coverage';
import { isAtOrBelow, pathsTo } from '../../layers/hierarchy';
import { rolloutNodes } from '../../layers/patch-state';
import { type EnterStep, firstStep } from '../../rollout/next-step';
import { completeName } from '../read/complete-name';
import type { LoadedFleet } from '../read/load-fleet';

/** Where a new patch starts. */
export interface Start extends Pick<EnterStep, 'wave'> {
  /** The node, or the rank of the sequence. */
  readonly path: string;
  /** Where it sits: several of a rank, and of a node with waves. */
  readonly paths: readonly string[];
  readonly targets: readonly string[];
}

/**
 * Where a new patch starts: at the path that the command line names, else with the first step of the sequence.
 *
 * @param targets where its app is rendered, in sequence
 * @param at      what the command line names
 * @throws FleetError where that is no path, or leaves out an earlier target
 */
export function startOf(fleet: LoadedFleet, targets: readonly string[], at: string | undefined): Start {
  if (targets.length === 0) return startAt('', targets);
  if (at === undefined) {
    const { path, wave, parts = [path], targets: first } = stepFrom(fleet, targets, targets[0]);
    return { path, ...(wave === undefined ? {} : { wave }), paths: parts, targets: first };
  }
  const path = completeName(at, { known: [...new Set(targets.flatMap(pathsTo))], noun: 'dimension path', nouns: 'paths' });
  const [gap] = new Coverage([path], targets).gaps;
  if (gap === undefined) return startAt(path, targets);
  const hint = `start at '${stepFrom(fleet, targets, gap).path}' and promote from there; what only '${path}' shall have for good is an override`;
  throw new FleetError([{ code: 'rollout', message: `a patch that starts at '${path}' leaves out ${gap}`, hint }]);
}

/** At a node, with all of it. @param all where its app is rendered, in sequence */
export function startAt(path: string, all: readonly string[]): Start {
  return { path, paths: [path], targets: all.filter((target) => isAtOrBelow(target, path)) };
}

/** The first step of what is nowhere yet, where it begins with a target. */
function stepFrom({ fleet, output: { hierarchy } }: LoadedFleet, targets: readonly string[], target: string | undefined): EnterStep {
  const dimensions = fleet.dimensions.map(({ singular }) => singular);
  return firstStep({ ...rolloutNodes(hierarchy, targets), targets, dimensions }, fleet.promotionLevel, target);
}
