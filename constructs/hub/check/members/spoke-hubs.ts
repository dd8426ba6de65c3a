import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { suggestion } from '../../../../layers/text/nearest';
import { originOf, problemAt } from '../../../tree/origin';
import type { HubTree } from '../../tree/hub-tree';
import type { Member } from '../../tree/member';
import type { HubSubject } from '../hub-rule';
import { hubNames } from './missing-hubs';

const at = ['hub'];

/** A spoke names its hub, which there is. */
export function* spokeHubs({ fleet }: HubSubject): Generator<Finding> {
  const hubs = hubNames(fleet);
  for (const member of fleet.members) {
    if (member.kind !== 'spoke') continue;
    const hub: string | undefined = member.hub;
    if (hub === undefined) yield missing(member, hubs);
    else if (!hubs.includes(hub)) yield unknown(fleet, member, hubs);
  }
}

function missing(member: Member, hubs: readonly string[]): Finding {
  return problemAt(member, 'missing-field', `the spoke '${member.name}' names no hub`, {
    at,
    expected: 'the name of the hub that registers it',
    hint: suggestion('', hubs, 'hubs'),
    follows: [originOf(member, at)],
  });
}

function unknown(fleet: HubTree, member: Member, hubs: readonly string[]): Finding {
  const { hub } = member;
  const isSpoke = fleet.members.some((other) => other.kind === 'spoke' && other.name === hub);
  return problemAt(member, 'unknown-hub', `'${hub}' is no hub of the fleet`, {
    at,
    ...(isSpoke ? { found: 'a spoke of that name' } : {}),
    hint: suggestion(hub, hubs, 'hubs'),
    // Where there is none at all, that is the mistake, or whatever keeps hubs from being declared.
    follows: [unread('hubs', hub), { ...originOf(fleet), code: 'unknown-hub' }, ...(hubs.length === 0 ? [unread('tenants')] : [])],
  });
}
