import { isDeepStrictEqual } from 'node:util';
import type { Step } from '../../claims';
import type { Resource } from '../../kubernetes-api';
import { assertDifference, difference, stateOf } from '../../state';
import { type First, infraName, roots, target } from './first';

const installed: readonly Resource[] = ['configmaps', 'deployments', 'namespaces', 'customresourcedefinitions'];

const command = ['bootstrap', target, '--name', infraName];

export const bootstrap: Step<First> = {
  name: 'bootstrap',
  title: 'a region starts with one `kubectl apply`',
  claims: [
    {
      says: 'What `fleet bootstrap` prints is applied as it is',
      prove: async ({ fleet, infra, noted }) => {
        noted.set('what Helm installed', await stateOf([infra], installed));
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
        await topology.argoCD(infraName).untilSynced(['argocd', `infra-cluster-${infraName}`]);
        const { replaced, gone, came } = difference(topology.recall('what Helm installed'), await stateOf([topology.infra], installed));
        const wrong = [...replaced, ...gone, ...came];
        if (wrong.length > 0) throw new Error(`made again, gone or come: ${wrong.join(', ')}`);
        const found = await topology.installed(infraName, 'argocd', 'argocd-argo-cd');
        // What Git says, and no default of the chart where Git says null.
        if (found?.values.controller?.replicas !== 2) throw new Error(`it was installed with ${JSON.stringify(found?.values)}`);
      },
    },
    {
      says: 'The same command, applied again, changes nothing',
      prove: async (topology) => {
        const { fleet, infra } = topology;
        const seen = async () => [await topology.state(), (await infra.api.get('secrets', `cluster-${infraName}`, 'argocd'))?.data] as const;
        const [before, secretBefore] = await seen();
        await infra.kubectl(['apply', '-f', '-'], await fleet.mustFleet(...command));
        await topology.argoCD(infraName).untilSynced(['argocd', `infra-cluster-${infraName}`]);
        const [after, secretAfter] = await seen();
        assertDifference(difference(before, after));
        if (!isDeepStrictEqual(secretBefore, secretAfter)) throw new Error('the cluster secret has other data');
      },
    },
  ],
};
