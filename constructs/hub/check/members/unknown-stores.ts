import type { Finding } from '../../../../layers/consequences';
import { membersName } from '../../../../layers/record';
import { suggestion } from '../../../../layers/text/nearest';
import { originOf, problemAt } from '../../../tree/origin';
import { registeredWith, runsArgoCD, storesRead } from '../../resolve/credentials/stores-read';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';

/** What is read from a store by its name is read from one that the Argo CD has. */
export function* unknownStores({ fleet, members }: HubSubject): Generator<Finding> {
  for (const { member: owner } of members) {
    if (!runsArgoCD(owner)) continue;
    const known = Object.keys(owner.secretStores);
    for (const { store, member, at, isOwn } of storesRead(owner, registeredWith(owner, members))) {
      if (store === undefined || Object.hasOwn(owner.secretStores, store) || owner.settings.problems.length > 0) continue;
      const message = `the Argo CD of ${owner.name} has no secret store '${store}'`;
      const rest: Partial<Finding> = {
        expected: 'one of `secretStores`, in the member settings or its file',
        hint: suggestion(store, known, 'stores') ?? 'it has none but `secretStore`: leave `store` out, or write `secretStores`',
        target: `${membersName}/${member.path}`,
        follows: [originOf(fleet.settings, ['secretStores'])],
      };
      if (isOwn) yield problemAt(member.construct, 'secret-store', message, { at, ...rest });
      else yield valueProblem(fleet.settings, member.settings.values, at, 'secret-store', message, rest);
    }
  }
}
