import type { Hierarchy } from '../../layers/hierarchy';
import { patchLabel } from '../../layers/layer';
import type { OutputFile } from '../../layers/output';
import type { AppRecord, FleetRecord, RecordedPatch } from '../../layers/record';
import type { AppModel } from '../resolve/app-model';
import type { Model } from '../resolve/model';

/** Paths count from the folder of records. @param patches in the order of their names */
export function recordFile(clusterType: string, app: string, record: AppRecord, patches: readonly RecordedPatch[]): OutputFile {
  return { kind: 'record', path: `${clusterType}/${app}.yaml`, record: patches.length === 0 ? record : { ...record, patches } };
}

export function fleetRecordFile(topology: FleetRecord['topology'], { facts, hierarchy, law }: Model): OutputFile {
  const sequence = hierarchy.targets.map(({ path }) => path);
  return { kind: 'fleet-record', path: 'fleet.yaml', record: { topology, dimensions: facts.dimensions, sequence, law } };
}

/** Tells where the patches of an app sit. */
export function patchPlaces({ paths }: Hierarchy): (app: AppModel) => readonly RecordedPatch[] {
  const order = new Map(paths.map((path, index) => [path, index]));
  const orderOf = (path: string) => order.get(path) ?? -1;
  return ({ layers }) =>
    layers.patches.map(({ name, layers: places }) => ({ patch: patchLabel(name), at: [...places.keys()].sort((a, b) => orderOf(a) - orderOf(b)) }));
}
