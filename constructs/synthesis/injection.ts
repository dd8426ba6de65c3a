import { Branch, tryFindNode } from '../../layers/node';
import { isMap } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { type Token, tokenName } from '../../layers/text/token';
import { type FleetFacts, targetFolder } from '../resolve/fleet-facts';
import type { LayeredApp } from '../tree/layered-app';
import type { Origin } from '../tree/origin';
import { RootApplicationSet } from '../tree/root-application-set';
import type { Rendition } from './rendition';

/** Who uses which tokens at a target: an app, or code that customizes its chart. */
export interface TokenUse {
  readonly app?: string;
  readonly origin: Origin;
  readonly tokens: readonly Token[];
}

/** Which names below `.Values` (`cluster.name`) somebody injects into which targets: roots, and ApplicationSets written by hand. */
export class InjectedKeys {
  readonly #facts: FleetFacts;
  readonly #roots = new Map<string, ReadonlySet<string>>();
  /** By folder, as it is written in a path; and by each end of it that begins behind a `/`. */
  readonly #written = new Map<string, Set<string>>();
  readonly #ends = new Map<string, Set<string>>();
  /** By folder: the rest of a path written by hand is a Go template. Which target it means is not known before deploy time. */
  readonly #templates = new Map<string, Set<string>>();
  readonly #seen = new WeakSet<Rendition>();

  constructor(facts: FleetFacts) {
    this.#facts = facts;
  }

  /** @param rendition an ApplicationSet as it is rendered for good: what it injects is read, not assumed */
  add(app: LayeredApp, path: string, rendition: Rendition): void {
    if (app.kind !== 'ApplicationSet' || !rendition.enabled) return;
    if (app instanceof RootApplicationSet) {
      this.#roots.set(`${app.deploys}/${path}`, new Set(injectedNames(rendition.values)));
    } else if (!this.#seen.has(rendition)) {
      this.#seen.add(rendition);
      const names = injectedNames(rendition.values);
      for (const folder of sourcePaths(rendition.values)) this.#addFolder(folder, names);
    }
  }

  has(clusterType: string, path: string, token: Token): boolean {
    const name = tokenName(token);
    if (this.#roots.get(`${clusterType}/${path}`)?.has(name)) return true;
    if (this.#written.size + this.#templates.size === 0) return false;
    if (this.#written.get(targetFolder(this.#facts, clusterType, path))?.has(name)) return true;
    // What deploys an existing fleet may read another folder than the one that is written today.
    const { adopted } = this.#facts;
    if (adopted && this.#ends.get(`${clusterType}/${path}`)?.has(name)) return true;
    const above = `${targetFolder(this.#facts, clusterType, '')}/`;
    for (const [folder, names] of this.#templates) {
      if (names.has(name) && (folder.startsWith(above) || (adopted && folder.includes(`/${clusterType}/`)))) return true;
    }
    return false;
  }

  #addFolder(folder: string, names: readonly string[]): void {
    const isTemplate = folder.includes('{{');
    addNames(isTemplate ? this.#templates : this.#written, folder, names);
    if (isTemplate || !this.#facts.adopted) return;
    for (let slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) addNames(this.#ends, folder.slice(slash + 1), names);
  }

  /** Whether a root deploys the cluster type at the path. */
  hasRoot(clusterType: string, path: string): boolean {
    return this.#roots.has(`${clusterType}/${path}`);
  }
}

function addNames(table: Map<string, Set<string>>, folder: string, names: readonly string[]): void {
  const known = table.get(folder);
  if (known === undefined) table.set(folder, new Set(names));
  else for (const name of names) known.add(name);
}

/** Every token of a target that nobody injects, and every key that two tokens claim. */
export function checkInjection(
  { adopted }: FleetFacts,
  clusterType: string,
  path: string,
  uses: readonly TokenUse[],
  injected: InjectedKeys,
): readonly Problem[] {
  const problems: Problem[] = [];
  const origins = new Map<string, Token>();
  for (const { app, origin, tokens } of uses) {
    for (const token of tokens) {
      const place = { app, target: `${clusterType}/${path}`, ...origin };
      const name = tokenName(token);
      const first = origins.get(name);
      // A value that is injected by hand is whatever is injected.
      if (first?.origin !== undefined && token.origin !== undefined && first.origin !== token.origin) {
        problems.push({
          ...place,
          code: 'token-conflict',
          message: `two different values want to be ${name}`,
          found: `${first.origin} and ${token.origin}`,
          hint: 'give one of them a key of its own: `cluster.annotation(name, key)`',
        });
      }
      origins.set(name, first?.origin === undefined ? token : first);
      if (injected.has(clusterType, path, token)) continue;
      problems.push({
        ...place,
        code: 'token-not-injected',
        ...(adopted ? { severity: 'warning' } : {}),
        message: `the token ${name} is used, but ${adopted ? 'no ApplicationSet of the fleet' : 'nobody'} injects it`,
        hint: adopted ? `whatever deploys ${clusterType} must set \`${name}\` in its helm.valuesObject` : hintFor(token, clusterType, path, injected),
      });
    }
  }
  return problems;
}

function hintFor({ key, origin, isTopLevel }: Token, clusterType: string, path: string, injected: InjectedKeys): string {
  if (!injected.hasRoot(clusterType, path)) return `no root ApplicationSet deploys ${clusterType} at ${path}: add one (\`kind: 'RootApplicationSet'\`)`;
  if (isTopLevel) return `a root injects below \`cluster\`: set '${key}' in \`template.spec.source.helm.valuesObject\` of the root, or use the token as it is`;
  if (origin === undefined) return `add '${key}' to the \`inject\` of the root ApplicationSet, or use cluster.annotation(…)`;
  return `a layer of the root ApplicationSet takes '${key}' out of its values: remove that`;
}

/** Names of the values that stand in a source's `helm`, as values or as parameters. */
function injectedNames(values: Branch): readonly string[] {
  return sourcesOf(values).flatMap(({ helm }) => {
    if (!isMap(helm)) return [];
    const given = isMap(helm.valuesObject) ? helm.valuesObject : {};
    const below = isMap(given.cluster) ? Object.keys(given.cluster).map((key) => `cluster.${key}`) : [];
    const parameters = Array.isArray(helm.parameters) ? helm.parameters.filter(isMap).map(({ name }) => String(name)) : [];
    return [...Object.keys(given), ...below, ...parameters];
  });
}

function sourcePaths(values: Branch): readonly string[] {
  return sourcesOf(values).flatMap(({ path }) => (typeof path === 'string' ? [path] : []));
}

/** Sources of a template, written as one, by name or as a list. */
function sourcesOf(values: Branch): readonly { readonly [key: string]: unknown }[] {
  const spec = tryFindNode(values, ['template', 'spec']);
  if (!(spec instanceof Branch)) return [];
  const { source, sources } = spec.plain as { readonly source?: unknown; readonly sources?: unknown };
  return [source, ...(typeof sources === 'object' && sources !== null ? Object.values(sources) : [])].filter(isMap);
}
