import { placeKey } from '../../../../layers/config-files';
import type { Cause, Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import type { Problem } from '../../../../layers/problem';
import { FleetSubject } from '../../../check/fleet-rule';
import { layerPaths } from '../../../check/layers/layer-paths';
import { originOf } from '../../../tree/origin';
import { Override } from '../../../tree/override';
import { Patch } from '../../../tree/patch';
import type { HubSubject } from '../hub-rule';

/** Paths of overrides and patches as in every fleet, but for those of clusters that could not be read. */
export function* memberPaths({ fleet, declared }: HubSubject): Generator<Finding> {
  const named = new Map(fleet.node.findAll().flatMap(namedPaths));
  for (const problem of layerPaths(new FleetSubject(fleet, declared))) {
    yield problem.code === 'unknown-path' ? { ...problem, follows: causesOf(named.get(keyOf(problem))) } : problem;
  }
}

/** What could not be read where the path of a cluster is not known. */
function causesOf(path = ''): readonly Cause[] {
  const [, , name] = path.split('/');
  return [unread('tenants'), ...(name === undefined ? [] : [unread('hubs', name), unread('spokes', name)])];
}

/** The paths that a layer names, by where it does. */
function namedPaths(construct: unknown): readonly (readonly [string, string])[] {
  if (construct instanceof Override) return [[keyOf(originOf(construct)), construct.path]];
  if (!(construct instanceof Patch)) return [];
  return construct.rolledOutTo.map((path, index) => [keyOf(originOf(construct, ['rolledOutTo', String(index)])), path]);
}

function keyOf({ file = '', place = [] }: Pick<Problem, 'file' | 'place'>): string {
  return placeKey([file, ...place]);
}
