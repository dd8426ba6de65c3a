import deepmerge from 'deepmerge';
import { Branch, type Children, type Hidden, Leaf, type Node, plainOf } from './node';

/**
 * The merge law. Maps merge deeply; lists and scalars are replaced whole; `unset` removes a key. Neither input is
 * changed, and what only one side sets is shared with it.
 *
 * @param broad  the layers so far
 * @param narrow the next, more specific layer: it wins
 */
export function merge(broad: Branch, narrow: Branch): Branch {
  if (Object.keys(narrow.children).length === 0) return broad;
  return new Branch(mergeChildren(broad.children, narrow.children), broad.source, broad.hid);
}

/**
 * deepmerge walks the keys; what happens where both sides set one is our policy. Its own rules are switched off: lists
 * never reach it (they are leaves), nothing is cloned, and maps without prototype keep it from skipping keys such as
 * `toString`.
 */
const policy: deepmerge.Options = {
  clone: false,
  isMergeableObject: () => true,
  customMerge: () => mergeNodes as (broad: object, narrow: object) => object,
};

function mergeChildren(broad: Children, narrow: Children): Children {
  return Object.setPrototypeOf(deepmerge(broad, narrow, policy), null);
}

function mergeNodes(broad: Node, narrow: Node): Node {
  if (broad instanceof Branch && narrow instanceof Branch) return merge(broad, narrow);
  // A map over a scalar, a scalar over a map, or a value over a value: replaced whole, and it remembers what it hid.
  const hid: readonly Hidden[] = [...narrow.hid, { source: broad.source, value: plainOf(broad) }, ...broad.hid];
  return narrow instanceof Leaf ? new Leaf(narrow.value, narrow.source, hid) : new Branch(narrow.children, narrow.source, hid);
}
