import type { BoardApp, BoardRollout } from '../../board';
import type { Fleet } from './fleet';
import { layersOf } from './marks';

/** A part of the way of a rollout: targets that lie in one node beside each other. */
export interface Stop {
  /** What they lie in; they themselves where they are at the top. */
  readonly node: number;
  readonly targets: readonly number[];
  /** How many of them are covered. */
  readonly covered: number;
  readonly state: 'covered' | 'part' | 'next' | 'waiting' | 'frozen';
  /** Gates that are passed on the way into it from the stop before. */
  readonly gates: readonly number[];
}

/** Stops one after the other in the same outermost node. */
export interface Stage {
  readonly node: number;
  readonly stops: readonly Stop[];
}

/** The way of a rollout through the sequence. */
export function wayOf(fleet: Fleet, rollout: BoardRollout): readonly Stage[] {
  const [covered, stages]: [ReadonlySet<number>, { node: number; stops: Stop[] }[]] = [new Set(rollout.covered), []];
  let before: number | undefined;
  const groups = [...groupsOf(fleet, rollout.targets)].flatMap(([node, targets]) =>
    node === outside ? targets.map((target) => [target, [target]] as const) : [[node, targets] as const],
  );
  for (const [node, targets] of groups) {
    const outermost = fleet.wayTo(node)[0] ?? node;
    const count = targets.filter((target) => covered.has(target)).length;
    const isNext = rollout.entering.some((entered) => targets.some((target) => !covered.has(target) && fleet.isIn(target, entered)));
    const isFrozen = targets.some((target) => !covered.has(target) && fleet.wayTo(target).some((one) => fleet.board.nodes[one]?.frozen !== undefined));
    const state = count === targets.length ? 'covered' : isFrozen ? 'frozen' : isNext ? 'next' : count > 0 ? 'part' : 'waiting';
    const stop: Stop = { node, targets, covered: count, state, gates: gatesInto(fleet, node, before) };
    if (stages.at(-1)?.node === outermost) stages.at(-1)?.stops.push(stop);
    else stages.push({ node: outermost, stops: [stop] });
    before = node;
  }
  return stages;
}

/** Rollouts that move an app: its own, and those of what several have in common, a file or a release, that have reached it. */
export function rolloutsOf(fleet: Fleet, app: BoardApp): readonly BoardRollout[] {
  const type = fleet.clusterType(app)?.name;
  return fleet.board.rollouts.filter((rollout) => {
    if (rollout.clusterType !== type) return false;
    if (fleet.tryFindApp(rollout.app, type) !== undefined) return rollout.app === app.name;
    return layersOf(app).some(({ patches }) => patches.some((layer) => layer.replace(/^patch /, '').startsWith(`${rollout.patch} `)));
  });
}

/** Where targets lie that lie in no node. */
export const outside = -1;

/** Targets by what they lie in, in sequence. */
export function groupsOf(fleet: Fleet, targets: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const target of targets) {
    const node = fleet.board.nodes[target]?.parent ?? outside;
    const group = groups.get(node);
    if (group === undefined) groups.set(node, [target]);
    else group.push(target);
  }
  return groups;
}

function gatesInto(fleet: Fleet, node: number, before: number | undefined): readonly number[] {
  const passed = new Set(before === undefined ? [] : fleet.wayTo(before));
  return fleet.wayTo(node).filter((one) => !passed.has(one) && fleet.board.nodes[one]?.isManual);
}
