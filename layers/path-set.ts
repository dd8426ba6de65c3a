import { everywhere, pathsTo } from './hierarchy';

/** Dimension paths that are asked for, path by path, without going through all of them: there may be as many as targets. */
export class PathSet {
  readonly #paths: ReadonlySet<string>;

  constructor(paths: Iterable<string>) {
    this.#paths = new Set(paths);
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Whether a path is one of these, or lies below one. */
  covers(path: string): boolean {
    return this.has(path) || this.above(path) !== undefined;
  }

  /** The outermost of these that a path lies below; `undefined` where there is none. */
  above(path: string): string | undefined {
    if (path !== everywhere && this.#paths.has(everywhere)) return everywhere;
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const parent = path.slice(0, end);
      if (this.#paths.has(parent)) return parent;
    }
    return undefined;
  }
}

/** Every path that is one of these, or lies above one. */
export function pathsAbove(paths: Iterable<string>): PathSet {
  const all = new Set<string>();
  for (const path of paths) {
    for (let here = path; here !== '' && !all.has(here); here = here.slice(0, Math.max(0, here.lastIndexOf('/')))) all.add(here);
  }
  return new PathSet(all);
}

/** Gives the fewest dimension paths that stand for some targets and for no other, in sequence; `*` alone for all. */
export type Collapse = (selection: Iterable<string>) => readonly string[];

/** @param targets all that there are, in sequence */
export function collapser(targets: readonly string[]): Collapse {
  const sizes = new Map<string, number>();
  const known = new Map<string, { readonly order: number; readonly above: readonly string[] }>();
  for (const [order, target] of targets.entries()) {
    const above = [everywhere, ...pathsTo(target)];
    known.set(target, { order, above });
    for (const path of above) sizes.set(path, (sizes.get(path) ?? 0) + 1);
  }
  return (selection) => {
    const chosen = [...new Set(selection)].flatMap((target) => known.get(target) ?? []).sort((a, b) => a.order - b.order);
    if (chosen.length === known.size && chosen.length > 0) return [everywhere];
    const counts = new Map<string, number>();
    for (const { above } of chosen) for (const path of above) counts.set(path, (counts.get(path) ?? 0) + 1);
    return [...new Set(chosen.map(({ above }) => above.find((path) => counts.get(path) === sizes.get(path)) as string))];
  };
}
