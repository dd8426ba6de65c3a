import { request } from 'node:https';
import type { Cluster } from './cluster';

/** The account that asks, as `argocd-cm` knows it. */
const reader = 'fleet';

/** Argo CD's own API server, over TLS with the certificate that it makes itself. */
export class ApiServer {
  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    readonly port: number,
  ) {}

  /** Its certificate is for this name. */
  get url(): string {
    return `https://localhost:${this.port}`;
  }

  /** An account that has tokens and may read. The server has to find it there when it starts. */
  async allowReader(): Promise<void> {
    const { api } = this.cluster;
    await api.patch('configmaps', 'argocd-cm', this.namespace, { data: { [`accounts.${reader}`]: 'apiKey' } });
    if (await api.get('configmaps', 'argocd-rbac-cm', this.namespace)) return;
    await api.create('configmaps', this.namespace, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-rbac-cm', labels: { 'app.kubernetes.io/part-of': 'argocd' } },
      data: { 'policy.csv': `g, ${reader}, role:readonly\n` },
    });
  }

  async isReady(): Promise<string | undefined> {
    const ca = await this.certificate();
    if (ca === undefined) return 'it has no certificate yet';
    const { status, text } = await this.send('GET', '/healthz', ca).catch((error: Error) => ({ status: 0, text: error.message }));
    return status === 200 ? undefined : text.slice(0, 300);
  }

  /** What it answers with, in PEM. */
  certificate(): Promise<string | undefined> {
    return this.secret('argocd-secret', 'tls.crt');
  }

  /** A token of the account, as an administrator makes one. */
  async token(): Promise<string> {
    const ca = await this.certificate();
    const password = await this.secret('argocd-initial-admin-secret', 'password');
    const { token: session } = await this.post('/api/v1/session', ca, { username: 'admin', password });
    return (await this.post(`/api/v1/account/${reader}/token`, ca, { name: reader }, session)).token;
  }

  private async secret(name: string, key: string): Promise<string | undefined> {
    const found = (await this.cluster.api.get('secrets', name, this.namespace))?.data?.[key];
    return typeof found === 'string' ? Buffer.from(found, 'base64').toString('utf8') : undefined;
  }

  private async post(path: string, ca: string | undefined, body: object, token?: string): Promise<{ readonly token: string }> {
    const { status, text } = await this.send('POST', path, ca, body, token);
    if (status !== 200) throw new Error(`POST ${path}: ${status} ${text}`);
    return JSON.parse(text);
  }

  private send(method: string, path: string, ca: string | undefined, body?: object, token?: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const sent = request(`${this.url}${path}`, { method, headers, ...(ca === undefined ? {} : { ca }) }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.once('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
