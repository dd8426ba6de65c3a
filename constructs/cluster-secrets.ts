import type { Manifest, OutputFile } from '../layers/output';
import { isMap } from '../layers/plain-data';
import type { Problem } from '../layers/problem';
import { checkMetadata } from './argocd/metadata';
import { syncWave } from './resolve/sync-order';

/** Labels or annotations by their keys. */
export interface Texts {
  readonly [key: string]: string;
}

/** Argo CD's name for the cluster that it runs in. */
export const localServer = 'https://kubernetes.default.svc';

/** What a cluster secret says. */
export interface ClusterSecretProps {
  readonly name: string;
  readonly namespace: string;
  readonly server: string;
  /** How Argo CD proves who it is, as JSON. */
  readonly config: string;
  readonly labels: Texts;
  readonly annotations: Texts;
}

/** A cluster secret as Argo CD reads it: argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters. */
export function clusterSecret({ name, namespace, server, config, labels, annotations }: ClusterSecretProps): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `cluster-${normalized(name)}`,
      namespace,
      labels: { ...labels, 'argocd.argoproj.io/secret-type': 'cluster' },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    type: 'Opaque',
    stringData: { name, server, config },
  };
}

/** Argo CD reaches the cluster that it runs in with its own service account. */
export const localConfig = '{"tlsClientConfig":{"insecure":false}}';

/** As Argo CD's cluster generator makes `nameNormalized`: a DNS subdomain. */
export function normalized(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '');
}

/** What Kubernetes would refuse in the secret, before anybody applies it. @param flag by which it was named */
export function wrongOptions(name: string, annotations: Texts, labels: Texts, flag = '--name'): readonly Problem[] {
  const metadata = { name: 'cluster', labels, annotations };
  const remarks = checkMetadata({ apiVersion: 'v1', kind: 'Secret', metadata });
  return [
    ...(normalized(name) === ''
      ? [{ code: 'bootstrap' as const, message: `'${name}' cannot be the name of a cluster`, expected: `${flag} with letters or digits` }]
      : []),
    ...remarks.map(({ path: _, ...remark }) => ({ ...remark, code: 'bootstrap' as const })),
  ];
}

/** A part of a manifest, of any kind. */
export type Loose = { readonly [key: string]: unknown };

/** The sources of the template of an ApplicationSet. */
export function sourcesOf({ spec }: Manifest): readonly Loose[] {
  const { source, sources } = (((spec as Loose).template as Loose | undefined)?.spec ?? {}) as Loose;
  return [source, ...(Array.isArray(sources) ? sources : [])].filter(isMap);
}

/** The labels by which an ApplicationSet finds its clusters. */
export function selectedLabels({ spec }: Manifest): Texts | undefined {
  const { generators } = spec as Loose;
  const [first] = (Array.isArray(generators) ? generators : []).filter(isMap);
  const selector = (first?.clusters as Loose | undefined)?.selector as Loose | undefined;
  return isMap(selector?.matchLabels) ? (selector.matchLabels as Texts) : undefined;
}

/** Whether an ApplicationSet deploys what is rendered of a cluster type at a path. */
export function deploysFolder(applicationSet: Manifest, clusterType: string, path: string): boolean {
  return sourcesOf(applicationSet).some((source) => typeof source.path === 'string' && `/${source.path}`.endsWith(`/${clusterType}/${path}`));
}

/** The name of a target, where it stands behind that of its cluster type. */
export function pathIn(clusterType: string, wanted: string): string {
  return wanted.startsWith(`${clusterType}/`) ? wanted.slice(clusterType.length + 1) : wanted;
}

/** What an Argo CD has to know that applies apps in an order: sync phases and waves of argo-cd, and its health.md. */
export function orderOf(files: readonly OutputFile[], root: string): readonly string[] {
  const isLater = (file: OutputFile) => {
    const annotations = file.kind === 'template' && file.document.metadata.annotations;
    return isMap(annotations) && Number(annotations[syncWave]) > 0;
  };
  if (!files.some(isLater)) return [];
  return [
    `apps come after others there (\`after\`): the Argo CD that runs ${root} waits for these with the health of Applications in its argocd-cm, docs/bootstrap.md has the text`,
  ];
}
