import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { tryEntryIn } from '../../argocd/cluster-secret';
import { isMap, type Remark } from '../../argocd/manifest-rule';
import type { KnownCluster } from './known-cluster';

/** What an Application deploys and where, as its Argo CD makes it for a cluster; or why it deploys nothing there, or nobody here knows what. */
export type FilledApplication = { readonly manifest: Manifest } | { readonly refusal: Pick<Remark, 'path' | 'message'> };

class Refused extends Error {
  constructor(readonly refusal: Pick<Remark, 'path' | 'message'>) {
    super(refusal.message);
  }
}

/**
 * Fills in what {@link generatedApplication} leaves open, with tokens for what only the cluster knows. A `templatePatch` says nothing
 * of sources and destinations.
 */
export function filledApplication({ apiVersion, kind, metadata, spec, values }: Manifest, cluster: KnownCluster): FilledApplication {
  const texts = new Texts(cluster, isMap(values) ? values : {});
  const { source, sources, destination } = isMap(spec) ? spec : {};
  try {
    const said = { ...(source === undefined ? {} : { source }), ...(sources === undefined ? {} : { sources }), ...(destination ? { destination } : {}) };
    return {
      manifest: { apiVersion, kind, metadata: { name: texts.text(metadata.name, ['metadata', 'name']) }, spec: texts.filled(said, ['spec']) },
    };
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    return { refusal: cause.refusal };
  }
}

/** The Go templates that stand in the ApplicationSets of components, as Argo CD evaluates them. */
class Texts {
  readonly #cluster: KnownCluster;
  readonly #values: { readonly [key: string]: Plain };

  constructor(cluster: KnownCluster, values: { readonly [key: string]: Plain }) {
    this.#cluster = cluster;
    this.#values = values;
  }

  filled<T extends Plain>(value: T, path: readonly string[]): T {
    if (typeof value === 'string') return this.text(value, path) as T;
    if (Array.isArray(value)) return (value as readonly Plain[]).map((item, index) => this.filled(item, [...path, String(index)])) as Plain as T;
    if (!isMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.text(key, path), this.filled(item, [...path, key])])) as T;
  }

  text(text: string, path: readonly string[]): string {
    if (!text.includes('{{')) return text;
    // The one condition that is ours: a version where the cluster secret lacks what the Application needs.
    const [, conditions, otherwise] = /^\{\{ if (.*)\{\{ else \}\}(.*)\{\{ end \}\}$/s.exec(text) ?? [];
    if (conditions === undefined || otherwise === undefined) return this.#replaced(text, path);
    for (const condition of conditions.split('{{ else if ')) {
      const [, asked = '', lack = ''] = /^empty \((.*)\) \}\}(.*)$/s.exec(condition) ?? [];
      if (this.#entry(asked, path) === '') throw new Refused({ path, message: lack });
    }
    return this.#replaced(otherwise, path);
  }

  #replaced(text: string, path: readonly string[]): string {
    return text.replace(/\{\{(.*?)\}\}/gs, (_, action: string) => this.#action(action.trim(), path));
  }

  #action(action: string, path: readonly string[]): string {
    if (action === '`{{`') return '{{';
    const { name, nameNormalized, server } = this.#cluster;
    if (action === '.name') return name;
    if (action === '.nameNormalized') return nameNormalized;
    if (action === '.server') return server;
    const [, key] = /^\.values\.(\w+)$/.exec(action) ?? [];
    const value = key === undefined ? undefined : this.#values[key];
    if (typeof value === 'string') return value;
    return this.#entry(action.replace(/ \| default ""$/, ''), path);
  }

  #entry(text: string, path: readonly string[]): string {
    const entry = tryEntryIn(text);
    if (!entry) throw new Refused({ path, message: `what '{{ ${text} }}' gives is known to Argo CD alone` });
    return this.#cluster.textOf(entry.part, entry.key);
  }
}
