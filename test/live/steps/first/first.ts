import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ArgoCD } from '../../argo-cd';
import type { Cluster } from '../../cluster';
import type { KubernetesObject } from '../../kubernetes-api';
import type { Lab } from '../../lab';
import { Repository } from '../../repository';
import { type State, stateOf } from '../../state';
import { until } from '../../until';

export const examples = join(__dirname, '../../../example');

/** The region that lives, of the nine that the example renders. */
export const target = 'production/prod-sector-1/us-east1';
export const infraName = 'infra-us-east1';
export const managementNames = ['mgmt-001', 'mgmt-002'] as const;
export const managementApps = ['cert-manager', 'fleet-info', 'hypershift', 'prometheus'];
export const roots = ['infra-cluster-root', 'management-cluster-root'];

/** Of a cluster's registration in the region's Argo CD. */
export const secretName = (cluster: string) => `cluster-${cluster}`;

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

  /** The annotations of a management cluster: its own values for those that its apps use. */
  annotationsOf(name: string): Readonly<Record<string, string>> {
    return { 'gcp-hcp/project-id': `project-of-${name}`, 'gcp-hcp/vpc-id': `vpc-of-${name}` };
  }

  /** The cluster secret with which the region's Argo CD reaches a management cluster: as `fleet bootstrap` prints it, and filled in. */
  async registration(name: string): Promise<KubernetesObject> {
    const { server, token, caData } = this.cluster(name);
    const annotations = Object.entries(this.annotationsOf(name)).flatMap(([key, value]) => ['--annotation', `${key}=${value}`]);
    const secret = parse(await this.fleet.mustFleet('bootstrap', target, '--cluster', name, '--server', server, ...annotations));
    const config = JSON.parse(secret.stringData.config);
    config.bearerToken = token;
    config.tlsClientConfig.caData = caData;
    secret.stringData.config = JSON.stringify(config);
    const text = stringify(secret, { lineWidth: 0 });
    if (text.includes('FILL-IN')) throw new Error(`it is not filled in:\n${text}`);
    return secret;
  }

  async register(name: string): Promise<void> {
    await this.infra.kubectl(['apply', '-f', '-'], stringify(await this.registration(name), { lineWidth: 0 }));
  }

  annotate(name: string, annotations: Readonly<Record<string, string | null>>): Promise<void> {
    return this.infra.api.patch('secrets', secretName(name), 'argocd', { metadata: { annotations } });
  }

  label(name: string, labels: Readonly<Record<string, string | null>>): Promise<void> {
    return this.infra.api.patch('secrets', secretName(name), 'argocd', { metadata: { labels } });
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

  /** The Applications of the roots have seen a commit. */
  async untilSeen(commit: string, seconds = 90): Promise<void> {
    const argoCD = this.argoCD(infraName);
    await until(`Argo CD has compared with ${commit.slice(0, 8)}`, seconds, async () => {
      const made = new Set([`infra-cluster-${infraName}`, ...managementNames.map((name) => this.rootApplication(name))]);
      const behind = (await argoCD.applications()).filter(({ metadata, status }) => made.has(metadata.name) && status?.sync?.revision !== commit);
      return behind.length === 0 ? undefined : behind.map(({ metadata, status }) => `${metadata.name} has ${status?.sync?.revision?.slice(0, 8)}`).join(', ');
    });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a chart takes what it takes
export type Values = any;
