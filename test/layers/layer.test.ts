import { layerLabel, unset } from '../../layers/layer';

test.each([
  [{ kind: 'defaults' }, 'defaults'],
  [{ kind: 'base', file: 'config/secret.ts' }, 'base'],
  [{ kind: 'generated' }, 'generated'],
  [{ kind: 'placement' }, 'placement'],
  [{ kind: 'override', path: 'production/prod-canary', file: 'config/secret.ts' }, 'override production/prod-canary'],
  [{ kind: 'patch', name: 'patch-001', path: 'production', file: 'config/secret.ts' }, 'patch-001 production'],
] as const)('a layer is called by its kind, name and path, never by its file: %p', (source, label) => {
  expect(layerLabel({ ...source, place: ['overrides'] })).toBe(label);
});

test('unset is the same mark in every copy of the package', () => {
  expect(unset).toBe(Symbol.for('cdk8s-fleet.unset'));
});
