import type { LayerSource, Plain, Unset } from '../../../layers/layer';
import { Branch, Leaf, type Node } from '../../../layers/node';

/** What the tool itself says of an app, after everybody else: where it lives, and where its objects lie. */
export const lastWord: LayerSource = { kind: 'placement', place: [] };

export function lastBranch(children: Readonly<Record<string, Node>>): Branch {
  return new Branch(Object.assign(Object.create(null), children), lastWord);
}

export function lastLeaf(value: Plain | Unset): Leaf {
  return new Leaf(value, lastWord);
}
