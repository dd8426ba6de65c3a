import type { Step } from '../../claims';
import { assertDifference, difference, type State, stateOf, wrongDifference } from '../../state';
import { holds, until } from '../../until';
import { type First, infraName, managementNames, roots, target } from './first';

const approvals = ['production', 'production/prod-sector-1'].flatMap((node) => ['--approve', node]);

/** Everything that a region's apps deployed on the management clusters. */
function deployed(state: State): readonly string[] {
  return [...state.keys()].filter((key) => /: (?:configmaps|deployments) /.test(key) && !key.includes(' argocd/'));
}

export const retireRegion: Step<First> = {
  name: 'retire-region',
  title: 'the region is retired, as docs/operate.md says',
  claims: [
    {
      says: 'Switched off, its apps go with all that they deployed; the last of a target goes by the documented sync',
      prove: async (topology) => {
        const { fleet } = topology;
        await fleet.mustFleet('retire', target, ...approvals, '--commit');
        await topology.untilSeen(await fleet.push());
        const argoCD = topology.argoCD(infraName);
        // What `argocd app sync NAME --prune` asks of Argo CD.
        const operation = { initiatedBy: { username: 'live' }, sync: { prune: true, syncOptions: ['CreateNamespace=true'] } };
        for (const name of managementNames) await topology.infra.api.patch('applications', topology.rootApplication(name), 'argocd', { operation });
        await argoCD.untilSynced(['argocd', `infra-cluster-${infraName}`, ...managementNames.map((name) => topology.rootApplication(name))]);
        await until('nothing that was deployed is left', 120, async () => {
          const left = deployed(await stateOf(topology.managements, ['configmaps', 'deployments']));
          const applications = (await Promise.all(managementNames.map((name) => topology.argoCD(name).applications()))).flat();
          return [...left, ...applications.map(({ metadata }) => metadata.name)].join(', ') || undefined;
        });
      },
    },
    {
      says: 'Then it leaves the configuration; Argo CD reports that it finds no folder, and deletes nothing of what is left: roots, and Argo CD itself',
      prove: async (topology) => {
        const { fleet } = topology;
        const before = await stateOf([topology.infra], ['applicationsets', 'configmaps', 'deployments', 'namespaces']);
        await fleet.mustFleet('retire', target, '--commit');
        await fleet.push();
        if (fleet.has(`dist/infra-cluster/${target}`)) throw new Error('its folder is still there');
        const name = `infra-cluster-${infraName}`;
        await until(`${name} says that its folder is not there`, 120, async () => {
          const application = await topology.argoCD(infraName).application(name);
          const messages = (application?.status?.conditions ?? []).map(({ message }: { readonly message: string }) => message).join('; ');
          return messages.includes('app path does not exist') ? undefined : messages || 'it says nothing';
        });
        assertDifference(difference(before, await stateOf([topology.infra], ['applicationsets', 'configmaps', 'deployments', 'namespaces'])));
      },
    },
    {
      says: 'At last the roots go by the documented command, with their Applications and without workloads',
      prove: async (topology) => {
        const before = await stateOf(topology.clusters, ['configmaps', 'deployments', 'namespaces']);
        await topology.infra.kubectl(['-n', 'argocd', 'delete', 'applicationsets', ...roots]);
        await until('no Application is left but that of Argo CD itself', 60, async () => {
          const left = (await topology.argoCD(infraName).applications()).map(({ metadata }) => metadata.name);
          return left.join() === 'argocd' ? undefined : left.join(', ') || 'that of Argo CD is gone, too';
        });
        await holds('no workload goes', 15, async () =>
          wrongDifference(difference(before, await stateOf(topology.clusters, ['configmaps', 'deployments', 'namespaces'])), {}),
        );
      },
    },
  ],
};
