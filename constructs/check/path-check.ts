import { PathSet } from '../../layers/path-set';
import type { Problem } from '../../layers/problem';
import { Suggestions } from '../../layers/text/nearest';
import type { Model } from '../resolve/model';
import type { ClusterType } from '../tree/cluster-type';
import { problemAt } from '../tree/origin';
import type { Override } from '../tree/override';
import { Patch } from '../tree/patch';

/** How many mistakes of one list are told one by one. */
const maxTold = 100;

/** Who names paths. */
type PathOwner = Override | Patch | ClusterType;

/** Finds mistakes in the paths that layers and cluster types name. */
export class PathCheck {
  readonly #model: Model;
  readonly #suggestions = new Suggestions();

  constructor(model: Model) {
    this.#model = model;
  }

  /** A path is one of the hierarchy. */
  pathProblems(path: string, at: readonly string[], owner: PathOwner): readonly Problem[] {
    const { hierarchy } = this.#model;
    if (hierarchy.has(path)) return [];
    const hint = this.#suggestions.for(path, hierarchy.paths, 'paths');
    return [problemAt(owner, 'unknown-path', `the dimension path '${path}' does not exist`, { at, hint })];
  }

  /** Paths exist, none stands there twice, and none lies below another. */
  *listProblems(paths: readonly string[], at: readonly string[], owner: PathOwner): Generator<Problem> {
    const all = new PathSet(paths);
    const seen = new Set<string>();
    let told = 0;
    for (const [index, path] of paths.entries()) {
      const place = [...at, String(index)];
      if (told >= maxTold) {
        const message = `the list has ${paths.length - index} more paths, which were not looked at`;
        yield problemAt(owner, 'unknown-path', message, { at: place, hint: 'mend those before them first' });
        return;
      }
      for (const problem of this.#problemsAt(path, all, seen.has(path), place, owner)) {
        told += 1;
        yield problem;
      }
      seen.add(path);
    }
  }

  *#problemsAt(path: string, all: PathSet, isRepeated: boolean, at: readonly string[], owner: PathOwner): Generator<Problem> {
    const unknown = this.pathProblems(path, at, owner);
    yield* unknown;
    if (isRepeated && unknown.length === 0) {
      yield problemAt(owner, 'path-repeated', `the path '${path}' is named twice`, { at, hint: 'remove one of the two' });
    }
    const parent = all.above(path);
    if (parent === undefined) return;
    yield problemAt(owner, 'path-covered', `the path '${path}' lies below '${parent}', which is named too`, {
      at,
      ...(this.#model.facts.adopted && owner instanceof Patch ? { severity: 'warning' } : {}),
      hint: `'${parent}' covers it: remove '${path}'`,
    });
  }

  /** Whether none of this can be said of a list. */
  isWithoutFault(paths: readonly string[]): boolean {
    const all = new PathSet(paths);
    return new Set(paths).size === paths.length && paths.every((path) => this.#model.hierarchy.has(path) && all.above(path) === undefined);
  }
}
