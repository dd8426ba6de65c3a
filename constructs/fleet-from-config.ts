import type { ConfigFiles } from '../layers/config-files';
import { Fleet } from './fleet';
import { isHubConfig } from './from-config/is-hub-config';
import { readContents } from './from-config/read-contents';
import { treeFromConfig } from './from-config/tree-from-config';
import type { HubFleet } from './hub/hub-fleet';

/** A fleet of either topology: `instanceof HubFleet` tells which. */
export type AnyFleet = Fleet | HubFleet;

/**
 * The fleet that configuration files stand for. What is wrong with one file does not keep the others from being looked
 * at: it is reported by `synth`, together with everything else.
 *
 * @throws FleetError where `fleet.ts` says too little to build a fleet on
 */
export function fleetFromConfig(files: ConfigFiles): AnyFleet {
  const config = readContents(files);
  if (!isHubConfig(config)) return treeFromConfig(config, (settings) => new Fleet(settings));
  // Loaded here and not above: most fleets have no hubs.
  const { hubFleetFromConfig } = require('./hub/hub-fleet-from-config') as typeof import('./hub/hub-fleet-from-config');
  return hubFleetFromConfig(config);
}
