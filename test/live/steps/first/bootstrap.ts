import type { Step } from '../../claims';
import { difference, stateOf } from '../../state';
import { type First, infraName, roots, target } from './first';

const command = ['bootstrap', target, '--name', infraName];

export const bootstrap: Step<First> = {
  name: 'bootstrap',
  title: 'a region starts with one `kubectl apply`',
  claims: [
    {
      says: 'What `fleet bootstrap` prints is applied as it is',
      prove: async ({ fleet, infra }) => {
        await infra.kubectl(['apply', '-f', '-'], await fleet.mustFleet(...command));
      },
    },
    {
      says: 'The root deploys its own cluster type, and brings the roots of all others',
      prove: async (topology) => {
        const argoCD = topology.argoCD(infraName);
        await argoCD.untilOneSynced(`infra-cluster-${infraName}`);
        for (const root of roots) {
          const complaints = await argoCD.complaints(root);
          if (complaints.length > 0) throw new Error(complaints.join('; '));
        }
      },
    },
    {
      says: 'Argo CD takes over the release that Helm installed: nothing of it is made again',
      prove: async (topology) => {
        const before = await stateOf([topology.infra], ['configmaps', 'deployments', 'namespaces']);
        await topology.argoCD(infraName).untilSynced(['argocd', `infra-cluster-${infraName}`]);
        const { replaced, gone, came } = difference(before, await stateOf([topology.infra], ['configmaps', 'deployments', 'namespaces']));
        const wrong = [...replaced, ...gone, ...came];
        if (wrong.length > 0) throw new Error(`made again, gone or come: ${wrong.join(', ')}`);
        const found = await topology.installed(infraName, 'argocd', 'argocd-argo-cd');
        // What Git says, and no default of the chart where Git says null.
        if (found?.values.controller?.replicas !== 2) throw new Error(`it was installed with ${JSON.stringify(found?.values)}`);
      },
    },
    {
      says: 'The same command, applied again, changes nothing',
      prove: async ({ fleet, infra }) => {
        const said = await infra.kubectl(['apply', '-f', '-'], await fleet.mustFleet(...command));
        const changed = said.split('\n').filter((line) => line !== '' && !line.endsWith(' unchanged'));
        if (changed.length > 0) throw new Error(changed.join(', '));
      },
    },
  ],
};
