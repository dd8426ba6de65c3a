import type { Finding } from '../../../../layers/consequences';
import { runsArgoCD } from '../../resolve/credentials/stores-read';
import { releasedIn, releasedProblem } from '../components/released-in';
import type { HubSubject } from '../hub-rule';

/** An Argo CD sees Applications in its own namespace. */
export function* bootstrapNamespaces(hub: HubSubject): Generator<Finding> {
  const groups = hub.groups.filter(({ isBootstrap }) => isBootstrap).slice(0, 1);
  for (const one of releasedIn({ groups, members: hub.members })) {
    const { name } = one.component;
    const { namespace } = one.released;
    // An empty one could not be read.
    if (name !== one.group.bootstrap?.argoCD || namespace === '') continue;
    const own = hub.members.filter(({ member, components }) => runsArgoCD(member) && components.get(name)?.variant?.key === one.variant?.key);
    const wanted = [...new Set(own.map(({ member }) => member.home.platformNamespace))].filter((platform) => platform !== namespace);
    for (const platform of wanted.slice(0, 1)) {
      yield releasedProblem(one, ['namespace'], 'bootstrap-group', 'Argo CD would run where it does not see its Applications', {
        expected: `the platform namespace, '${platform}'`,
        found: `'${namespace}'`,
        hint: 'leave `namespace` out here, or set `platformNamespace` in fleet.ts or for these clusters',
      });
    }
  }
}
