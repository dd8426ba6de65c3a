import { Problems } from '../layers/problem';
import type { AnyFleet } from './fleet-from-config';
import { HubFleet } from './hub/hub-fleet';
import { FleetValues } from './resolve/fleet-values';
import { modelOf } from './resolve/model';

/**
 * What the layers of a fleet say. A fleet of hubs and spokes is resolved as a whole, for what a member gets depends on what it is.
 *
 * @throws FleetError with everything that could not be read
 */
export function fleetValuesOf(fleet: AnyFleet): FleetValues {
  if (fleet instanceof HubFleet) return fleet.synth().values;
  const problems = new Problems();
  problems.addUnread(fleet.unread);
  problems.throwIfAny();
  fleet.node.lock();
  return new FleetValues(modelOf(fleet));
}
