import type { Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import type { Resolved } from './hub-synthesis';

/** Each cluster has a secret of its own in the store that its hub reads; two stores may call theirs the same. */
export function checkSecrets(resolved: readonly Resolved[], problems: Problems): void {
  const stores = new Map(resolved.flatMap(({ member }) => (member.kind === 'hub' ? [[member.name, JSON.stringify(member.secretStore)] as const] : [])));
  const known = new Map<string, string>();
  for (const { member } of resolved) {
    const { name, construct, hub } = member;
    const { secret } = construct;
    if (typeof secret !== 'string' || secret.trim() === '') continue;
    const key = `${stores.get(hub)}\u0000${secret}`;
    const other = known.get(key);
    if (other !== undefined && other !== name) {
      problems.add(
        problemAt(construct, 'duplicate-secret', `the clusters '${other}' and '${name}' have one secret`, {
          at: ['secret'],
          found: `'${secret}' in both`,
          hint: 'they would be one cluster under two names, deployed to twice: name the secret of each',
        }),
      );
    }
    known.set(key, name);
  }
}
