import type { Finding } from '../../../../layers/consequences';
import { originOf, problemAt } from '../../../tree/origin';
import type { Member } from '../../tree/member';
import type { HubSubject } from '../hub-rule';

/** No two clusters have one name. */
export function* duplicateMembers({ fleet }: HubSubject): Generator<Finding> {
  const byName = new Map<string, Member>();
  for (const member of fleet.members) {
    const twin = byName.get(member.name);
    if (twin) {
      yield problemAt(member, 'duplicate-name', `two clusters are called '${member.name}'`, {
        found: `another one in ${originOf(twin).file ?? twin.path}`,
        hint: 'Applications and folders are called after their cluster: rename or remove one of the two',
      });
    }
    byName.set(member.name, member);
  }
}
