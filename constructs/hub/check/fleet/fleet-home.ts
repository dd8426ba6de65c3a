import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';
import { namespaceRemarks, repositoryUrlRemarks } from '../settings/home-settings';

/** The repository of the fleet is one, and so is the namespace of Argo CD. What else holds for them holds in all fleets. */
export function* fleetHome({ fleet }: HubSubject): Generator<Finding> {
  const all = { repository: repositoryUrlRemarks(fleet.repository), platformNamespace: namespaceRemarks(fleet.platformNamespace) };
  for (const [key, remarks] of Object.entries(all)) {
    for (const { code, message, ...rest } of remarks) yield problemAt(fleet, code, message, { at: [key], ...rest });
  }
}
