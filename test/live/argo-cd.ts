import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiServer } from './api-server';
import type { Cluster } from './cluster';
import type { KubernetesObject } from './kubernetes-api';
import { listens } from './lab';
import { freePort } from './processes';
import { until } from './until';

const namespace = 'argocd';
/** How often it looks at everything, in seconds: as often as a run that people wait for wants it. */
const resync = 10;

let databases = 0;

/** Where the parts of an Argo CD that runs find each other. */
const parts = new WeakMap<Cluster, readonly string[]>();

/** What Argo CD's own API server makes when it starts: everything is allowed. */
const defaultProject = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: { name: 'default', namespace },
  spec: { sourceRepos: ['*'], destinations: [{ namespace: '*', server: '*' }], clusterResourceWhitelist: [{ group: '*', kind: '*' }] },
};

/** Argo CD of one cluster: repo server, application controller and ApplicationSet controller. */
export class ArgoCD {
  constructor(readonly cluster: Cluster) {}

  private get names(): readonly string[] {
    return ['repo-server', 'application-controller', 'applicationset-controller'].map((part) => `argocd-${part}-${this.cluster.name}`);
  }

  /** Starts the processes, once the definitions are there. Whoever installs Argo CD brings these. */
  async start(): Promise<void> {
    const { cluster } = this;
    const { processes } = cluster.lab;
    await until(`${cluster.name} knows Argo CD's kinds`, 120, async () => {
      const names = new Set((await cluster.api.list('customresourcedefinitions')).filter(isEstablished).map(({ metadata }) => metadata.name));
      const missing = ['applications', 'applicationsets', 'appprojects'].filter((kind) => !names.has(`${kind}.argoproj.io`));
      return missing.length === 0 ? undefined : `no ${missing.join(', ')}`;
    });
    if (!(await cluster.api.get('appprojects', 'default', namespace))) await cluster.api.create('appprojects', namespace, defaultProject);
    const folder = join(cluster.folder, 'argocd');
    for (const name of ['tls', 'ssh', 'plugins', 'gpg', 'tmp']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'ssh/ssh_known_hosts'), '');
    const [repoServer, repoMetrics, controllerMetrics, setMetrics, setProbe, setWebhook] = await Promise.all(Array.from({ length: 6 }, freePort));
    databases += 1;
    const redis = [`--redis=127.0.0.1:${cluster.lab.redis}`, `--redisdb=${databases % 64}`];
    const env = {
      ...cluster.lab.worldEnvironment(folder),
      KUBECONFIG: cluster.kubeconfig,
      // The kubeconfig stands for the account that a pod has.
      ARGOCD_FAKE_IN_CLUSTER: 'true',
      ARGOCD_TLS_DATA_PATH: join(folder, 'tls'),
      ARGOCD_SSH_DATA_PATH: join(folder, 'ssh'),
      ARGOCD_GPG_ENABLED: 'false',
      ARGOCD_PLUGINSOCKFILEPATH: join(folder, 'plugins'),
      // Git asks it for passwords. Otherwise all repo servers of a machine answer at one place, each for the others.
      ARGOCD_ASK_PASS_SOCK: join(folder, 'ask-pass.sock'),
      ARGOCD_RECONCILIATION_TIMEOUT: `${resync}s`,
      ARGOCD_RECONCILIATION_JITTER: '0s',
      // It is one of one.
      HOSTNAME: `argocd-application-controller-0`,
    };
    const [repo, controller, sets] = this.names as [string, string, string];
    await processes.start(repo, {
      command: 'argocd-repo-server',
      args: [
        ...['--address=127.0.0.1', `--port=${repoServer}`, '--metrics-address=127.0.0.1', `--metrics-port=${repoMetrics}`],
        ...['--disable-tls', '--client-ca-path=', '--revision-cache-expiration=3s', ...redis],
      ],
      env,
      cwd: folder,
      ready: () => listens(Number(repoServer)),
    });
    parts.set(cluster, ['--repo-server-plaintext', `--repo-server=127.0.0.1:${repoServer}`, ...redis]);
    const common = [`--kubeconfig=${cluster.kubeconfig}`, `--namespace=${namespace}`, '--repo-server-plaintext'];
    await processes.start(controller, {
      command: 'argocd-application-controller',
      args: [
        ...[...common, `--repo-server=127.0.0.1:${repoServer}`, ...redis, `--metrics-port=${controllerMetrics}`],
        ...[`--app-resync=${resync}`, '--app-resync-jitter=0', '--status-processors=8', '--operation-processors=4', '--repo-error-grace-period-seconds=5'],
      ],
      env,
      cwd: folder,
      ready: () => listens(Number(controllerMetrics)),
    });
    await processes.start(sets, {
      command: 'argocd-applicationset-controller',
      args: [
        ...[...common, `--argocd-repo-server=127.0.0.1:${repoServer}`, `--metrics-addr=127.0.0.1:${setMetrics}`],
        ...[`--probe-addr=127.0.0.1:${setProbe}`, `--webhook-addr=127.0.0.1:${setWebhook}`],
      ],
      env,
      cwd: folder,
      ready: () => listens(Number(setProbe)),
    });
  }

  /** Starts Argo CD's own API server, which whoever asks from outside talks to. @param at a port. @default - one that is free */
  async serve(at?: number): Promise<ApiServer> {
    const { cluster } = this;
    const folder = join(cluster.folder, 'argocd');
    const [port, metrics] = await Promise.all([at ?? freePort(), freePort()]);
    const server = new ApiServer(cluster, namespace, port);
    await server.allowReader();
    await cluster.lab.processes.start(this.serverName, {
      command: 'argocd-server',
      args: [
        ...[`--kubeconfig=${cluster.kubeconfig}`, `--namespace=${namespace}`, '--address=127.0.0.1', `--port=${port}`],
        ...['--metrics-address=127.0.0.1', `--metrics-port=${metrics}`, '--staticassets=', ...(parts.get(cluster) ?? [])],
      ],
      env: { ...cluster.lab.worldEnvironment(folder), KUBECONFIG: cluster.kubeconfig, ARGOCD_FAKE_IN_CLUSTER: 'true', ARGOCD_GPG_ENABLED: 'false' },
      cwd: folder,
      patience: 120,
      ready: () => server.isReady(),
    });
    return server;
  }

  async stopServing(): Promise<void> {
    await this.cluster.lab.processes.stop(this.serverName);
  }

  private get serverName(): string {
    return `argocd-server-${this.cluster.name}`;
  }

  async stop(): Promise<void> {
    await this.stopServing();
    await Promise.all(this.names.map((name) => this.cluster.lab.processes.stop(name)));
  }

  async application(name: string): Promise<KubernetesObject | undefined> {
    return this.cluster.api.get('applications', name, namespace);
  }

  async applications(selector?: string): Promise<readonly KubernetesObject[]> {
    return this.cluster.api.list('applications', namespace, selector);
  }

  async applicationSet(name: string): Promise<KubernetesObject | undefined> {
    return this.cluster.api.get('applicationsets', name, namespace);
  }

  /** What an ApplicationSet complains of, in its words. */
  async complaints(name: string): Promise<readonly string[]> {
    const set = await this.applicationSet(name);
    if (!set) return [`there is no ApplicationSet ${name}`];
    const conditions: readonly Condition[] = set.status?.conditions ?? [];
    return conditions
      .filter(({ type, status }) => (type === 'ErrorOccurred' && status === 'True') || (type === 'ParametersGenerated' && status === 'False'))
      .map(({ type, message }) => `${name}: ${type}: ${message}`);
  }

  /** Exactly these Applications are there, and nothing is left to do for any. */
  async untilSynced(names: readonly string[], seconds = 180): Promise<void> {
    await until(`${names.join(', ')} of ${this.cluster.name} are all that there is, Synced and Healthy`, seconds, async () => {
      const all = await this.applications();
      const found = all.map(({ metadata }) => metadata.name).sort();
      if (found.join() !== [...names].sort().join()) return `${found.join(', ') || 'no Application'}${await this.said()}`;
      const behind = all.filter((application) => !isSynced(application));
      return behind.length === 0 ? undefined : behind.map(describeApplication).join('; ');
    });
  }

  async untilOneSynced(name: string, seconds = 180, also: (application: KubernetesObject) => boolean = () => true): Promise<void> {
    await until(`${name} of ${this.cluster.name} is Synced and Healthy`, seconds, async () => {
      const application = await this.application(name);
      if (!application) return `no such Application${await this.said()}`;
      return isSynced(application) && also(application) ? undefined : describeApplication(application);
    });
  }

  /** Asks it to look at an Application now. */
  async refresh(name: string): Promise<void> {
    await this.cluster.api.patch('applications', name, namespace, { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } });
  }

  private async said(): Promise<string> {
    const sets = await this.cluster.api.list('applicationsets', namespace);
    const complaints = await Promise.all(sets.map(({ metadata }) => this.complaints(metadata.name)));
    return complaints.flat().length === 0 ? '' : ` (${complaints.flat().join('; ')})`;
  }
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message: string;
}

function isEstablished({ status }: KubernetesObject): boolean {
  return (status?.conditions ?? []).some(({ type, status: value }: Condition) => type === 'Established' && value === 'True');
}

export function isSynced({ status }: KubernetesObject): boolean {
  return status?.sync?.status === 'Synced' && status?.health?.status === 'Healthy' && (status?.operationState?.phase ?? 'Succeeded') === 'Succeeded';
}

/** An Application's state in Argo CD's own words. */
export function describeApplication({ metadata, status }: KubernetesObject): string {
  const conditions: readonly Condition[] = status?.conditions ?? [];
  const operation = status?.operationState;
  const parts = [
    status?.sync?.status ?? 'not compared',
    status?.health?.status ?? 'no health',
    ...(operation && operation.phase !== 'Succeeded' ? [`${operation.phase}: ${operation.message ?? ''}`] : []),
    ...conditions.map(({ type, message }) => `${type}: ${message}`),
  ];
  return `${metadata.name} is ${parts.join(', ')}`;
}
