import { CompiledLayer } from '../../../../layers/compile/compiled-layer';
import type { LayerSource, Plain } from '../../../../layers/layer';
import { merge } from '../../../../layers/merge';
import { Branch, isUnset, type Leaf, type Node, plainOf, tryChild } from '../../../../layers/node';
import type { Resolved } from '../../../../layers/resolver';
import { hasToken, someString } from '../../../../layers/text/token';
import { type ClusterHome, homeKey } from '../../tree/cluster-home';
import { componentFieldKeys } from '../../tree/component';
import type { ComponentFields } from '../../tree/component-config';

/** What stands below layers of members: it is read, and nobody asks where it is from. */
const pinned: LayerSource = { kind: 'base', place: [] };

/**
 * What layers of members say of a component besides whether they get it, and its values: another namespace, another version;
 * and what their home changes of it.
 * Members with the same are of one variant, and get the same Application but for their names.
 */
export interface Variant {
  /** The same for two variants that say the same, whatever layers say it. */
  readonly key: string;
  /** As data; of a map that layers say a part of, that part. */
  readonly says: ComponentFields;
  /** What each says, and which layer says it. */
  readonly layers: Branch;
  /** Whether what it deployed goes with its Application. */
  readonly isUninstalled: boolean;
  /** The home of its members, as far as it shows in what they get. @default - the fleet */
  readonly home?: ClusterHome;
  /** The values that only the live cluster knows, in a release; `undefined` where there are none. */
  liveIn(release: string): LiveValues | undefined;
  /** The fields below with those of the variant over them, by the law of layers. */
  over(below: ComponentFields): ComponentFields;
}

/** Values with tokens in them. */
export type LiveValues = { readonly [key: string]: Plain };

/** The variant that a member gets of a component. @param inReleases what its layers come to in every release, where releases say values @param home what shows of its home @returns `undefined` where they say nothing but `enabled` and values without tokens */
export function variantOf({ values }: Resolved, inReleases: ReadonlyMap<string, Resolved> = new Map(), home?: ClusterHome): Variant | undefined {
  const live = liveValues(tryChild(values, 'values'));
  const lives = new Map([...inReleases].map(([release, resolved]) => [release, liveValues(tryChild(resolved.values, 'values'))]));
  const said = (componentFieldKeys as readonly string[]).filter((key) => values.children[key] !== undefined).sort();
  const isLiveAnywhere = live !== undefined || [...lives.values()].some((one) => one !== undefined);
  const isUninstalled = values.plain.uninstall === true;
  if (said.length === 0 && !isLiveAnywhere && !isUninstalled && !home) return undefined;
  const layers = new Branch(
    Object.assign(Object.create(null), Object.fromEntries(said.map((key) => [key, values.children[key]]))) as Branch['children'],
    values.source,
  );
  return {
    key: JSON.stringify([
      ...said.map((key) => [key, marked(layers.children[key] as Node)]),
      ...(isLiveAnywhere ? [lives.size === 0 ? live : [...lives]] : []),
      ...(isUninstalled ? ['uninstall'] : []),
      ...(home ? [`home ${homeKey(home)}`] : []),
    ]),
    says: layers.plain as ComponentFields,
    layers,
    isUninstalled,
    ...(home ? { home } : {}),
    liveIn: (release) => (lives.has(release) ? lives.get(release) : live),
    over: (below) => merge(asLayer(below), layers).plain as ComponentFields,
  };
}

function asLayer(data: object): Branch {
  return new CompiledLayer('component', data, pinned).at({ path: '' }).values;
}

/** Values over others, by the law of layers, which is that of Helm too. */
export function valuesOver(below: LiveValues, above: LiveValues): LiveValues {
  return merge(asLayer(below), asLayer(above)).plain;
}

/** Of values, those that only the live cluster knows: texts with a token, and lists with one somewhere in them, as a whole. */
function liveValues(values: Node | undefined): LiveValues | undefined {
  // Nearly always there are none, which is known of every part that is shared.
  if (!(values instanceof Branch) || withoutLive(values) === values) return undefined;
  const live: { [key: string]: Plain } = {};
  for (const key of values.keys) {
    const node = values.children[key] as Node;
    const part = node instanceof Branch ? liveValues(node) : isLive(node) ? plainOf(node) : undefined;
    if (part !== undefined) live[key] = part as Plain;
  }
  return Object.keys(live).length > 0 ? live : undefined;
}

/** Members share what layers share. */
const fixed = new WeakMap<Branch, Branch>();

/** Values without those that only the live cluster knows; the same object where there are none. */
export function withoutLive(values: Branch): Branch {
  const known = fixed.get(values) ?? fixedPart(values);
  fixed.set(values, known);
  return known;
}

function fixedPart(values: Branch): Branch {
  let isSame = true;
  const children: { [key: string]: Node } = Object.create(null);
  for (const [key, node] of Object.entries(values.children)) {
    const left = node instanceof Branch ? withoutLive(node) : isLive(node) ? undefined : node;
    if (left !== node) isSame = false;
    // A map of nothing else goes with what was in it.
    if (left !== undefined && (left === node || Object.keys((left as Branch).children).length > 0)) children[key] = left;
  }
  return isSame ? values : new Branch(children, values.source, values.hid);
}

function isLive(leaf: Leaf): boolean {
  return someString(leaf.value, hasToken);
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
