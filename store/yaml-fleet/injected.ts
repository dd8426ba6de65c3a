import { isMap } from '../../layers/plain-data';
import { encodeToken, isQualifiedName } from '../../layers/text/token';
import { segmentsOf } from '../expressions/evaluate';
import { needsTarget, parseTemplate } from '../expressions/parse';
import { Deployed } from '../expressions/passes';
import type { YamlClusterType } from './yaml-fleet';

/** What a cluster generator tells of any cluster, without a label or an annotation. */
const clusterParameters: readonly string[] = ['name', 'nameNormalized', 'server'];

/** A value below `.Values`, by its keys: `['cluster', 'name']`, or `['project_id']`. */
type Path = readonly string[];

/**
 * What the fleet's own ApplicationSets put below `.Values`, and below `.Values.cluster`, when they deploy a cluster type, as
 * far as their base layers say: it tells where a token's value comes from.
 */
export class InjectedValues {
  readonly #origins = new Map<string, Map<string, string | undefined>>();
  readonly #repositories = new Set<string>();
  readonly #folders = new Map<string, string>();
  readonly #deployed = new Map<string, boolean>();

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

  /** Keys below `cluster` that are injected into a cluster type, and those that every cluster has. */
  keys(clusterType: string): readonly string[] {
    const injected = [...(this.#origins.get(clusterType)?.keys() ?? [])].filter((name) => name.startsWith(below)).map((name) => name.slice(below.length));
    return [...new Set([...injected, ...clusterParameters])];
  }

  /** Whether the fleet injects a value. */
  has(clusterType: string, path: Path): boolean {
    const [first, key] = path;
    if (first === 'cluster' && path.length === 2 && key !== undefined && clusterParameters.includes(key)) return true;
    return this.#origins.get(clusterType)?.has(path.join('.')) === true;
  }

  /** Whether some ApplicationSet of the fleet deploys a cluster type, and says of itself alone all that it injects. */
  isComplete(clusterType: string): boolean {
    return this.#deployed.get(clusterType) === true;
  }

  /** Where a cluster's value comes from, as a token's origin; `undefined` where it cannot be told. */
  origin(clusterType: string, path: Path): string | undefined {
    const known = this.#origins.get(clusterType);
    const name = path.join('.');
    const key = path[path.length - 1] ?? '';
    // Whoever injects a cluster's name from elsewhere takes it from where every ApplicationSet has it.
    return known?.has(name) || path.length === 1 || !clusterParameters.includes(key) ? known?.get(name) : key;
  }

  /** A live value of a cluster as the text that stands for it in the program. */
  token(clusterType: string, path: Path): string {
    return encodeToken({ key: path[path.length - 1] ?? '', origin: this.origin(clusterType, path), isTopLevel: path.length === 1 });
  }

  #add(applicationSet: Loose, shared: Loose, names: readonly string[]): void {
    for (const source of [...sourcesOf(applicationSet), ...sourcesOf(shared)]) {
      const { path, helm } = source;
      const [own] = sourcesOf(applicationSet).flatMap((one) => (typeof one.path === 'string' ? [one.path] : []));
      const written = typeof path === 'string' ? path : own;
      const deployed = names.filter((name) => written?.split('/').includes(name));
      for (const name of deployed) {
        const parts = written?.split('/') ?? [];
        const folder = parts.slice(0, parts.indexOf(name)).join('/');
        if (!folder.includes('{{')) this.#folders.set(folder, written ?? '');
      }
      if (deployed.length > 0 && typeof source.repoURL === 'string' && !source.repoURL.includes('{{')) this.#repositories.add(source.repoURL);
      const isRead = !['values', 'valueFiles', 'fileParameters'].some((field) => (helm as Loose)?.[field] !== undefined);
      for (const name of deployed) {
        this.#deployed.set(name, isRead && this.#deployed.get(name) !== false);
        const origins = this.#origins.get(name) ?? new Map<string, string | undefined>();
        for (const [path, value] of injectedBy(helm)) {
          const origin = originOf(value, path.slice(path.lastIndexOf('.') + 1));
          // Two ApplicationSets that take it from different places: no one place can be told.
          origins.set(path, origins.has(path) && origins.get(path) !== origin ? undefined : origin);
        }
        this.#origins.set(name, origins);
      }
    }
  }
}

const below = 'cluster.';

/** What a source sets, by name below `.Values`; of maps only what stands below `cluster`. */
function injectedBy(helm: unknown): readonly (readonly [string, unknown])[] {
  if (!isMap(helm)) return [];
  const { cluster, ...top } = isMap(helm.valuesObject) ? helm.valuesObject : ({} as Readonly<Record<string, unknown>>);
  const parameters = Array.isArray(helm.parameters) ? helm.parameters.filter(isMap) : [];
  return [
    ...Object.entries(top).filter(([, value]) => typeof value !== 'object'),
    ...Object.entries(isMap(cluster) ? cluster : {}).map(([key, value]) => [`${below}${key}`, value] as const),
    ...parameters.map(({ name, value }) => [String(name), value] as const),
  ];
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

const nothing = { value: () => undefined };

/** The text as Argo CD receives it. */
function deployed(text: string): string | undefined {
  try {
    const template = parseTemplate(text);
    if (needsTarget(template)) return undefined;
    const deployed = new Deployed(segmentsOf(template, nothing));
    return deployed.references.length > 0 ? undefined : deployed.evaluate(nothing);
  } catch {
    // It is reported where the value is read.
    return undefined;
  }
}
