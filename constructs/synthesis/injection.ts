import { Branch, type Node, plainOf, tryFindNode } from '../../layers/node';
import type { Problem } from '../../layers/problem';
import type { Token } from '../../layers/token';
import type { FleetApp } from '../fleet-app';
import { originOf } from '../origin';
import { RootApplicationSet } from '../root-application-set';
import { type FleetFacts, targetFolder } from './generated';
import type { Rendition } from './rendition';
import type { RenderedApp } from './synthesis';

/** Which keys of `.Values.cluster` somebody injects into which targets: roots, and ApplicationSets written by hand. */
export class InjectedKeys {
  readonly #facts: FleetFacts;
  /** Roots inject whatever a token says where it comes from, at the targets where they are enabled. */
  readonly #roots = new Map<string, ReadonlySet<string>>();
  readonly #handwritten: { readonly folder: string; readonly keys: ReadonlySet<string> }[] = [];
  readonly #seen = new WeakSet<Rendition>();

  constructor(facts: FleetFacts) {
    this.#facts = facts;
  }

  add(app: FleetApp, path: string, rendition: Rendition): void {
    if (app.kind !== 'ApplicationSet' || !rendition.enabled) return;
    const keys = clusterKeys(rendition.values);
    if (app instanceof RootApplicationSet) this.#roots.set(`${app.deploys}/${path}`, new Set(keys));
    else if (!this.#seen.has(rendition)) {
      this.#seen.add(rendition);
      for (const folder of sourcePaths(rendition.values)) this.#handwritten.push({ folder, keys: new Set(keys) });
    }
  }

  has(clusterType: string, path: string, token: Token): boolean {
    const root = this.#roots.get(`${clusterType}/${path}`);
    if (root && (token.origin !== undefined || root.has(token.key))) return true;
    const folder = targetFolder(this.#facts, clusterType, path);
    const above = targetFolder(this.#facts, clusterType, '');
    // The rest of a path written by hand is a Go template: which target it means is not known before deploy time.
    return this.#handwritten.some((set) => set.keys.has(token.key) && (set.folder === folder || (set.folder.includes('{{') && set.folder.startsWith(above))));
  }

  /** Whether a root deploys the cluster type at the path. */
  hasRoot(clusterType: string, path: string): boolean {
    return this.#roots.has(`${clusterType}/${path}`);
  }
}

/** Every token of a target that nobody injects, and every key that two tokens claim. */
export function checkInjection(clusterType: string, path: string, apps: readonly RenderedApp[], injected: InjectedKeys): readonly Problem[] {
  const problems: Problem[] = [];
  const origins = new Map<string, Token>();
  for (const { app, rendition } of apps) {
    for (const token of rendition.tokens) {
      const place = { app: app.construct.name, target: `${clusterType}/${path}`, ...originOf(app.construct) };
      const first = origins.get(token.key);
      if (first && first.origin !== token.origin) {
        problems.push({
          ...place,
          code: 'token-conflict',
          message: `two different values want to be cluster.${token.key}`,
          found: `${first.origin ?? 'a value injected by hand'} and ${token.origin ?? 'a value injected by hand'}`,
          hint: 'give one of them a key of its own: `cluster.annotation(name, key)`',
        });
      }
      origins.set(token.key, first ?? token);
      if (injected.has(clusterType, path, token)) continue;
      problems.push({
        ...place,
        code: 'token-not-injected',
        message: `the token cluster.${token.key} is used, but nobody injects it`,
        hint: injected.hasRoot(clusterType, path)
          ? `add '${token.key}' to the \`inject\` of the root ApplicationSet, or use cluster.annotation(…)`
          : `no root ApplicationSet deploys ${clusterType} at ${path}: add one (\`kind: 'RootApplicationSet'\`)`,
      });
    }
  }
  return problems;
}

function clusterKeys(values: Branch): readonly string[] {
  const templates = sourceNodes(values).map((source) => tryFindNode(source, ['helm', 'valuesObject', 'cluster']));
  return templates.flatMap((node) => (node instanceof Branch ? node.keys : []));
}

function sourcePaths(values: Branch): readonly string[] {
  return sourceNodes(values).flatMap((source) => {
    const path = tryFindNode(source, ['path']);
    const plain = path ? plainOf(path) : undefined;
    return typeof plain === 'string' ? [plain] : [];
  });
}

function sourceNodes(values: Branch): readonly Node[] {
  const spec = tryFindNode(values, ['template', 'spec']);
  if (!(spec instanceof Branch)) return [];
  const { source, sources } = spec.children;
  return [...(source ? [source] : []), ...(sources instanceof Branch ? Object.values(sources.children) : [])];
}
