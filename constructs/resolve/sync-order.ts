import { merge } from '../../layers/merge';
import { Branch, Leaf, type Node, plainOf, tryChild, tryFindNode } from '../../layers/node';
import { Resolved } from '../../layers/resolver';
import type { TargetResolver } from './app-model';

/** In which order Argo CD applies what lies in one folder (argo-cd, sync phases and waves). */
export const syncWave = 'argocd.argoproj.io/sync-wave';

/** What an app needs, as its layers say it at a target: the list, and the names in it. */
export function neededOf(values: Branch): { readonly node: Node; readonly names: readonly string[] } | undefined {
  const node = tryChild(values, 'after');
  const said = node && plainOf(node);
  return node && { node, names: Array.isArray(said) ? said.filter((name) => typeof name === 'string') : [] };
}

/** In which wave an app is applied: as Argo CD reads it, who says nothing or no number is in wave 0. */
export function waveOf(values: Branch): number {
  const said = saidWave(values);
  return said instanceof Leaf && typeof said.value === 'string' && isWave(said.value) ? Number(said.value) : 0;
}

export function isWave(text: string): boolean {
  return /^[+-]?\d{1,9}$/.test(text);
}

/** The annotation of a wave, whoever says it. */
export function saidWave(values: Branch): Node | undefined {
  return tryFindNode(values, ['annotations', syncWave]);
}

/**
 * The order of the apps of a cluster type. Who says what it needs (`after`) gets a wave behind that of everything that it
 * needs, as the last word on it, from the layer that says so. What is needed and needs nothing stays in wave 0, where Argo
 * CD puts it without a word. Whether something is enabled is no matter: who comes or goes moves nobody else.
 */
export class SyncOrder {
  readonly #apps = new Map<string, TargetResolver>();
  readonly #asked = new Set<string>();
  #path: string | undefined;
  /** Of the path. */
  readonly #waves = new Map<string, number>();

  add(name: string, resolver: TargetResolver): void {
    this.#apps.set(name, resolver);
  }

  /** An app's values in its wave. */
  ordered(resolver: TargetResolver): TargetResolver {
    return { hasFunctions: resolver.hasFunctions, at: (target) => this.#inWave(resolver.at(target), target), again: (target) => resolver.again(target) };
  }

  #inWave(resolved: Resolved, target: { readonly path: string }): Resolved {
    const { values } = resolved;
    const needed = neededOf(values);
    const annotations = tryChild(values, 'annotations');
    if (!needed || saidWave(values) || (annotations && !(annotations instanceof Branch))) return resolved;
    const wave = Math.max(0, ...needed.names.map((name) => this.#waveAt(name, target) + 1));
    if (wave === 0) return resolved;
    // What is the same for many targets stays one object.
    const key = `sync wave ${wave}`;
    const known = resolved.next.get(key);
    if (known) return known;
    const { source } = needed.node;
    const layer = branch({ annotations: branch({ [syncWave]: new Leaf(String(wave), source) }, source) }, source);
    const made = new Resolved(merge(values, layer), resolved.problems);
    resolved.next.set(key, made);
    return made;
  }

  #waveAt(name: string, target: { readonly path: string }): number {
    if (this.#path !== target.path) {
      this.#path = target.path;
      this.#waves.clear();
    }
    const known = this.#waves.get(name);
    if (known !== undefined) return known;
    const app = this.#apps.get(name);
    // Who is no app, or needs itself in the end, is told of by the check.
    if (!app || this.#asked.has(name)) return -1;
    this.#asked.add(name);
    const wave = waveOf(app.at(target).values);
    this.#asked.delete(name);
    this.#waves.set(name, wave);
    return wave;
  }
}

function branch(children: Readonly<Record<string, Node>>, source: Branch['source']): Branch {
  return new Branch(Object.assign(Object.create(null), children), source);
}
