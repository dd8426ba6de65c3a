import { type LayerSource, type Plain, type Unset, unset } from './layer';
import { compare } from './problem';
import { isListed } from './shape/keyed-lists';
import { isDoubtful, showTokens, someString } from './text/token';

/** A value that a later layer replaced. */
export interface Hidden {
  readonly source: LayerSource;
  readonly value: Plain | Unset;
}

/** A scalar, a list, or the mark that a layer unset the key; replaced whole, so it has one origin. */
export class Leaf {
  readonly value: Plain | Unset;
  readonly source: LayerSource;
  /** What this layer hid, the nearest first. */
  readonly hid: readonly Hidden[];
  #isDoubtful: boolean | undefined;

  constructor(value: Plain | Unset, source: LayerSource, hid: readonly Hidden[] = []) {
    this.value = value;
    this.source = source;
    this.hid = hid;
  }

  /** Whether a text in it looks like a token and is none. */
  get isDoubtful(): boolean {
    this.#isDoubtful ??= someString(this.value, isDoubtful);
    return this.#isDoubtful;
  }
}

/** The children of a branch, on an object without prototype: `toString` and `constructor` are keys like any other. */
export type Children = { readonly [key: string]: Node };

/**
 * A map. Branches are never changed after they are made, so layers share them: two targets that differ in one value
 * have every other branch in common, and whatever is computed from a branch is computed once.
 */
export class Branch {
  readonly children: Children;
  /** The first layer that made this a map. */
  readonly source: LayerSource;
  readonly hid: readonly Hidden[];
  #plain: { readonly [key: string]: Plain } | undefined;
  #keys: readonly string[] | undefined;
  #isDoubtful: boolean | undefined;

  constructor(children: Children, source: LayerSource, hid: readonly Hidden[] = []) {
    this.children = children;
    this.source = source;
    this.hid = hid;
  }

  /** The keys that are set, in code-unit order. */
  get keys(): readonly string[] {
    this.#keys ??= Object.keys(this.children)
      .filter((key) => !isUnset(this.children[key]))
      .sort(compare);
    return this.#keys;
  }

  /** Whether a text below, or a key, looks like a token and is none. */
  get isDoubtful(): boolean {
    this.#isDoubtful ??= this.keys.some((key) => isDoubtful(key) || (this.children[key] as Node).isDoubtful);
    return this.#isDoubtful;
  }

  /** The map as plain frozen data, keys sorted and without those that are unset; the same object every time. */
  get plain(): { readonly [key: string]: Plain } {
    if (!this.#plain) {
      const plain: { [key: string]: Plain } = {};
      for (const key of this.keys) plain[key] = plainOf(this.children[key] as Node) as Plain;
      this.#plain = Object.freeze(plain);
    }
    return this.#plain;
  }
}

/** A resolved value, map or list, and the layers that set it. */
export type Node = Leaf | Branch;

export function isUnset(node: Node | undefined): boolean {
  return node instanceof Leaf && node.value === unset;
}

export function plainOf(node: Node): Plain | Unset {
  return node instanceof Leaf ? node.value : node.plain;
}

/** The child of a node, where the node is a map that sets it. */
export function tryChild(node: Node | undefined, key: string): Node | undefined {
  if (!(node instanceof Branch)) return undefined;
  const child = node.children[key];
  return isUnset(child) ? undefined : child;
}

/** The node at a path of keys, where every step of it is set. */
export function tryFindNode(root: Node, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>(tryChild, root);
}

/** What says a field, and the keys that lead to it. */
export interface SayingNode {
  readonly node: Node;
  readonly keys: readonly string[];
}

/**
 * What says a field of a manifest: its value, or what stands in its way, which is an `unset`, the list that holds it, or a map of
 * which nothing is left.
 *
 * @param keys as the manifest has them: of a map that is rendered as a list, names or indexes of its items; tokens as they are shown
 * @returns `undefined` where no layer says anything of it
 */
export function sayingNode(values: Branch, keys: readonly string[]): SayingNode | undefined {
  const written: string[] = [];
  let node: Node = values;
  for (const key of keys) {
    if (!(node instanceof Branch)) break;
    const own = writtenKey(node, key, written);
    if (own === undefined) return node.keys.length === 0 && written.length > 0 ? { node, keys: written } : undefined;
    node = node.children[own] as Node;
    written.push(own);
  }
  return { node, keys: written };
}

function writtenKey({ children, keys }: Branch, key: string, above: readonly string[]): string | undefined {
  if (children[key] !== undefined) return key;
  const shown = keys.find((one) => showTokens(one) === key);
  if (shown !== undefined || !isListed(above)) return shown;
  return keys.find((one) => textAt(children[one], 'name') === key) ?? (/^\d+$/.test(key) ? keys[Number(key)] : undefined);
}

function textAt(node: Node | undefined, key: string): string | undefined {
  const child = tryChild(node, key);
  return child instanceof Leaf && typeof child.value === 'string' ? showTokens(child.value) : undefined;
}

/** The deepest node along a path: where a missing or misplaced key would belong. */
export function deepestNode(root: Node, path: readonly string[]): { readonly node: Node; readonly depth: number } {
  let node = root;
  let depth = 0;
  for (const key of path) {
    const child = tryChild(node, key);
    if (!child) break;
    node = child;
    depth += 1;
  }
  return { node, depth };
}

/** Every scalar, list and empty map below a node, with its path, in key order. */
export function* leaves(node: Node, path: readonly string[] = []): Generator<{ readonly path: readonly string[]; readonly node: Node }> {
  if (node instanceof Leaf || node.keys.length === 0) {
    if (!isUnset(node)) yield { path, node };
    return;
  }
  for (const key of node.keys) yield* leaves(node.children[key] as Node, [...path, key]);
}
