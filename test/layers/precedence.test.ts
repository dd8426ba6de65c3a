import fc from 'fast-check';
import type { CompiledLayer } from '../../layers/compile/compiled-layer';
import { type AppLayers, inNameOrder, Precedence } from '../../layers/precedence';
import { compare } from '../../layers/problem';
import { Resolver } from '../../layers/resolver';
import { layer, target } from '../builders/layers-builder';

const here = 'production/prod-canary/us-east1';

function override(path: string, values: unknown = { by: `override ${path}` }): readonly [string, CompiledLayer] {
  return [path, layer(values, { kind: 'override', path })];
}

function patch(name: string, paths: readonly string[], change: (path: string) => unknown = (path) => ({ by: `${name} ${path}` })) {
  return { name, layers: new Map(paths.map((path) => [path, layer(change(path), { kind: 'patch', name, path })])) };
}

function app(parts: Partial<AppLayers>): AppLayers {
  return { everywhere: [layer({}, { kind: 'defaults' }), layer({}, { kind: 'base' })], overrides: new Map(), patches: [], ...parts };
}

function order(layers: AppLayers, path = here): readonly string[] {
  return new Precedence(layers).at(path).map(({ id }) => id);
}

/** What an app says at a target. */
function resolved(layers: AppLayers, path = here): unknown {
  return new Resolver(layers).at(target(path)).values.plain;
}

describe('the precedence law', () => {
  test('defaults and base come first, then for each dimension from the outermost in the override, then the patches in name order', () => {
    const layers = app({
      overrides: new Map([override(here), override('production'), override('production/prod-canary')]),
      patches: inNameOrder([
        patch('patch-010', ['production', here]),
        patch('patch-002', ['production', 'production/prod-canary', here]),
        patch('a-first', ['production/prod-canary']),
      ]),
    });
    expect(order(layers)).toEqual([
      'defaults',
      'base',
      'override production',
      'patch-002 production',
      'patch-010 production',
      'override production/prod-canary',
      'a-first production/prod-canary',
      'patch-002 production/prod-canary',
      `override ${here}`,
      `patch-002 ${here}`,
      `patch-010 ${here}`,
    ]);
  });

  test('layers of other paths do not apply', () => {
    const layers = app({
      overrides: new Map([override('stage'), override('production/prod-canary-2'), override('production/prod-canary/us-east'), override('prod-canary')]),
      patches: [patch('patch-001', ['stage', 'production/prod-sector-1', 'production/prod-canary/us-east1/deeper'])],
    });
    expect(order(layers)).toEqual(['defaults', 'base']);
  });

  test('the base beats the defaults', () => {
    expect(resolved(app({ everywhere: [layer({ by: 'defaults', kept: 1 }, { kind: 'defaults' }), layer({ by: 'base' })] }))).toEqual({ by: 'base', kept: 1 });
  });

  test('an override beats the base', () => {
    expect(resolved(app({ everywhere: [layer({ by: 'base' })], overrides: new Map([override('production')]) }))).toEqual({ by: 'override production' });
  });

  test('within one path a patch beats the override', () => {
    expect(resolved(app({ overrides: new Map([override('production')]), patches: [patch('patch-001', ['production'])] }))).toEqual({
      by: 'patch-001 production',
    });
  });

  test('within one path the later name beats the earlier one', () => {
    const patches = [patch('patch-002', ['production']), patch('patch-001', ['production'])];
    expect(resolved(app({ patches: inNameOrder(patches) }))).toEqual({ by: 'patch-002 production' });
  });

  test('an override beats a patch of a broader path', () => {
    const layers = app({ overrides: new Map([override('production/prod-canary')]), patches: [patch('patch-001', ['production'])] });
    expect(resolved(layers)).toEqual({ by: 'override production/prod-canary' });
  });

  test('an earlier patch at a narrower path beats a later one at a broader path', () => {
    const patches = inNameOrder([patch('patch-001', ['production/prod-canary']), patch('patch-002', ['production'])]);
    expect(resolved(app({ patches }))).toEqual({ by: 'patch-001 production/prod-canary' });
  });

  test('where nothing sits at a path, it has the very sequence of the path above', () => {
    const precedence = new Precedence(app({ overrides: new Map([override('production')]), patches: [patch('patch-001', ['production/prod-canary'])] }));
    expect(precedence.at(here)).toBe(precedence.at('production/prod-canary/europe-west1'));
    expect(precedence.at('production/prod-sector-1/us-east1')).toBe(precedence.at('production/prod-sector-2/us-east1'));
    expect(precedence.at('production/prod-sector-1/us-east1')).not.toBe(precedence.at(here));
  });

  test('of all that apply, the narrowest path wins, then the patch over the override, then the later name', () => {
    const paths = ['production', 'production/prod-canary', here, 'stage', 'production/prod-sector-1'];
    const names = ['patch-1', 'patch-10', 'patch-2', 'Z', 'a'];
    fc.assert(
      fc.property(fc.subarray(paths), fc.array(fc.tuple(fc.constantFrom(...names), fc.subarray(paths)), { maxLength: 4 }), (overridden, patched) => {
        const unique = new Map(patched);
        const layers = app({
          everywhere: [layer({ by: 'base' })],
          overrides: new Map(overridden.map((path) => override(path))),
          patches: inNameOrder([...unique].map(([name, at]) => patch(name, at))),
        });
        let winner = 'base';
        for (const path of ['production', 'production/prod-canary', here]) {
          if (overridden.includes(path)) winner = `override ${path}`;
          const latest = [...unique]
            .flatMap(([name, at]) => (at.includes(path) ? [name] : []))
            .sort(compare)
            .at(-1);
          if (latest !== undefined) winner = `${latest} ${path}`;
        }
        expect(resolved(layers)).toEqual({ by: winner });
      }),
    );
  });
});

test('patches are in code-unit order of their names, whatever the locale, and their list is not sorted in place', () => {
  const patches = ['patch-10', 'patch-2', 'Z', 'a', 'é', 'patch-1'].map((name) => patch(name, []));
  const before = [...patches];
  expect(inNameOrder(patches).map(({ name }) => name)).toEqual(['Z', 'a', 'patch-1', 'patch-10', 'patch-2', 'é']);
  expect(patches).toEqual(before);
});
