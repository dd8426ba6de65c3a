import { FleetError, fleetFromConfig, HubFleet, type MemberView } from '../../constructs';
import type { MovingFleet, MovingMember } from '../../rollout/move-step';
import { readConfig } from '../../store/read/read-config';
import { findMember, membersOf } from './find-member';

/** A spoke with what plans for it need to know. */
export interface FoundSpoke {
  readonly fleet: MovingFleet;
  readonly member: MovingMember;
  readonly view: MemberView;
}

/** Reads a spoke by its name. @throws FleetError where it is a hub, or no file declares it */
export function readSpoke(config: string, name: string): FoundSpoke {
  const fleet = fleetFromConfig(readConfig(config));
  const members = membersOf(fleet.synth());
  const view = findMember(members, name);
  if (view.kind === 'hub') {
    const spokes = members.filter(({ kind, hub }) => kind === 'spoke' && hub === view.name).length;
    throw wrongMove(`${view.name} is a hub`, `a hub deploys to itself; ${spokes} spokes are registered with it`);
  }
  if (view.file === undefined || !(fleet instanceof HubFleet)) throw wrongMove(`${view.name} is declared in code`, 'change it there');
  const groups = fleet.groups.filter(({ bootstrap }) => !bootstrap).map((group) => group.name);
  const bootstrap = fleet.groups.find((group) => group.bootstrap)?.name;
  return {
    view,
    member: { ...view, file: view.file },
    fleet: { namespace: fleet.platformNamespace, labelPrefix: fleet.labelPrefix, groups, bootstrap },
  };
}

/** What is wrong with a move that the command line names. */
export function wrongMove(message: string, hint: string): FleetError {
  return new FleetError([{ code: 'rollout', message, place: [], hint }]);
}
