import { example, type Second, spokes } from '../second';

/** A component that brings a kind, and one that has an object of it. Both go to the clusters of one node: the hub deploys to one, the other to itself. */
export const [kinds, things] = ['kinds', 'things'] as const;
export const clusters = [spokes.dev, spokes.managing] as const;
export const node = 'tenant1/dev';
const group = 'live.company.example';

export const file = (component: string) => `${example}/config/resources/${component}.ts`;

export function component(name: string, more = '', enabled = true): string {
  return `import type { ComponentConfig } from 'cdk8s-fleet';

export default {
  path: 'live/${name}',
  alsoReads: [],
  namespace: '${things}',
  ${more}
  overrides: { '${node}': { enabled: ${enabled} } },
} satisfies ComponentConfig;
`;
}

export const settings = (name: string) => JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: {} });

export const thing = JSON.stringify({ apiVersion: `${group}/v1`, kind: 'Thing', metadata: { name: 'thing' }, spec: {} });

export const definition = JSON.stringify({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `things.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { kind: 'Thing', plural: 'things', singular: 'thing', listKind: 'ThingList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } } },
      },
    ],
  },
});

/** The uid of the object of the new kind. @default - it is not there */
export async function thingOn(topology: Second, cluster: string): Promise<string | undefined> {
  const asked = ['get', `things.${group}`, '-n', things, '-o', 'jsonpath={.items[*].metadata.uid}'];
  const { status, stdout } = await topology.cluster(cluster).command('kubectl', asked);
  return status === 0 && stdout !== '' ? stdout : undefined;
}

/** The same as a text, for all clusters. */
export async function thingsOn(topology: Second): Promise<string> {
  const found: string[] = [];
  for (const cluster of clusters) found.push(`${cluster} has ${(await thingOn(topology, cluster)) ?? 'none'}`);
  return found.join(', ');
}

/** Who deploys to each of the clusters. */
export async function applicationsOf(topology: Second, name: string) {
  const all = await Promise.all(topology.clusters.map((cluster) => cluster.api.list('applications', 'argocd', `fleet/component=${name}`)));
  return all.flat();
}
