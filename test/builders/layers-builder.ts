import fc from 'fast-check';
import { CompiledLayer } from '../../layers/compile/compiled-layer';
import { type LayerSource, unset } from '../../layers/layer';
import { merge } from '../../layers/merge';
import { Branch, type Node } from '../../layers/node';

/** A layer that says where it comes from: `base` in `base.ts`, unless told otherwise. */
export function layer(values: unknown, source: Partial<LayerSource> & { readonly id?: string } = {}): CompiledLayer {
  const { id, ...rest } = source;
  const full: LayerSource = { kind: 'base', place: [], ...rest };
  const name = id ?? (full.path === undefined ? full.kind : `${full.name ?? full.kind} ${full.path}`);
  return new CompiledLayer(name, values, { file: `${full.kind}.ts`, ...full });
}

/** A layer by its file, for tests that only ask who wins. */
export function layerIn(file: string, values: unknown): CompiledLayer {
  return layer(values, { id: file, file });
}

/** The values of a layer that holds no function. */
export function branchOf(compiled: CompiledLayer): Branch {
  return compiled.at({ path: 'anywhere' }).values;
}

/** All layers merged, the broadest first. */
export function mergeAll(layers: readonly CompiledLayer[]): Branch {
  return layers.map(branchOf).reduce(merge, new Branch(Object.create(null), { kind: 'base', place: [] }));
}

/** A target as functions receive it. */
export function target(path: string) {
  const [environment = '', sector = '', region = ''] = path.split('/');
  return { path, environment, sector, region };
}

/** Frozen all the way down: writing to it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
  return value;
}

/** Text that is equal for equal data, whatever the order of keys and the prototypes. */
export function canonical(value: unknown): string {
  const shape = (item: unknown): unknown => {
    if (item === unset) return ['unset'];
    if (Array.isArray(item)) return ['list', item.map(shape)];
    if (typeof item !== 'object' || item === null) return Object.is(item, -0) ? ['-0'] : item;
    return [
      'map',
      Object.entries(item)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, child]) => [key, shape(child)]),
    ];
  };
  return JSON.stringify(shape(value));
}

/** A tree with everything that is known of each node: value, layer, what it hid. */
export function provenance(node: Node): unknown {
  const hid = node.hid.map(({ source, value }) => [source.file, canonical(value)]);
  if (!(node instanceof Branch)) return { value: canonical(node.value), file: node.source.file, hid };
  return { file: node.source.file, hid, children: Object.fromEntries(Object.entries(node.children).map(([key, child]) => [`.${key}`, provenance(child)])) };
}

/** What stands at a path of what an author wrote: `found` is false where nothing does. */
export function authoredAt(values: unknown, path: readonly string[]): { readonly found: boolean; readonly value?: unknown } {
  let value = values;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return { found: false };
    value = (value as Record<string, unknown>)[key];
  }
  return { found: true, value };
}

export function isMapValue(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that are properties of every object, or look like an index, among ordinary ones: few, so that layers meet. */
const keys = ['a', 'b', 'c', 'toString', 'constructor', 'hasOwnProperty', 'valueOf', '1', '10', '', 'x.y', 'é'];
const key = fc.constantFrom(...keys);
const scalar = fc.oneof(fc.constantFrom('on', 'off', '', 'text'), fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.constant(null));
const item = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof({ maxDepth: 2 }, scalar, fc.array(tie('any'), { maxLength: 2 }), fc.dictionary(key, tie('any'), { maxKeys: 2 })),
})).any;
const list = fc.array(item, { maxLength: 3 });

/** Whatever an author may write as a layer. */
export const authored: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{ map: Record<string, unknown>; value: unknown }>((tie) => ({
  map: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  value: fc.oneof({ maxDepth: 3 }, scalar, list, fc.constant(unset), tie('map')),
})).map;

/** Layers that agree on what is a map: keys that start with `map` hold one, no other key does. */
export const agreeing: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{ map: Record<string, unknown> }>((tie) => ({
  map: fc
    .tuple(
      fc.dictionary(key, fc.oneof(scalar, list, fc.constant(unset)), { maxKeys: 4 }),
      fc.oneof({ maxDepth: 3 }, fc.constant({}), fc.dictionary(fc.constantFrom('map', 'map2'), tie('map'), { maxKeys: 2 })),
    )
    .map(([leaves, maps]) => ({ ...leaves, ...maps })),
})).map;

/** Every path of a tree at which a scalar, a list or an unset mark stands. */
export function* leafPaths(node: Node, path: readonly string[] = []): Generator<{ readonly path: readonly string[]; readonly node: Node }> {
  if (!(node instanceof Branch)) yield { path, node };
  else for (const [name, child] of Object.entries(node.children)) yield* leafPaths(child, [...path, name]);
}
