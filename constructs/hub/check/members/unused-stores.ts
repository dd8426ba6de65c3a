import type { Finding } from '../../../../layers/consequences';
import { deepestNode } from '../../../../layers/node';
import { registeredWith, runsArgoCD, storesRead } from '../../resolve/credentials/stores-read';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';

/** A store that no Argo CD reads anything from was forgotten, or whatever should name it. */
export function* unusedStores({ fleet, members }: HubSubject): Generator<Finding> {
  const read = new Set<string | undefined>();
  for (const { member } of members) {
    if (runsArgoCD(member)) for (const { store } of storesRead(member, registeredWith(member, members))) read.add(store);
  }
  const seen = new Set<string>();
  for (const { member } of members) {
    const { values } = member.settings;
    for (const store of Object.keys(member.secretStores)) {
      const { file, place } = deepestNode(values, ['secretStores', store]).node.source;
      const key = [file, ...place, store].join('\u0000');
      if (read.has(store) || seen.has(key)) continue;
      seen.add(key);
      yield valueProblem(fleet.settings, values, ['secretStores', store], 'secret-store', `nothing is read from the secret store '${store}'`, {
        severity: 'notice',
        hint: `say \`store: '${store}'\` where it is meant, or remove it`,
      });
    }
  }
}
