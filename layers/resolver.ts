import type { LayerAt } from './compile/compiled-layer';
import { merge } from './merge';
import { Branch } from './node';
import { type AppLayers, Precedence } from './precedence';
import type { Problem } from './problem';

/**
 * An app's values with all layers merged. Targets with the same layers, at which every function of the target gave the
 * same, get the same object: whatever is computed from it is computed once.
 */
export class Resolved {
  /** What each further layer made of it. */
  readonly next = new Map<string, Resolved>();

  constructor(
    readonly values: Branch,
    /** What the layers' functions did wrong. */
    readonly problems: readonly Problem[],
  ) {}
}

/** How many results an app keeps at least; beyond it, values differ at every target and keeping them only costs memory. */
const capacity = 512;

/** Resolves one app at target after target, merging each distinct sequence of layers once. */
export class Resolver {
  readonly #precedence: Precedence;
  #root = empty();
  #size = 0;
  /** What is kept has room for some sequences, however long they are. */
  #capacity = capacity;

  /** Whether any layer of a user's asks for the target. */
  readonly hasFunctions: boolean;

  constructor(layers: AppLayers) {
    this.#precedence = new Precedence(layers);
    const all = [...layers.everywhere, ...layers.overrides.values(), ...layers.patches.flatMap((patch) => [...patch.layers.values()])];
    this.hasFunctions = all.some(({ isCode }) => isCode);
  }

  /** @param target what functions of the target receive */
  at(target: { readonly path: string }): Resolved {
    const layers = this.#precedence.at(target.path);
    this.#capacity = Math.max(this.#capacity, 4 * layers.length);
    let resolved = this.#root;
    for (const layer of layers) resolved = this.#with(resolved, layer.at(target));
    return resolved;
  }

  /** Asks every function of the target once more. @returns those that gave another answer than before */
  again(target: { readonly path: string }): readonly Problem[] {
    const asked = this.#precedence.at(target.path).filter(({ isCode }) => isCode);
    return asked.flatMap((layer) => layer.at(target).problems.filter(({ code }) => code === 'impure-function'));
  }

  #with(resolved: Resolved, layer: LayerAt): Resolved {
    const known = resolved.next.get(layer.key);
    if (known) return known;
    if (this.#size >= this.#capacity) {
      this.#size = 0;
      this.#root = empty();
    }
    this.#size += 1;
    const problems = layer.problems.length > 0 ? [...resolved.problems, ...layer.problems] : resolved.problems;
    const made = new Resolved(merge(resolved.values, layer.values), problems);
    resolved.next.set(layer.key, made);
    return made;
  }
}

function empty(): Resolved {
  return new Resolved(new Branch(Object.create(null), { kind: 'base', place: [] }), []);
}
