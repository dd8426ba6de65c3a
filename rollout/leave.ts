import { Coverage } from '../layers/coverage';
import { isAtOrBelow } from '../layers/hierarchy';
import type { FleetNode, PatchState } from '../layers/patch-state';
import { inSequence } from './coalesce';

/** A patch leaves targets. */
export interface Leaving {
  readonly paths: readonly string[];
  /** The targets that it leaves, in sequence. */
  readonly targets: readonly string[];
  /** Coarser paths that had to be taken apart. */
  readonly split: readonly string[];
}

export interface LeaveOptions {
  /** Leave everything after this path, a node of the app. @default - the last step alone */
  readonly to?: string;
  /** The targets that it came to last, as far as a history tells. @default - what it entered last is told by where it sits */
  readonly last?: readonly string[];
  /** Leave every target. @default false */
  readonly everywhere?: boolean;
  /** The dimension, in the singular, of the nodes that count as a step. @default - the last but one */
  readonly level?: string;
}

/** Takes a patch out of its last step, of everything after a path, or of everything. */
export function leave(state: PatchState, options: LeaveOptions = {}): Leaving {
  const targets = leaving(state, options);
  return without(state, new Set(targets), targets);
}

function leaving(state: PatchState, { to, everywhere = false, last: entered, level }: LeaveOptions): readonly string[] {
  const coverage = new Coverage(state.paths, state.targets);
  const { covered } = coverage;
  if (everywhere) return covered;
  if (to !== undefined) {
    const end = state.targets.findLastIndex((target) => isAtOrBelow(target, to));
    return end < 0 ? [] : state.targets.slice(end + 1).filter((target) => coverage.covers(target));
  }
  const last = covered[covered.length - 1];
  if (last === undefined) return [];
  const depth = level === undefined ? Math.max(0, state.dimensions.length - 2) : state.dimensions.indexOf(level);
  const place = coverage.placeAt(last) as string;
  // What was entered more finely than the level is left as finely.
  const node = last.split('/', depth + 1).join('/');
  const path = isAtOrBelow(place, node) ? place : node;
  const step = covered.filter((target) => isAtOrBelow(target, path));
  if (!entered) return step;
  // One commit may hold several steps, and a step of regions may have become its sector since.
  const both = step.filter((target) => entered.includes(target));
  return both.length > 0 ? both : entered;
}

function without(state: PatchState, left: ReadonlySet<string>, targets: readonly string[]): Leaving {
  const split: string[] = [];
  const paths = state.paths.flatMap((path) => {
    const node = state.nodes.find((one) => one.path === path);
    // A path without a target of the app is nobody's: it stays.
    if (!node?.targets.some((target) => left.has(target))) return [path];
    if (node.targets.every((target) => left.has(target))) return [];
    split.push(path);
    return broadest(state, node, left);
  });
  // What sat at a path and below it, as a patch of an adopted fleet may, would be named twice.
  return { paths: inSequence([...new Set(paths)], state), targets, split };
}

/** The broadest nodes below one in which nothing is left. */
function broadest(state: PatchState, { path, depth }: FleetNode, left: ReadonlySet<string>): readonly string[] {
  const below = state.nodes.filter((node) => node.depth === depth + 1 && node.path.startsWith(`${path}/`));
  return below.flatMap((node) => {
    if (!node.targets.some((target) => left.has(target))) return [node.path];
    return node.targets.every((target) => left.has(target)) ? [] : broadest(state, node, left);
  });
}
