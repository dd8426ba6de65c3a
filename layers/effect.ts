import type { Field } from './coverage';
import { type LayerSource, type Plain, type Unset, unset } from './layer';
import { Branch, type Node, plainOf } from './node';

/** Why a layer sets a field without effect. */
export interface Idle {
  /** The layer that wins, or that says the same already. */
  readonly by: LayerSource;
  readonly kind: 'masked' | 'equal';
}

/**
 * Why a field of a layer has no effect; `undefined` where it has one.
 *
 * @param values all layers merged
 * @param own    the layer's own values
 * @param isOwn  whether a value comes from the layer, wherever it sits
 */
export function tryFindIdle(values: Branch, own: Branch, field: Field, isOwn: (source: LayerSource) => boolean): Idle | undefined {
  const { node, isThere } = reached(values, field);
  if (!isThere || !isOwn(node.source)) {
    // An empty map says nothing where there is a map.
    const isMapToo = isThere && node instanceof Branch && reached(own, field).node instanceof Branch;
    return { by: node.source, kind: isMapToo ? 'equal' : 'masked' };
  }
  const hidden = node.hid.find(({ source }) => !isOwn(source));
  // What nobody set need not be unset.
  const isEqual = isSame(hidden ? hidden.value : unset, plainOf(node));
  return isEqual ? { by: hidden?.source ?? values.source, kind: 'equal' } : undefined;
}

/** The node that a path of keys leads to, one that is unset included, or the last one on the way. */
function reached(root: Branch, keys: Field): { readonly node: Node; readonly isThere: boolean } {
  let node: Node = root;
  for (const key of keys) {
    const child: Node | undefined = node instanceof Branch ? node.children[key] : undefined;
    if (!child) return { node, isThere: false };
    node = child;
  }
  return { node, isThere: true };
}

function isSame(one: Plain | Unset, other: Plain | Unset): boolean {
  return one === other || (one !== unset && other !== unset && JSON.stringify(one) === JSON.stringify(other));
}

/** The layer that has another last word in a field in one of two results, where that is not the layer itself. */
export function tryFindWinner(one: Branch, other: Branch, field: Field, isOwn: (source: LayerSource) => boolean): LayerSource | undefined {
  const [first, second] = [reached(one, field).node, reached(other, field).node];
  if (isSame(plainOf(first), plainOf(second))) return undefined;
  return [first, second].map(({ source }) => source).find((source) => !isOwn(source));
}
