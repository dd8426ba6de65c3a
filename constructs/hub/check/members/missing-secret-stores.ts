import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { membersName, settingsName } from '../../../../layers/record';
import { originOf } from '../../../tree/origin';
import { registeredWith, runsArgoCD, storesRead } from '../../resolve/credentials/stores-read';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';

/** Whatever runs an Argo CD needs a secret store, unless all that it reads is in others, which have names. */
export function* missingSecretStores({ fleet, members }: HubSubject): Generator<Finding> {
  for (const { member } of members) {
    const { values, problems } = member.settings;
    if (!runsArgoCD(member) || member.secretStore !== undefined || problems.length > 0) continue;
    if (storesRead(member, registeredWith(member, members)).every(({ store }) => store !== undefined)) continue;
    yield valueProblem(fleet.settings, values, ['secretStore'], 'secret-store', 'a cluster with an Argo CD has no secret store', {
      target: `${membersName}/${member.path}`,
      expected: "where the secret manager is: `secretStore: { aws: { region: 'eu-west-1' } }`, in the member settings or its file",
      hint: 'hubs and distributed spokes read credentials from there',
      follows: [unread(membersName, settingsName), originOf(fleet.settings, ['secretStore'])],
    });
  }
}
