import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArgoCD } from '../../argo-cd';
import type { Cluster } from '../../cluster';
import { ExternalSecrets } from '../../external-secrets';
import type { Resource } from '../../kubernetes-api';
import type { Lab } from '../../lab';
import { Repository } from '../../repository';
import { output } from '../../run';
import { type Difference, difference, type State, stateOf } from '../../state';
import { until } from '../../until';
import { differences } from './compare';

const root = join(__dirname, '../../../..');
export const example = 'examples/hub-spoke';
export const exampleFolder = join(root, example);
const config = ['--config', `${example}/config`];

export const hubName = 'hub-1';
/** Centralized in the example, unless a comment says otherwise. */
export const spokes = {
  dev: 'tenant1-dev-workload1',
  /** Manages addons and resources. */
  managing: 'tenant1-dev-workload2',
  prod: 'tenant1-prod-workload1',
  /** Manages addons. */
  addons: 'tenant2-dev-workload1',
  /** Manages addons and resources. */
  leaving: 'tenant2-prod-workload1',
  leavingToo: 'tenant2-prod-workload2',
} as const;

/** A cluster, as `fleet clusters --json` tells of it. */
export interface Member {
  readonly name: string;
  readonly kind: 'hub' | 'spoke';
  readonly hub?: string;
  readonly model?: 'centralized' | 'distributed';
  readonly secret: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly components: readonly {
    readonly name: string;
    readonly group: string;
    readonly release: string;
    readonly version: string;
    readonly deployedBy: string;
    readonly uninstall?: true;
  }[];
}

/** What Argo CD and External Secrets were told; and with it, what they deployed. */
const everything: readonly Resource[] = ['applications', 'applicationsets', 'externalsecrets'];
const workloads: readonly Resource[] = ['configmaps', 'customresourcedefinitions', 'deployments', 'namespaces', 'resourcequotas', 'services'];

/** A hub and six spokes. */
export class Second {
  readonly fleet: Repository;
  /** What was noted on the way, for a later claim to look back at. */
  readonly noted = new Map<string, State>();
  private asked: { readonly commit: string; readonly members: readonly Member[] } | undefined;

  constructor(readonly lab: Lab) {
    this.fleet = new Repository(lab, 'company/fleet');
  }

  cluster(name: string): Cluster {
    const cluster = this.lab.clusters.get(name);
    if (!cluster) throw new Error(`there is no cluster ${name}: take the step 'up'`);
    return cluster;
  }

  get hub(): Cluster {
    return this.cluster(hubName);
  }

  get clusters(): readonly Cluster[] {
    return [...this.lab.clusters.values()];
  }

  argoCD(name: string): ArgoCD {
    return new ArgoCD(this.cluster(name));
  }

  /** `fleet`, with the configuration of the example. */
  run(...args: string[]): Promise<string> {
    return this.fleet.mustFleet(...args, ...config);
  }

  /** What the documents call "`npx fleet synth`, commit both, merge". */
  async merge(message: string): Promise<void> {
    await this.run('synth');
    await this.fleet.commit(message);
  }

  /** What the fleet says of its clusters, at what is merged. */
  async members(): Promise<readonly Member[]> {
    const commit = await this.head();
    if (this.asked?.commit !== commit) this.asked = { commit, members: JSON.parse(await this.run('clusters', '--json')).clusters };
    return this.asked.members;
  }

  async head(): Promise<string> {
    return (await this.fleet.git('rev-parse', 'HEAD')).trim();
  }

  /** Text of a file that was rendered at a commit. */
  rendered(file: string, commit = 'HEAD'): Promise<string> {
    return this.fleet.git('show', `${commit}:${example}/dist/${file}`);
  }

  /** Each cluster has exactly what `fleet clusters --json` says, from exactly the Argo CD that it names. */
  async untilSettled(seconds = 420): Promise<void> {
    await until('each cluster has what `fleet clusters --json` says, from the Argo CD that it names', seconds, async () => {
      const found = await differences(this);
      return found.length === 0 ? undefined : `${found.slice(0, 12).join('; ')}${found.length > 12 ? `; and ${found.length - 12} more` : ''}`;
    });
  }

  state(clusters = this.clusters): Promise<State> {
    return stateOf(clusters, [...everything, ...workloads]);
  }

  workloads(clusters = this.clusters): Promise<State> {
    return stateOf(clusters, workloads);
  }

  note(name: string, state: State): void {
    this.noted.set(name, state);
  }

  recall(name: string): State {
    const state = this.noted.get(name);
    if (!state) throw new Error(`nothing was noted as '${name}'`);
    return state;
  }

  async since(name: string): Promise<Difference> {
    return difference(this.recall(name), await this.state());
  }

  /** Argo CD and External Secrets of a cluster run, as soon as somebody has installed them there. */
  async startOwn(name: string): Promise<void> {
    const cluster = this.cluster(name);
    const charts = ['argo-cd-argo-cd', 'external-secrets-external-secrets'];
    await until(`Argo CD and External Secrets are deployed to ${name}`, 300, async () => {
      const missing: string[] = [];
      for (const chart of charts) if (!(await cluster.api.get('deployments', chart, 'argocd'))) missing.push(chart);
      return missing.length === 0 ? undefined : `no ${missing.join(', ')}; ${await this.saidOf(name)}`;
    });
    await new ArgoCD(cluster).start();
    await new ExternalSecrets(cluster).start();
  }

  async stopOwn(name: string): Promise<void> {
    const cluster = this.cluster(name);
    await Promise.all([new ArgoCD(cluster).stop(), new ExternalSecrets(cluster).stop()]);
  }

  private async saidOf(name: string): Promise<string> {
    return (await differences(this)).filter((text) => text.startsWith(`${name}/`) || text.startsWith(`${hubName} `)).join('; ');
  }

  /** A program that the documents call, with a cluster as the one that is meant, in a folder. */
  program(cluster: Cluster, command: string, args: readonly string[], cwd: string): Promise<string> {
    return output(command, args, { cwd, env: { ...this.lab.worldEnvironment(cluster.folder), KUBECONFIG: cluster.kubeconfig } });
  }

  /** The secret manager gets what docs/hub-spoke/operating.md says of a spoke's secret, or of a hub's. */
  giveSecret(name: string): void {
    const { server, token, caData } = this.cluster(name);
    const config = { bearerToken: token, tlsClientConfig: { insecure: false, caData } };
    const annotations = { 'company.example/subnets': `subnet-of-${name}` };
    this.give(`fleet/${name}`, name === hubName ? { annotations } : { server, config, annotations });
  }

  give(secret: string, content: unknown): void {
    writeFileSync(this.lab.world.secretFile(secret), JSON.stringify(content));
  }

  takeSecret(secret: string): void {
    rmSync(this.lab.world.secretFile(secret));
  }

  /** External Secrets asks the secret manager now, not at its next interval. */
  async ask(name: string, { api } = this.hub): Promise<void> {
    await api.patch('externalsecrets', name, 'argocd', { metadata: { annotations: { 'force-sync': String(Date.now()) } } });
  }

  /** Whether External Secrets could make the secret, and its words. */
  async readiness(cluster: Cluster, name: string): Promise<{ readonly isReady: boolean; readonly message: string }> {
    const found = await cluster.api.get('externalsecrets', name, 'argocd');
    const [condition] = found?.status?.conditions ?? [];
    return { isReady: condition?.type === 'Ready' && condition.status === 'True', message: condition?.message ?? (found ? 'nothing yet' : 'it is not there') };
  }

  /** A document of the hubs, as it is written. */
  document(name: string): string {
    return readFileSync(join(root, 'docs', name), 'utf8');
  }
}
