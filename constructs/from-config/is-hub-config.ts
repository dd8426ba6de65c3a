import type { ConfigFiles } from '../../layers/config-files';
import { isMap } from '../../layers/plain-data';

/** What `topology` says. */
export const hubAndSpoke = 'hub-and-spoke';

/** Whether `fleet.ts` is that of a fleet of hubs and spokes, or was meant to be. */
export function isHubConfig({ fleet, clusterTypes }: ConfigFiles): boolean {
  const content = fleet?.content;
  if (!isMap(content)) return false;
  if ('topology' in content) return true;
  if ('dimensions' in content || 'environments' in content) return false;
  const folders = clusterTypes.map(({ name }) => name);
  return 'tenants' in content || Object.values(content).includes(hubAndSpoke) || (folders.includes('hubs') && folders.includes('spokes'));
}
