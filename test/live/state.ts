import { isDeepStrictEqual } from 'node:util';
import type { Cluster } from './cluster';
import type { KubernetesObject, Resource } from './kubernetes-api';

/** What is on clusters, each object by cluster, kind, namespace and name. */
export type State = ReadonlyMap<string, { readonly uid: string; readonly content: unknown }>;

const looked: readonly Resource[] = ['applications', 'applicationsets', 'configmaps', 'deployments', 'namespaces', 'resourcequotas', 'services'];

/** What Kubernetes and Argo CD keep for themselves. */
const own = /^(kube-|default$|extension-apiserver-authentication$|kubernetes$|.*cluster-identity$|argocd-(?:cm|rbac-cm|secret)$)/;

export async function stateOf(clusters: readonly Cluster[], resources: readonly Resource[] = looked): Promise<State> {
  const state = new Map<string, { uid: string; content: unknown }>();
  for (const cluster of clusters) {
    for (const resource of resources) {
      for (const object of await cluster.api.list(resource)) {
        const { name, namespace, uid } = object.metadata;
        if (own.test(name)) continue;
        state.set(`${cluster.name}: ${resource} ${namespace ? `${namespace}/` : ''}${name}`, { uid: uid ?? '', content: contentOf(resource, object) });
      }
    }
  }
  return state;
}

function contentOf(resource: Resource, { metadata, spec, data }: KubernetesObject): unknown {
  if (resource === 'namespaces') return undefined;
  if (!resource.startsWith('application')) return { spec, data, labels: metadata.labels };
  return { spec, labels: metadata.labels, finalizers: metadata.finalizers };
}

export interface Difference {
  readonly came: readonly string[];
  readonly gone: readonly string[];
  /** Deleted, and made again under the same name. */
  readonly replaced: readonly string[];
  readonly changed: readonly string[];
}

export function difference(before: State, after: State): Difference {
  const kept = [...before.keys()].filter((key) => after.has(key));
  const isSame = (key: string) => before.get(key)?.uid === after.get(key)?.uid;
  return {
    came: [...after.keys()].filter((key) => !before.has(key)),
    gone: [...before.keys()].filter((key) => !after.has(key)),
    replaced: kept.filter((key) => !isSame(key)),
    changed: kept.filter((key) => isSame(key) && !isDeepStrictEqual(before.get(key)?.content, after.get(key)?.content)),
  };
}

/** Nothing differs but what is named. */
export function wrongDifference(found: Difference, expected: Partial<Difference>): string | undefined {
  const wrong = (['came', 'gone', 'replaced', 'changed'] as const).flatMap((what) => {
    const [is, should] = [[...found[what]].sort(), [...(expected[what] ?? [])].sort()];
    const [more, less] = [is.filter((key) => !should.includes(key)), should.filter((key) => !is.includes(key))];
    return [...more.map((key) => `${what}: ${key}`), ...less.map((key) => `not ${what}: ${key}`)];
  });
  return wrong.length === 0 ? undefined : wrong.join('; ');
}

export function assertDifference(found: Difference, expected: Partial<Difference> = {}): void {
  const wrong = wrongDifference(found, expected);
  if (wrong) throw new Error(`more or less changed than should have: ${wrong}`);
}
