import type { ConfigFile } from '../../layers/config-files';
import type { Finding } from '../../layers/consequences';
import { clusterTypeShape } from '../../layers/shape/app-shape';
import { readFields } from '../../layers/shape/read-fields';
import type { ClusterTypeConfig } from '../tree/config/app-config';
import { isExport } from './read-export';

/** What `defaults.ts` exports. */
export function readClusterType({ file, content }: ConfigFile, problems: Finding[]): ClusterTypeConfig | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ applications, applicationSets, appProjects, paths }', problems)) return undefined;
  return readFields(content, clusterTypeShape, { ...part, noun: 'the cluster type' }, problems) as ClusterTypeConfig;
}
