import { FleetError, type FleetOutput, type MemberView } from '../../constructs';
import { completeName } from './complete-name';

/** The clusters of a fleet of hubs and spokes. @throws FleetError where clusters are no part of the fleet */
export function membersOf({ hasMembers, members }: FleetOutput): readonly MemberView[] {
  if (hasMembers) return members;
  throw new FleetError([
    {
      code: 'rollout',
      message: 'this fleet has no hubs and spokes',
      place: [],
      hint: "clusters are part of a fleet whose fleet.ts says `topology: 'hub-and-spoke'`",
    },
  ]);
}

/** A cluster by its name, or by a beginning that is its alone. @throws FleetError with a suggestion */
export function findMember(members: readonly MemberView[], name: string): MemberView {
  const names = members.map((member) => member.name);
  const found = completeName(name, { known: names, noun: 'cluster', nouns: 'clusters' });
  return members.find((member) => member.name === found) as MemberView;
}
