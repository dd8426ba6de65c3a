import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Programs } from './build';
import { Cluster } from './cluster';
import { freePort, Processes } from './processes';
import { World } from './world';

/** A folder and the programs that run in it: one topology's own, from nothing to nothing. */
export class Lab {
  readonly folder: string;
  readonly processes: Processes;
  readonly world: World;
  readonly clusters = new Map<string, Cluster>();
  etcd = '';
  redis = 0;

  constructor(
    readonly programs: Programs,
    name: string,
  ) {
    this.folder = mkdtempSync(join(tmpdir(), `fleet-live-${name}-`));
    this.processes = new Processes(join(this.folder, 'logs'));
    this.world = new World(join(this.folder, 'world'));
  }

  async start(withExternalSecrets: boolean): Promise<void> {
    const [client, peer, redis] = [await freePort(), await freePort(), await freePort()];
    const env = { PATH: this.programs.path };
    this.etcd = `http://127.0.0.1:${client}`;
    this.redis = redis;
    const peers = `http://127.0.0.1:${peer}`;
    await this.processes.start('etcd', {
      command: 'etcd',
      args: [
        ...['--data-dir', join(this.folder, 'etcd'), '--listen-client-urls', this.etcd, '--advertise-client-urls', this.etcd],
        ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`],
        ...['--quota-backend-bytes', '4294967296', '--unsafe-no-fsync'],
      ],
      env,
      ready: () => listens(client),
    });
    const data = join(this.folder, 'redis');
    mkdirSync(data);
    await this.processes.start('redis', {
      command: 'redis-server',
      args: ['--bind', '127.0.0.1', '--port', String(redis), '--save', '', '--appendonly', 'no', '--databases', '64', '--dir', data],
      env,
      ready: () => listens(redis),
    });
    await this.world.start(this.processes, this.programs, withExternalSecrets);
  }

  async cluster(name: string): Promise<Cluster> {
    const cluster = this.clusters.get(name) ?? new Cluster(this, name);
    this.clusters.set(name, cluster);
    await cluster.start();
    return cluster;
  }

  /** For programs that reach out: they find the world of this lab, and keep what they write in a folder. */
  worldEnvironment(home: string): NodeJS.ProcessEnv {
    const temporary = join(home, 'tmp');
    mkdirSync(temporary, { recursive: true });
    const helm = { HELM_CACHE_HOME: join(home, 'helm/cache'), HELM_CONFIG_HOME: join(home, 'helm/config'), HELM_DATA_HOME: join(home, 'helm/data') };
    return { PATH: this.programs.path, HOME: home, TMPDIR: temporary, ...helm, ...this.world.environment() };
  }

  async stop(keep: boolean): Promise<void> {
    for (const cluster of this.clusters.values()) cluster.close();
    await this.processes.stopAll();
    if (!keep) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Whether somebody listens on a port of 127.0.0.1. */
export function listens(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error) => resolve(error.message));
  });
}
