import { Branch, isUnset, type Node, plainOf } from '../../../layers/node';
import { isMap } from '../../../layers/plain-data';
import type { Resolved } from '../../../layers/resolver';
import { componentFieldKeys } from '../tree/component';
import type { ComponentFields } from '../tree/hub-config';

type Fields = { readonly [key: string]: unknown };

/**
 * What layers of members say of a component besides whether they get it, and its values: another namespace, another version.
 * Members with the same are of one variant, and get the same Application but for their names.
 */
export interface Variant {
  /** The same for two variants that say the same, whatever layers say it. */
  readonly key: string;
  /** As data; of a map that layers say a part of, that part. */
  readonly says: ComponentFields;
  /** What each says, and which layer says it. */
  readonly layers: Branch;
  /** The fields below with those of the variant over them, by the law of layers. */
  over(below: ComponentFields): ComponentFields;
}

/** The variant that a member gets of a component. @returns `undefined` where its layers say nothing but `enabled` and `values` */
export function variantOf({ values }: Resolved): Variant | undefined {
  const said = (componentFieldKeys as readonly string[]).filter((key) => values.children[key] !== undefined).sort();
  if (said.length === 0) return undefined;
  const layers = new Branch(
    Object.assign(Object.create(null), Object.fromEntries(said.map((key) => [key, values.children[key]]))) as Branch['children'],
    values.source,
  );
  return {
    key: JSON.stringify(said.map((key) => [key, marked(layers.children[key] as Node)])),
    says: layers.plain as ComponentFields,
    layers,
    over: (below) => merged(below as Fields, layers) as ComponentFields,
  };
}

/** The plain value, with a mark for what is unset in it: that is none in plain data. */
function marked(node: Node): unknown {
  if (isUnset(node)) return { unset: true };
  if (!(node instanceof Branch)) return [plainOf(node)];
  return Object.fromEntries(
    Object.keys(node.children)
      .sort()
      .map((key) => [key, marked(node.children[key] as Node)]),
  );
}

/** Maps merge deeply, lists and scalars are replaced, and what is unset goes. */
function merged(below: Fields, { children }: Branch): Fields {
  const result: { [key: string]: unknown } = { ...below };
  for (const [key, node] of Object.entries(children)) {
    if (isUnset(node)) delete result[key];
    else result[key] = node instanceof Branch ? merged(isMap(below[key]) ? below[key] : {}, node) : plainOf(node);
  }
  return result;
}
