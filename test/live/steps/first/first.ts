import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { ArgoCD } from '../../argo-cd';
import type { Cluster } from '../../cluster';
import type { KubernetesObject } from '../../kubernetes-api';
import type { Lab } from '../../lab';
import { Repository } from '../../repository';
import { type State, stateOf } from '../../state';
import { until } from '../../until';

const documents = join(__dirname, '../../../../docs');
export const examples = join(__dirname, '../../../example');

/** The region that lives, of the nine that the example renders. */
export const target = 'production/prod-sector-1/us-east1';
export const infraName = 'infra-us-east1';
export const managementNames = ['mgmt-001', 'mgmt-002'] as const;
export const managementApps = ['cert-manager', 'fleet-info', 'hypershift', 'prometheus'];
export const roots = ['infra-cluster-root', 'management-cluster-root'];

export interface Metadata {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** One region: an infra cluster and two management clusters, each with an Argo CD of its own. */
export class First {
  readonly fleet: Repository;
  readonly hypershift: Repository;
  readonly observability: Repository;
  /** What was noted on the way, for a later claim to look back at. */
  readonly noted = new Map<string, State>();

  constructor(readonly lab: Lab) {
    this.fleet = new Repository(lab, 'company/gcp-hcp-apps');
    this.hypershift = new Repository(lab, 'company/hypershift-config');
    this.observability = new Repository(lab, 'company/observability');
  }

  cluster(name: string): Cluster {
    const cluster = this.lab.clusters.get(name);
    if (!cluster) throw new Error(`there is no cluster ${name}: take the step 'up'`);
    return cluster;
  }

  get infra(): Cluster {
    return this.cluster(infraName);
  }

  get managements(): readonly Cluster[] {
    return managementNames.map((name) => this.cluster(name));
  }

  get clusters(): readonly Cluster[] {
    return [this.infra, ...this.managements];
  }

  argoCD(name: string): ArgoCD {
    return new ArgoCD(this.cluster(name));
  }

  /** Everything that the region holds. */
  state(): Promise<State> {
    return stateOf(this.clusters);
  }

  async note(name: string): Promise<void> {
    this.noted.set(name, await this.state());
  }

  recall(name: string): State {
    const state = this.noted.get(name);
    if (!state) throw new Error(`nothing was noted as '${name}'`);
    return state;
  }

  /** What the docs say of a management cluster's secret, of this region. */
  documentedMetadata(name: string): Metadata {
    const text = readFileSync(join(documents, 'bootstrap.md'), 'utf8');
    const shown = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)]
      .flatMap(([, block]) => parseAllDocuments(block ?? '').map((document) => document.toJS()))
      .find((object) => object?.kind === 'Secret' && object.metadata?.labels?.['gcp-hcp/cluster-type'] === 'management-cluster');
    if (!shown) throw new Error('docs/bootstrap.md shows no cluster secret of a management cluster');
    const [environment, sector, region] = target.split('/') as [string, string, string];
    return {
      labels: { ...shown.metadata.labels, 'gcp-hcp/environment': environment, 'gcp-hcp/sector': sector, 'gcp-hcp/region': region },
      annotations: Object.fromEntries(Object.keys(shown.metadata.annotations).map((key) => [key, `${key.split('/').at(-1)}-of-${name}`])),
    };
  }

  /** The cluster secret with which the region's Argo CD reaches a management cluster. */
  secretOf(name: string, { labels, annotations }: Metadata): KubernetesObject {
    const { server, token, caData } = this.cluster(name);
    return {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: 'argocd', labels, ...(annotations ? { annotations } : {}) },
      stringData: { name, server, config: JSON.stringify({ bearerToken: token, tlsClientConfig: { insecure: false, caData } }) },
    };
  }

  async register(name: string, metadata = this.documentedMetadata(name)): Promise<void> {
    await this.infra.kubectl(['apply', '-f', '-'], stringify(this.secretOf(name, metadata), { lineWidth: 0 }));
  }

  annotate(name: string, annotations: Readonly<Record<string, string | null>>): Promise<void> {
    return this.infra.api.patch('secrets', name, 'argocd', { metadata: { annotations } });
  }

  label(name: string, labels: Readonly<Record<string, string | null>>): Promise<void> {
    return this.infra.api.patch('secrets', name, 'argocd', { metadata: { labels } });
  }

  /** The root's Application of a management cluster. */
  rootApplication(name: string): string {
    return `management-cluster-${name}`;
  }

  /** All of the region is as Git has it. */
  async untilSynced(apps: readonly string[] = managementApps): Promise<void> {
    await this.argoCD(infraName).untilSynced(['argocd', `infra-cluster-${infraName}`, ...managementNames.map((name) => this.rootApplication(name))]);
    for (const name of managementNames) await this.argoCD(name).untilSynced(apps);
  }

  /** The chart and version that a stand-in was installed from, and the values that it was given. */
  async installed(cluster: string, namespace: string, name: string): Promise<{ readonly chart: string; readonly values: Values } | undefined> {
    const found = await this.cluster(cluster).api.get('configmaps', name, namespace);
    return found ? { chart: found.data.chart, values: JSON.parse(found.data.values) } : undefined;
  }

  async untilChart(cluster: string, namespace: string, name: string, chart: string): Promise<void> {
    await until(`${namespace}/${name} on ${cluster} comes from ${chart}`, 120, async () => {
      const found = await this.installed(cluster, namespace, name);
      return found?.chart === chart ? undefined : (found?.chart ?? 'nothing is installed');
    });
  }

  /** A root's Application has seen a commit. */
  async untilSeen(commit: string, seconds = 90): Promise<void> {
    const argoCD = this.argoCD(infraName);
    await until(`Argo CD has compared with ${commit.slice(0, 8)}`, seconds, async () => {
      const behind = (await argoCD.applications()).filter(
        ({ spec, status }) => spec.source?.repoURL?.endsWith(this.fleet.name) && status?.sync?.revision !== commit,
      );
      return behind.length === 0 ? undefined : behind.map(({ metadata, status }) => `${metadata.name} has ${status?.sync?.revision?.slice(0, 8)}`).join(', ');
    });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a chart takes what it takes
export type Values = any;
