import type { HubFleet } from '../../constructs';

/** Where `kubectl` finds the Applications of a fleet of hubs, in whichever cluster: in one namespace, or in those of several. */
export function argoCDNamespaces(fleet: HubFleet): string {
  const members = fleet.outline().members ?? [];
  const own = members.filter(({ kind, model }) => kind === 'hub' || model === 'distributed').map(({ home }) => home.platformNamespace);
  const [only = fleet.platformNamespace, ...others] = new Set(own);
  return others.length === 0 ? `-n ${only}` : '-A';
}
