import type { FleetModel, MapValue, ModelApp, ModelClusterType, ModelComponent, Part, Value } from '../fleet-model';

/** A resolved value: a leaf, or a map of them. Texts still hold the cluster's values as parts. */
export type Resolved = { readonly kind: 'leaf'; readonly value: Leaf; readonly layer: string } | ResolvedMap;

export interface ResolvedMap {
  readonly kind: 'map';
  readonly children: ReadonlyMap<string, Resolved>;
  /** Who said that it is a map where it holds nothing. */
  readonly layer: string;
}

/** What a layer says whole: a scalar, a list, or a text whose pieces are known or tokens. */
export type Leaf = number | boolean | null | Text | readonly Item[];
export type Item = Leaf | { readonly fields: readonly (readonly [key: string, item: Item])[] };
export interface Text {
  readonly pieces: readonly (string | { readonly token: string })[];
}

/** The names of a target's nodes, by dimension. */
export type Place = Readonly<Record<string, string>>;

export function placeOf({ dimensions }: FleetModel, path: string): Place {
  const names = path.split('/');
  return Object.fromEntries(dimensions.map(([, singular], level) => [singular, names[level] as string]));
}

/** A layer, and what records call it. */
export interface NamedLayer {
  readonly label: string;
  readonly values: MapValue;
}

/** Defaults, what is generated, base, then for each dimension from the outermost in: the override, then patches in name order. */
export function layersAt(
  type: ModelClusterType,
  component: ModelComponent,
  app: ModelApp,
  generated: MapValue | undefined,
  target: string,
): readonly NamedLayer[] {
  const layers: NamedLayer[] = [{ label: 'defaults', values: app.kind === 'Application' ? type.applications : type.applicationSets }];
  if (generated) layers.push({ label: 'generated', values: generated });
  layers.push({ label: 'base', values: app.base });
  const names = target.split('/');
  for (let depth = 1; depth <= names.length; depth += 1) {
    const path = names.slice(0, depth).join('/');
    for (const { path: at, layers: said } of component.overrides) {
      const values = said[app.name];
      if (at === path && values) layers.push({ label: `override ${path}`, values });
    }
    const patches = component.patches.filter(({ rolledOutTo }) => rolledOutTo.includes(path));
    for (const { name, layers: said } of [...patches].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const values = said[app.name];
      if (values) layers.push({ label: `${name} ${path}`, values });
    }
  }
  return layers;
}

/** Everything that layers say of an app at a target: maps merge deeply, lists and scalars are replaced whole, `unset` removes. */
export function resolve(layers: readonly NamedLayer[], place: Place): ResolvedMap {
  return layers.reduce<ResolvedMap>((below, { label, values }) => over(below, values, label, place), { kind: 'map', children: new Map(), layer: '' });
}

function over(below: Resolved | undefined, { entries }: MapValue, layer: string, place: Place): ResolvedMap {
  const children = new Map(below?.kind === 'map' ? below.children : []);
  for (const [key, said] of entries) {
    const value = chosen(said, place);
    if (value.kind === 'unset') children.delete(key);
    else if (value.kind === 'map') children.set(key, over(children.get(key), value, layer, place));
    else if (value.kind !== 'nothing') children.set(key, { kind: 'leaf', value: leafOf(value, place), layer });
  }
  return { kind: 'map', children, layer: below?.kind === 'map' && children.size === 0 ? below.layer : layer };
}

function chosen(value: Value, place: Place): Value {
  return value.kind === 'choice' ? chosen(place[value.dimension] === value.name ? value.there : value.otherwise, place) : value;
}

function leafOf(value: Value, place: Place): Leaf {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'text') return { pieces: value.parts.map((part) => piece(part, place)) };
  if (value.kind === 'list') return value.items.map((item) => itemOf(chosen(item, place), place));
  throw new Error(`no leaf: ${value.kind}`);
}

/** What stands in a list is one value: nothing merges there. */
function itemOf(value: Value, place: Place): Item {
  if (value.kind !== 'map') return leafOf(value, place);
  const said = value.entries.map(([key, inner]) => [key, chosen(inner, place)] as const).filter(([, inner]) => inner.kind !== 'nothing');
  return { fields: said.map(([key, inner]) => [key, itemOf(inner, place)]) };
}

function piece(part: Part, place: Place): string | { readonly token: string } {
  if (typeof part === 'string' || 'token' in part) return part;
  const name = place[part.dimension] as string;
  return part.upper ? name.toUpperCase() : name;
}

/** The keys of cluster values that anything resolved uses. */
export function tokensOf(of: Resolved): ReadonlySet<string> {
  const found = new Set<string>();
  plainOf(of, (key) => {
    found.add(key);
    return '';
  });
  return found;
}

/** The value as data, with the cluster's values in it. */
export function plainOf(of: Resolved, filled: (token: string) => string): unknown {
  if (of.kind === 'map') return Object.fromEntries([...of.children].map(([key, child]) => [key, plainOf(child, filled)]));
  return plainItem(of.value, filled);
}

function plainItem(item: Item, filled: (token: string) => string): unknown {
  if (typeof item !== 'object' || item === null) return item;
  if (Array.isArray(item)) return item.map((inner: Item) => plainItem(inner, filled));
  if ('fields' in item) return Object.fromEntries(item.fields.map(([key, inner]) => [key, plainItem(inner, filled)]));
  return (item as Text).pieces.map((part) => (typeof part === 'string' ? part : filled(part.token))).join('');
}
