import type { Cluster } from './cluster';
import { freePort } from './processes';
import { until } from './until';

/** External Secrets of one cluster: its operator, without webhook. */
export class ExternalSecrets {
  constructor(readonly cluster: Cluster) {}

  private get name(): string {
    return `external-secrets-${this.cluster.name}`;
  }

  async start(): Promise<void> {
    const { cluster } = this;
    await until(`${cluster.name} knows External Secrets' kinds`, 120, async () => {
      const names = new Set((await cluster.api.list('customresourcedefinitions')).map(({ metadata }) => metadata.name));
      const missing = ['externalsecrets', 'secretstores', 'clustersecretstores'].filter((kind) => !names.has(`${kind}.external-secrets.io`));
      return missing.length === 0 ? undefined : `no ${missing.join(', ')}`;
    });
    const metrics = await freePort();
    await cluster.lab.processes.start(this.name, {
      command: 'external-secrets',
      args: [
        ...[`--metrics-addr=127.0.0.1:${metrics}`, '--enable-leader-election=false'],
        ...['--enable-cluster-external-secret-reconciler=false', '--enable-push-secret-reconciler=false'],
        ...['--enable-cluster-push-secret-reconciler=false', '--loglevel=info'],
      ],
      env: { ...cluster.lab.worldEnvironment(cluster.folder), KUBECONFIG: cluster.kubeconfig },
      cwd: cluster.folder,
    });
  }

  async stop(): Promise<void> {
    await this.cluster.lab.processes.stop(this.name);
  }
}
