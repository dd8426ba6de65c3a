import fc from 'fast-check';
import type { LayerSource } from '../../layers/layer';
import { Branch, type Node } from '../../layers/node';
import { type AppLayers, inNameOrder } from '../../layers/precedence';
import { authored, layer, type target } from './layers-builder';

type Seen = ReturnType<typeof target>;
type Values = Readonly<Record<string, unknown>>;

/** Targets in sequence, and the layers of one app at paths of theirs. */
export interface PlacedFleet {
  readonly targets: readonly string[];
  readonly defaults: Values;
  readonly base: Values;
  readonly overrides: readonly (readonly [path: string, values: Values])[];
  readonly patches: readonly { readonly name: string; readonly at: readonly string[]; readonly change: Values }[];
}

const levels = [
  ['int', 'stage', 'prod'],
  ['one', 'two'],
  ['us', 'eu', '1'],
] as const;

/** A layer that now and then disables its app, and holds a function of the target. */
const values: fc.Arbitrary<Values> = fc
  .tuple(authored, fc.constantFrom({}, {}, { enabled: false }, { enabled: true }), fc.constantFrom({}, { a: ofRegion }, { f: ofSector }))
  .map((parts) => Object.assign({}, ...parts));

function ofRegion({ path }: Seen): unknown {
  return path.endsWith('us') ? { region: path } : path.length;
}

function ofSector({ path }: Seen): unknown {
  return path.includes('one') ? undefined : { b: path.split('/')[1] ?? 'none', c: {} };
}

export const placedFleets: fc.Arbitrary<PlacedFleet> = fc
  .integer({ min: 1, max: 3 })
  .chain((depth) => {
    const names = levels.slice(0, depth).map((some) => fc.constantFrom(...some));
    return fc.uniqueArray(
      fc.tuple(...names).map((parts) => parts.join('/')),
      { minLength: 1, maxLength: 8 },
    );
  })
  .chain((unsorted) => {
    const targets = [...unsorted].sort();
    const paths = [...new Set(targets.flatMap((path) => path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))))];
    const places = fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 3 });
    return fc.record({
      targets: fc.constant(targets),
      defaults: values,
      base: values,
      overrides: fc.uniqueArray(fc.tuple(fc.constantFrom(...paths), values), { maxLength: 4, selector: ([path]) => path }),
      patches: fc.uniqueArray(fc.record({ name: fc.constantFrom('patch-001', 'patch-002', 'a.b'), at: places, change: values }), {
        maxLength: 3,
        selector: ({ name }) => name,
      }),
    });
  });

export function layersOf({ defaults, base, overrides, patches }: PlacedFleet): AppLayers {
  return {
    everywhere: [layer(defaults, { kind: 'defaults' }), layer(base)],
    overrides: new Map(overrides.map(([path, change]) => [path, layer(change, { kind: 'override', path })])),
    patches: inNameOrder(
      patches.map(({ name, at, change }) => ({ name, layers: new Map(at.map((path) => [path, layer(change, { kind: 'patch', name, path })])) })),
    ),
  };
}

/** Every scalar and list, every map that is empty now, and every key that is unset, and who said it. */
export function* valuesAt(node: Node, keys: readonly string[] = []): Generator<{ readonly keys: readonly string[]; readonly source: LayerSource }> {
  if (!(node instanceof Branch)) yield { keys, source: node.source };
  else {
    if (keys.length > 0 && node.keys.length === 0) yield { keys, source: node.source };
    for (const [key, child] of Object.entries(node.children)) yield* valuesAt(child, [...keys, key]);
  }
}
