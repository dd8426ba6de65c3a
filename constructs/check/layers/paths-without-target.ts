import { type PathSet, pathsAbove } from '../../../layers/path-set';
import type { Problem } from '../../../layers/problem';
import type { ClusterTypeModel } from '../../resolve/model';
import { problemAt } from '../../tree/origin';
import { Patch } from '../../tree/patch';
import type { FleetSubject } from '../fleet-rule';
import { PathCheck } from '../path-check';

/** A layer at a path where its cluster type is not rendered has no effect there. */
export function* pathsWithoutTarget({ model, layers }: FleetSubject): Generator<Problem> {
  const owners = new Map<unknown, ClusterTypeModel>(model.clusterTypes.map((clusterType) => [clusterType.construct, clusterType]));
  const check = new PathCheck(model);
  for (const layer of layers) {
    const clusterType = layer.node.scopes.map((scope) => owners.get(scope)).find((owner) => owner !== undefined);
    const paths = layer instanceof Patch ? layer.rolledOutTo : [layer.path];
    // What is wrong with the paths themselves says it.
    if (!clusterType || !check.isWithoutFault(paths)) continue;
    for (const [index, path] of paths.entries()) {
      if (renderedAt(clusterType).has(path)) continue;
      yield problemAt(layer, 'path-without-target', `'${clusterType.name}' is not rendered at or below '${path}'`, {
        severity: 'warning',
        at: layer instanceof Patch ? ['rolledOutTo', String(index)] : [],
        hint: 'the layer has no effect there: remove it, or name the path in the `paths` of the cluster type',
      });
    }
  }
}

const rendered = new WeakMap<ClusterTypeModel, PathSet>();

/** The paths at or above the targets of a cluster type. */
function renderedAt(clusterType: ClusterTypeModel): PathSet {
  const known = rendered.get(clusterType) ?? pathsAbove(clusterType.targets.map(({ path }) => path));
  rendered.set(clusterType, known);
  return known;
}
