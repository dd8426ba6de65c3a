import { isMap } from '../../layers/plain-data';
import { encodeToken, isQualifiedName } from '../../layers/token';
import { evaluate } from '../expressions/evaluate';
import { needsTarget, parseTemplate } from '../expressions/parse';
import type { YamlClusterType } from './yaml-fleet';

/** What a cluster generator tells of any cluster, without a label or an annotation. */
const clusterParameters: readonly string[] = ['name', 'nameNormalized', 'server'];

/**
 * What the fleet's own ApplicationSets put below `.Values.cluster` when they deploy a cluster type, as far as their base
 * layers say: it tells where a token's value comes from.
 */
export class InjectedValues {
  readonly #origins = new Map<string, Map<string, string | undefined>>();
  readonly #repositories = new Set<string>();
  readonly #folders = new Map<string, string>();

  constructor(clusterTypes: readonly YamlClusterType[]) {
    const names = clusterTypes.map(({ name }) => name);
    for (const { defaults, components } of clusterTypes) {
      const shared = (defaults?.content.applicationsets as Loose)?.default as Loose;
      for (const { values } of components) {
        const own = values.content.applicationsets;
        for (const applicationSet of isMap(own) ? Object.values(own) : []) this.#add(applicationSet as Loose, shared, names);
      }
    }
  }

  /** The one repository from which the fleet's ApplicationSets deploy it; `undefined` where there is none, or more than one. */
  get repository(): string | undefined {
    return this.#repositories.size === 1 ? [...this.#repositories][0] : undefined;
  }

  /** The folders from which the fleet's ApplicationSets deploy it, each with a path that says so. */
  get folders(): ReadonlyMap<string, string> {
    return this.#folders;
  }

  /** Keys that are injected into a cluster type, and those that every cluster has. */
  keys(clusterType: string): readonly string[] {
    return [...new Set([...(this.#origins.get(clusterType)?.keys() ?? []), ...clusterParameters])];
  }

  /** Where a cluster's value comes from, as a token's origin; `undefined` where it cannot be told. */
  origin(clusterType: string, key: string): string | undefined {
    const known = this.#origins.get(clusterType);
    // Whoever injects a cluster's name from elsewhere takes it from where every ApplicationSet has it.
    return known?.has(key) || !clusterParameters.includes(key) ? known?.get(key) : key;
  }

  /** A live value of a cluster as the text that stands for it in the program. */
  token(clusterType: string, key: string): string {
    return encodeToken({ key, origin: this.origin(clusterType, key) });
  }

  #add(applicationSet: Loose, shared: Loose, names: readonly string[]): void {
    for (const source of [...sourcesOf(applicationSet), ...sourcesOf(shared)]) {
      const { path, helm } = source;
      const cluster = ((helm as Loose)?.valuesObject as Loose)?.cluster;
      const [own] = sourcesOf(applicationSet).flatMap((one) => (typeof one.path === 'string' ? [one.path] : []));
      const written = typeof path === 'string' ? path : own;
      const deployed = names.filter((name) => written?.split('/').includes(name));
      for (const name of deployed) {
        const parts = written?.split('/') ?? [];
        const folder = parts.slice(0, parts.indexOf(name)).join('/');
        if (!folder.includes('{{')) this.#folders.set(folder, written ?? '');
      }
      if (deployed.length > 0 && typeof source.repoURL === 'string' && !source.repoURL.includes('{{')) this.#repositories.add(source.repoURL);
      if (!isMap(cluster) || written === undefined) continue;
      for (const name of deployed) {
        const origins = this.#origins.get(name) ?? new Map<string, string | undefined>();
        for (const [key, value] of Object.entries(cluster)) {
          const origin = originOf(value, key);
          // Two ApplicationSets that take it from different places: no one place can be told.
          origins.set(key, origins.has(key) && origins.get(key) !== origin ? undefined : origin);
        }
        this.#origins.set(name, origins);
      }
    }
  }
}

type Loose = { readonly [key: string]: unknown } | undefined;

function sourcesOf(applicationSet: Loose): readonly { readonly [key: string]: unknown }[] {
  const spec = ((isMap(applicationSet) ? applicationSet.template : undefined) as Loose)?.spec;
  if (!isMap(spec)) return [];
  return [spec.source, ...(Array.isArray(spec.sources) ? spec.sources : isMap(spec.sources) ? Object.values(spec.sources) : [])].filter(isMap);
}

/** As roots ask, so that a secret without any annotation fails no other cluster. */
const safe =
  /^\{\{-?\s*index\s+\(\s*get\s+\.metadata\s+["`](annotation|label)s["`]\s*\|\s*default\s+dict\s*\)\s+["`]([^"`]+)["`]\s*(?:\|\s*default\s+(?:""|``)\s*)?-?\}\}$/;

/** A parameter of the cluster generator as the origin of the token that configuration in TypeScript would use. */
function originOf(value: unknown, as: string): string | undefined {
  const text = typeof value === 'string' ? deployed(value) : undefined;
  if (text === undefined) return undefined;
  const parameter = /^\{\{-?\s*\.?(\w+)\s*-?\}\}$/.exec(text)?.[1];
  if (parameter !== undefined) return clusterParameters.includes(parameter) && parameter === as ? parameter : undefined;
  const [, safeKind, safeKey = ''] = safe.exec(text) ?? [];
  if (safeKind !== undefined) return isQualifiedName(safeKey) ? `${safeKind} ${safeKey}` : undefined;
  const [, kind, quoted, key] =
    /^\{\{-?\s*(?:index\s+)?\.?metadata\.(annotation|label)s(?:\s+["`]([^"`]+)["`]|\.([\w.-]+(?:\/[\w.-]+)?))\s*-?\}\}$/.exec(text) ?? [];
  const name = quoted ?? key;
  return kind !== undefined && name !== undefined && isQualifiedName(name) ? `${kind} ${name}` : undefined;
}

/** The text as Argo CD receives it. */
function deployed(text: string): string | undefined {
  try {
    const template = parseTemplate(text);
    return needsTarget(template) ? undefined : evaluate(template, { value: () => undefined, token: (key) => key });
  } catch {
    // It is reported where the value is read.
    return undefined;
  }
}
