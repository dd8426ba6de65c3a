import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** Each cluster has a secret of its own in the store that its hub reads; two stores may call theirs the same. */
export function* sharedSecrets({ members }: HubSubject): Generator<Finding> {
  const hubs = new Map(members.flatMap(({ member }) => (member.kind === 'hub' ? [[member.name, member] as const] : [])));
  const known = new Map<string, string>();
  for (const { member } of members) {
    const { name, construct, hub } = member;
    const { secret, store, property, keys } = member.secretRef;
    if (typeof secret !== 'string' || secret.trim() === '') continue;
    const reader = hubs.get(hub);
    // One entry may hold several clusters, each below a key of its own, or under other names.
    const key = JSON.stringify([store === undefined ? reader?.secretStore : reader?.secretStores[store], secret, property, keys]);
    const other = known.get(key);
    if (other !== undefined && other !== name) {
      yield problemAt(construct, 'duplicate-secret', `the clusters '${other}' and '${name}' have one secret`, {
        at: ['secret'],
        found: `'${secret}' in both`,
        hint: 'they would be one cluster under two names, deployed to twice: name the secret of each',
      });
    }
    known.set(key, name);
  }
}
