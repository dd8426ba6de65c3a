import { Agent, request } from 'node:https';

/** What the suite reads of an object: the rest of it is whatever the cluster says. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
  // biome-ignore lint/suspicious/noExplicitAny: a live object has the shape that its cluster gives it
  readonly [field: string]: any;
}

/** Where the API has the kinds that the suite looks at. */
const places = {
  applications: '/apis/argoproj.io/v1alpha1',
  applicationsets: '/apis/argoproj.io/v1alpha1',
  appprojects: '/apis/argoproj.io/v1alpha1',
  configmaps: '/api/v1',
  customresourcedefinitions: '/apis/apiextensions.k8s.io/v1',
  deployments: '/apis/apps/v1',
  ecrauthorizationtokens: '/apis/generators.external-secrets.io/v1alpha1',
  events: '/api/v1',
  externalsecrets: '/apis/external-secrets.io/v1',
  namespaces: '/api/v1',
  resourcequotas: '/api/v1',
  secrets: '/api/v1',
  secretstores: '/apis/external-secrets.io/v1',
  services: '/api/v1',
} as const;

export type Resource = keyof typeof places;

export interface Connection {
  readonly port: number;
  readonly token: string;
  readonly ca: string;
}

/** One API server, asked without a program in between. */
export class KubernetesApi {
  private readonly agent: Agent;

  constructor(private readonly connection: Connection) {
    // An API server closes what was idle for 90 seconds (apiserver, `IdleTimeout`).
    this.agent = new Agent({ keepAlive: true, ca: connection.ca, timeout: 60_000 });
  }

  private send(method: string, path: string, body?: unknown, type = 'application/json'): Promise<{ status: number; text: string }> {
    const { port, token } = this.connection;
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type, accept: 'application/json' };
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: this.agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      // It may close a connection at the moment in which it is used again: then nobody read the request.
      sent.once('error', (error: NodeJS.ErrnoException) => {
        if (sent.reusedSocket && error.code === 'ECONNRESET') this.send(method, path, body, type).then(resolve, reject);
        else reject(error);
      });
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async isReady(): Promise<string | undefined> {
    const { status, text } = await this.send('GET', '/readyz').catch((error: Error) => ({ status: 0, text: error.message }));
    return status === 200 ? undefined : text.slice(0, 300);
  }

  /** Nothing where it is not there. */
  async get(resource: Resource, name: string, namespace?: string): Promise<KubernetesObject | undefined> {
    const { status, text } = await this.send('GET', path(resource, namespace, name));
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${resource} ${name}: ${text}`);
    return JSON.parse(text);
  }

  /** All of a kind; none where the cluster does not know the kind. */
  async list(resource: Resource, namespace?: string, selector?: string): Promise<readonly KubernetesObject[]> {
    const { status, text } = await this.send('GET', `${path(resource, namespace)}${selector ? `?labelSelector=${encodeURIComponent(selector)}` : ''}`);
    if (status === 404) return [];
    if (status !== 200) throw new Error(`GET ${resource}: ${text}`);
    return JSON.parse(text).items;
  }

  /** A JSON merge patch: null takes a field away. */
  async patch(resource: Resource, name: string, namespace: string | undefined, change: unknown): Promise<void> {
    const { status, text } = await this.send('PATCH', path(resource, namespace, name), change, 'application/merge-patch+json');
    if (status !== 200) throw new Error(`PATCH ${resource} ${name}: ${text}`);
  }

  async create(resource: Resource, namespace: string | undefined, object: unknown): Promise<void> {
    const { status, text } = await this.send('POST', path(resource, namespace), object);
    if (status !== 201) throw new Error(`POST ${resource}: ${text}`);
  }

  async delete(resource: Resource, name: string, namespace?: string): Promise<void> {
    const { status, text } = await this.send('DELETE', path(resource, namespace, name));
    if (status !== 200 && status !== 202 && status !== 404) throw new Error(`DELETE ${resource} ${name}: ${text}`);
  }

  close(): void {
    this.agent.destroy();
  }
}

function path(resource: Resource, namespace?: string, name?: string): string {
  const inside = namespace ? `/namespaces/${namespace}` : '';
  return `${places[resource]}${inside}/${resource}${name ? `/${name}` : ''}`;
}
