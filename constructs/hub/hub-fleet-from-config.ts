import type { ConfigFiles } from '../../layers/config-files';
import { hubTreeFromConfig } from './from-config/hub-tree-from-config';
import { HubFleet } from './hub-fleet';

/** The fleet of hubs and spokes that configuration files stand for. @throws FleetError where `fleet.ts` says too little to build a fleet on */
export function hubFleetFromConfig(config: ConfigFiles): HubFleet {
  return hubTreeFromConfig(config, (props) => new HubFleet(props));
}
