import type { OutputFile } from '../../layers/output';
import type { AppRecord, FleetRecord } from '../../layers/record';

/** Paths count from the folder of records. */
export function recordFile(clusterType: string, app: string, record: AppRecord): OutputFile {
  return { kind: 'record', path: `${clusterType}/${app}.yaml`, record };
}

export function fleetRecordFile(record: FleetRecord): OutputFile {
  return { kind: 'fleet-record', path: 'fleet.yaml', record };
}
