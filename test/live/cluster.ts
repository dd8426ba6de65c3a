import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { KubernetesApi } from './kubernetes-api';
import type { Lab } from './lab';
import { freePort } from './processes';
import { type Ran, run } from './run';

/** One API server with a part of etcd for itself, and the controllers that a workload without nodes needs. */
export class Cluster {
  readonly folder: string;
  readonly kubeconfig: string;
  readonly token = randomBytes(16).toString('hex');
  private connected: { readonly port: number; readonly ca: string; readonly api: KubernetesApi } | undefined;

  constructor(
    readonly lab: Lab,
    readonly name: string,
  ) {
    this.folder = join(lab.folder, 'clusters', name);
    this.kubeconfig = join(this.folder, 'kubeconfig');
  }

  get api(): KubernetesApi {
    return this.connection.api;
  }

  /** As others reach it. */
  get server(): string {
    return `https://127.0.0.1:${this.connection.port}`;
  }

  /** Of its certificate, as cluster secrets and kubeconfigs carry it. */
  get caData(): string {
    return Buffer.from(this.connection.ca).toString('base64');
  }

  private get connection() {
    if (!this.connected) throw new Error(`${this.name} does not run`);
    return this.connected;
  }

  async start(): Promise<void> {
    const { processes, programs } = this.lab;
    mkdirSync(this.folder, { recursive: true });
    const [port, controllers] = [await freePort(), await freePort()];
    const file = (name: string) => join(this.folder, name);
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeFileSync(file('accounts.key'), privateKey, { mode: 0o600 });
    writeFileSync(file('accounts.pub'), publicKey);
    writeFileSync(file('tokens.csv'), `${this.token},admin,admin,system:masters\n`, { mode: 0o600 });
    const env = { PATH: programs.path, HOME: this.folder, TMPDIR: this.folder };
    await processes.start(`kube-apiserver-${this.name}`, {
      command: 'kube-apiserver',
      args: [
        `--etcd-servers=${this.lab.etcd}`,
        `--etcd-prefix=/${this.name}`,
        `--secure-port=${port}`,
        '--bind-address=127.0.0.1',
        '--advertise-address=127.0.0.1',
        `--cert-dir=${file('certificates')}`,
        '--service-account-issuer=https://kubernetes.default.svc',
        `--service-account-key-file=${file('accounts.pub')}`,
        `--service-account-signing-key-file=${file('accounts.key')}`,
        `--token-auth-file=${file('tokens.csv')}`,
        '--authorization-mode=RBAC',
        '--service-cluster-ip-range=10.0.0.0/24',
        // No controller makes the account of a new namespace at once.
        '--disable-admission-plugins=ServiceAccount',
        // 127.0.0.1 is no address that an Endpoints object may have.
        '--endpoint-reconciler-type=none',
        '--enable-priority-and-fairness=false',
        '--profiling=false',
      ],
      env,
      cwd: this.folder,
      patience: 180,
      ready: async () => {
        const certificate = file('certificates/apiserver.crt');
        if (!existsSync(certificate)) return 'it has no certificate yet';
        const ca = readFileSync(certificate, 'utf8');
        this.connected?.api.close();
        this.connected = { port, ca, api: new KubernetesApi({ port, token: this.token, ca }) };
        return this.api.isReady();
      },
    });
    writeFileSync(this.kubeconfig, this.kubeconfigText(), { mode: 0o600 });
    await processes.start(`kube-controller-manager-${this.name}`, {
      command: 'kube-controller-manager',
      args: [
        `--kubeconfig=${this.kubeconfig}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${controllers}`,
        `--cert-dir=${file('controllers')}`,
        '--leader-elect=false',
        '--use-service-account-credentials=false',
        '--controllers=garbage-collector-controller,namespace-controller,serviceaccount-controller,deployment-controller,replicaset-controller',
      ],
      env,
      cwd: this.folder,
    });
  }

  /** The API server is lost, with all that it knew. */
  async lose(): Promise<void> {
    const { processes } = this.lab;
    await Promise.all([processes.stop(`kube-apiserver-${this.name}`), processes.stop(`kube-controller-manager-${this.name}`)]);
    this.connected?.api.close();
    const encoded = (key: string) => Buffer.from(key).toString('base64');
    // All keys that begin with it: up to the first that does not ('0' follows '/').
    const body = JSON.stringify({ key: encoded(`/${this.name}/`), range_end: encoded(`/${this.name}0`) });
    const { ok, status } = await fetch(`${this.lab.etcd}/v3/kv/deleterange`, { method: 'POST', body });
    if (!ok) throw new Error(`etcd answers ${status}`);
  }

  close(): void {
    this.connected?.api.close();
  }

  /** A command as a document says it, with this cluster as the one that is meant. */
  command(program: string, args: readonly string[], input?: string): Promise<Ran> {
    return run(program, args, { input, cwd: this.folder, env: { ...this.lab.worldEnvironment(this.folder), KUBECONFIG: this.kubeconfig } });
  }

  async kubectl(args: readonly string[], input?: string): Promise<string> {
    const { status, stdout, stderr } = await this.command('kubectl', args, input);
    if (status !== 0) throw new Error(`on ${this.name}, kubectl ${args.join(' ')}: ${stderr.trim()}`);
    return stdout;
  }

  private kubeconfigText(): string {
    return stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: this.name, cluster: { server: this.server, 'certificate-authority-data': this.caData } }],
      users: [{ name: 'admin', user: { token: this.token } }],
      contexts: [{ name: this.name, context: { cluster: this.name, user: 'admin', namespace: 'default' } }],
      'current-context': this.name,
    });
  }
}
