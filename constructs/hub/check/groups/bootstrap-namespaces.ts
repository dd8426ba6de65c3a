import type { Finding } from '../../../../layers/consequences';
import { releasedIn, releasedProblem } from '../components/released-in';
import type { HubSubject } from '../hub-rule';

/** An Argo CD sees Applications in its own namespace. */
export function* bootstrapNamespaces(hub: HubSubject): Generator<Finding> {
  const { platformNamespace } = hub.fleet;
  const groups = hub.groups.filter(({ isBootstrap }) => isBootstrap).slice(0, 1);
  for (const one of releasedIn({ groups, members: hub.members })) {
    const { namespace } = one.released;
    // An empty one could not be read.
    if (one.component.name !== one.group.bootstrap?.argoCD || namespace === platformNamespace || namespace === '') continue;
    yield releasedProblem(one, ['namespace'], 'bootstrap-group', 'Argo CD would run where it does not see its Applications', {
      expected: `the platform namespace, '${platformNamespace}'`,
      found: `'${namespace}'`,
      hint: 'leave `namespace` out here, or set `platformNamespace` in fleet.ts',
    });
  }
}
