import { Problems } from '../layers/problem';
import { FleetSubject } from './check/fleet-rule';
import { fleetProblems } from './check/fleet-rules';
import type { AnyFleet } from './fleet-from-config';
import { HubFleet } from './hub/hub-fleet';
import { FleetValues } from './resolve/fleet-values';
import { modelOf } from './resolve/model';

/**
 * What the layers of a fleet say. A fleet of hubs and spokes is resolved as a whole, for what a member gets depends on what it is.
 *
 * @throws FleetError with everything that is wrong with what is declared: of a file that could not be read nothing can be said
 */
export function fleetValuesOf(fleet: AnyFleet): FleetValues {
  if (fleet instanceof HubFleet) return fleet.synth().values;
  const problems = new Problems();
  problems.addUnread(fleet.unread);
  fleet.node.lock();
  const model = modelOf(fleet);
  problems.addAll(fleetProblems(new FleetSubject(fleet, model), 'declared', 'dimensions'));
  problems.throwIfAny();
  return new FleetValues(model);
}
