import { Coverage } from '../layers/coverage';
import { type PatchState, parentOf } from '../layers/patch-state';

/** Whether a target would be rendered the same with the patch at other paths. */
export type IsSame = (target: string, before: readonly string[], after: readonly string[]) => boolean;

/** Finer paths that become one. */
export interface Coalesced {
  readonly path: string;
  readonly from: readonly string[];
}

/** Finer paths that stay. */
export interface KeptApart {
  readonly path: string;
  /** The first target that would be rendered otherwise, or at which an older patch would win. */
  readonly target: string;
}

/** Where a patch sits once its paths are coalesced, and how it came there. */
export interface Coalescing {
  readonly paths: readonly string[];
  readonly coalesced: readonly Coalesced[];
  readonly apart: readonly KeptApart[];
}

/**
 * Lists a node instead of everything below it where all of it is covered, from the deepest nodes up; but only where the
 * output of every target stays the same, for a coarser path gives way to more specific overrides and patches.
 *
 * @param against a target that speaks against other paths although it is rendered the same. @default - none does
 */
export function coalesce(
  state: PatchState,
  isSame: IsSame,
  against: (before: readonly string[], after: readonly string[]) => string | undefined = () => undefined,
): Coalescing {
  let { paths } = state;
  const coalesced: Coalesced[] = [];
  const apart: KeptApart[] = [];
  const above = nodesAbove(paths);
  const deepestFirst = state.nodes.filter(({ path }) => above.has(path)).sort((a, b) => b.depth - a.depth);
  for (const { path, targets } of deepestFirst) {
    const from = paths.filter((one) => one.startsWith(`${path}/`));
    // A patch of an adopted fleet may sit at a path and below it.
    const inside = paths.includes(path) ? [path, ...from] : from;
    if (new Coverage(inside, targets).covered.length < targets.length) continue;
    const after = inSequence([...paths.filter((one) => !inside.includes(one)), path], state);
    const differing = targets.find((target) => !isSame(target, paths, after)) ?? against(paths, after);
    if (differing !== undefined) {
      apart.push({ path, target: differing });
      continue;
    }
    coalesced.push({ path, from });
    paths = after;
  }
  return { paths, coalesced: joinCascades(coalesced), apart };
}

function nodesAbove(paths: readonly string[]): ReadonlySet<string> {
  const above = new Set<string>();
  for (const path of paths) for (let parent = parentOf(path); parent !== '' && !above.has(parent); parent = parentOf(parent)) above.add(parent);
  return above;
}

/** Paths in the order of the sequence. */
export function inSequence(paths: readonly string[], { nodes }: PatchState): readonly string[] {
  const order = new Map(nodes.map(({ path }, index) => [path, index]));
  // A path without a target of the app is no node of it: it stays behind what stands above it.
  const rank = (path: string): number => (path === '' ? nodes.length : (order.get(path) ?? rank(parentOf(path))));
  return [...paths].sort((a, b) => rank(a) - rank(b));
}

/** Joins a cascade into one: regions to their sector and on to the environment. */
function joinCascades(all: readonly Coalesced[]): readonly Coalesced[] {
  const left = all.filter(({ path }) => !all.some((other) => other.from.includes(path)));
  return left.map(({ path, from }) => ({ path, from: from.flatMap((one) => origins(one, all)) }));
}

function origins(path: string, all: readonly Coalesced[]): readonly string[] {
  const found = all.find((one) => one.path === path);
  return found ? found.from.flatMap((one) => origins(one, all)) : [path];
}
