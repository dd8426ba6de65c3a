import { everywhere } from '../../layers/hierarchy';
import { Suggestions } from '../../layers/nearest';
import { PathSet, pathsAbove } from '../../layers/path-set';
import type { Problems } from '../../layers/problem';
import type { ClusterType } from '../cluster-type';
import { problemAt } from '../origin';
import type { Override } from '../override';
import { Patch } from '../patch';
import type { ClusterTypeModel, Model } from './model';

/** How many mistakes of one list are told one by one. */
const maxTold = 100;

/** The paths at or above the targets of a cluster type. */
const rendered = new WeakMap<ClusterTypeModel, PathSet>();

/** Finds mistakes in the paths that layers and cluster types name. */
export class PathCheck {
  readonly #model: Model;
  readonly #problems: Problems;
  readonly #owners: ReadonlyMap<unknown, ClusterTypeModel>;
  readonly #suggestions = new Suggestions();

  constructor(model: Model, problems: Problems) {
    this.#model = model;
    this.#problems = problems;
    this.#owners = new Map(model.clusterTypes.map((clusterType) => [clusterType.construct, clusterType]));
  }

  /** Whether a path of a layer exists; else that is reported. */
  expectPath(path: string, construct: Override | Patch | ClusterType, at: readonly string[] = []): boolean {
    if (this.#model.hierarchy.has(path)) return true;
    const hint = this.#suggestions.for(path, this.#model.hierarchy.paths, 'paths');
    this.#problems.add(problemAt(construct, 'unknown-path', `the dimension path '${path}' does not exist`, { at, hint }));
    return false;
  }

  /** Paths exist, none stands there twice, and none lies below another. @returns whether it is so */
  checkPaths(paths: readonly string[], at: readonly string[], construct: Override | Patch | ClusterType): boolean {
    const all = new PathSet(paths);
    const seen = new Set<string>();
    let told = 0;
    for (const [index, path] of paths.entries()) {
      const place = [...at, String(index)];
      if (told >= maxTold) {
        const message = `the list has ${paths.length - index} more paths, which were not looked at`;
        this.#problems.add(problemAt(construct, 'unknown-path', message, { at: place, hint: 'mend those before them first' }));
        break;
      }
      if (!this.expectPath(path, construct, place)) told += 1;
      else if (seen.has(path)) {
        told += 1;
        this.#problems.add(problemAt(construct, 'path-repeated', `the path '${path}' is named twice`, { at: place, hint: 'remove one of the two' }));
      }
      seen.add(path);
      const parent = all.above(path);
      if (parent === undefined) continue;
      told += 1;
      this.#problems.add(
        problemAt(construct, 'path-covered', `the path '${path}' lies below '${parent}', which is named too`, {
          at: place,
          ...(this.#model.facts.adopted && construct instanceof Patch ? { severity: 'warning' } : {}),
          hint: `'${parent}' covers it: remove '${path}'`,
        }),
      );
    }
    return told === 0;
  }

  /** Warns of a layer at a path where its cluster type is not rendered. */
  warnOfNoTarget(layer: Override | Patch, path: string, at: readonly string[]): void {
    const clusterType = layer.node.scopes.map((scope) => this.#owners.get(scope)).find((owner) => owner !== undefined);
    if (!clusterType || (path === everywhere ? clusterType.targets.length > 0 : this.#renderedAt(clusterType).has(path))) return;
    this.#problems.add(
      problemAt(layer, 'path-without-target', `'${clusterType.name}' is not rendered at or below '${path}'`, {
        severity: 'warning',
        at,
        hint: 'the layer has no effect there: remove it, or name the path in the `paths` of the cluster type',
      }),
    );
  }

  #renderedAt(clusterType: ClusterTypeModel): PathSet {
    const known = rendered.get(clusterType) ?? pathsAbove(clusterType.targets.map(({ path }) => path));
    rendered.set(clusterType, known);
    return known;
  }
}
