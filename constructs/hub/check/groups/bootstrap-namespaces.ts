import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import { fieldPlace } from '../../resolve/released-component';
import type { HubSubject } from '../hub-rule';

/** An Argo CD sees Applications in its own namespace. */
export function* bootstrapNamespaces({ fleet: { platformNamespace }, groups }: HubSubject): Generator<Finding> {
  const bootstrap = groups.find(({ isBootstrap }) => isBootstrap);
  if (!bootstrap) return;
  const { construct: group, components } = bootstrap;
  for (const { construct, name, releases } of components) {
    if (name !== group.bootstrap?.argoCD) continue;
    for (const [release, { namespace }] of releases) {
      // An empty one could not be read.
      if (namespace === platformNamespace || namespace === '') continue;
      const place = fieldPlace(group, construct, release, 'namespace');
      yield problemAt(place.construct, 'bootstrap-group', 'Argo CD would run where it does not see its Applications', {
        app: name,
        at: place.at,
        expected: `the platform namespace, '${platformNamespace}'`,
        found: `'${namespace}'`,
        hint: 'leave `namespace` out here, or set `platformNamespace` in fleet.ts',
      });
    }
  }
}
