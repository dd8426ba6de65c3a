import fc from 'fast-check';
import { fieldsOf } from '../../changes/fields';
import { compareNodes } from '../../changes/nodes/compare-nodes';
import type { FieldDifference, NodeDifferences } from '../../changes/nodes/node-differences';
import { ownWords } from '../../changes/nodes/own-words';
import type { State } from '../../changes/state';
import { configState } from '../../cli/read/state/config-state';
import { FleetError } from '../../constructs';
import { isAtOrBelow, pathsTo } from '../../layers/hierarchy';
import { application, buildFleet } from '../builders/fleet-builder';
import { fleetOf, models as hubModels } from '../hub/random-hub-fleet';
import { type Model, models } from '../rollout/random-fleet';

function stateOf({ fleet, paths, defaults, base, overrides, patches }: Model): State {
  const web = application({ source: {}, ...base, overrides, patches });
  return configState(buildFleet({ fleet, clusterTypes: { mgmt: { defaults: { paths, applications: defaults }, apps: { web } } } }).synth());
}

function nodesOf({ targets }: State): readonly string[] {
  return [...new Set([...targets.values()].flatMap((all) => all.flatMap(pathsTo)))];
}

const pairs = models({ gapFree: false }).chain((model) => {
  const state = stateOf(model);
  const node = fc.constantFrom(...nodesOf(state));
  return fc.tuple(fc.constant(state), node, node);
});

/** Where the values of a field below two nodes are not the same ones, by going through all targets. */
function expected(state: State, left: string, right: string): readonly string[] {
  const files = state.files.filter(({ path }) => path === 'templates/web.yaml');
  const contents = state.read(files).map((content, index) => ({ target: files[index]?.target ?? '', fields: fieldsOf(content) }));
  const [one, other] = [left, right].map((node) => contents.filter(({ target }) => isAtOrBelow(target, node)));
  if (!one?.length || !other?.length) return [];
  const names = [...new Set([...one, ...other].flatMap(({ fields }) => [...fields.keys()]))].sort();
  const said = (side: typeof one, field: string) => [...new Set(side.map(({ fields }) => JSON.stringify(fields.get(field)) ?? ''))].sort().join('\n');
  return names.filter((field) => said(one, field) !== said(other, field));
}

test('a field differs where the values below one node are not those below the other, and nowhere else', () => {
  fc.assert(
    fc.property(pairs, ([state, left, right]) => {
      const { fields, own } = compareNodes(state, left, right);
      const found = [...fields, ...own].map(({ field }) => field).sort();
      expect(found).toEqual(expected(state, left, right));
    }),
    { numRuns: 200 },
  );
});

test('two nodes differ as they differ the other way around, and one does not from itself', () => {
  const mirrored = ({ left, right, apps, fields, own, ...others }: NodeDifferences): NodeDifferences => ({
    ...others,
    left: right,
    right: left,
    apps: apps.map(({ left: one, right: other, ...whose }) => ({ ...whose, ...(other ? { left: other } : {}), ...(one ? { right: one } : {}) })),
    fields: fields.map(turned),
    own: own.map(turned),
  });
  const turned = ({ left, right, ...whose }: FieldDifference): FieldDifference => ({ ...whose, left: right, right: left });
  fc.assert(
    fc.property(pairs, ([state, left, right]) => {
      expect(mirrored(compareNodes(state, left, right))).toEqual(compareNodes(state, right, left));
      expect(compareNodes(state, left, left)).toMatchObject({ apps: [], fields: [], own: [] });
    }),
    { numRuns: 100 },
  );
});

test('the values of each side are those of its targets, each named once', () => {
  fc.assert(
    fc.property(pairs, ([state, left, right]) => {
      const { fields, own } = compareNodes(state, left, right);
      for (const difference of [...fields, ...own]) {
        for (const [side, node] of [
          [difference.left, left],
          [difference.right, right],
        ] as const) {
          const targets = side.flatMap((one) => one.targets);
          expect(new Set(targets).size).toBe(targets.length);
          expect(targets.every((target) => isAtOrBelow(target, node))).toBe(true);
          const paths = side.flatMap((one) => one.paths);
          expect(paths.every((path) => isAtOrBelow(path, node))).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('hubs and spokes: a member differs from itself in nothing, and from others the same way around', () => {
  fc.assert(
    fc.property(hubModels({ maxSpokes: 4 }), (model) => {
      const state = tryState(() => configState(fleetOf(model).synth()));
      const [first, second] = state ? nodesOf(state) : [];
      if (!state || first === undefined || second === undefined) return;
      expect(compareNodes(state, first, first)).toMatchObject({ apps: [], fields: [], own: [] });
      const [there, back] = [compareNodes(state, first, second), compareNodes(state, second, first)];
      expect(there.fields.map(({ field }) => field)).toEqual(back.fields.map(({ field }) => field));
    }),
    { numRuns: 60 },
  );
});

/** @returns `undefined` for a fleet that has mistakes */
function tryState(make: () => State): State | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof FleetError) return undefined;
    throw error;
  }
}

test.each([
  ['us-east1', 'production/a/us-east1', '*'],
  ['us-east10', 'production/a/us-east1', 'us-east10'],
  ['https://us-east1.example.com/production', 'production/b/us-east1', 'https://*.example.com/*'],
  ['dist/mgmt/production/b/us-east1', 'production/b/us-east1', 'dist/mgmt/*'],
  ['a cat', 'production/b/a', '* cat'],
])('of %s at %s, what is no name of the place is %s', (text, target, left) => {
  expect(ownWords(text, target)).toBe(left);
});

test('a region in a name is folded where the layers are the same; a value that an override sets is not', () => {
  const fleet = {
    repository: 'https://example.com/fleet.git',
    environments: ['stage', 'production'].map((name) => ({ name, sectors: [{ name: `${name}-1`, regions: ['us', 'eu'] }] })),
  };
  const web = application({
    source: {
      repoURL: 'https://charts.example.com',
      chart: 'web',
      targetRevision: '1.0.0',
      helm: { valuesObject: { host: (target: { environment: string }) => `${target.environment}.example.com`, replicas: 1 } },
    },
    overrides: {
      production: { source: { helm: { valuesObject: { mode: 'production', replicas: 3 } } } },
      stage: { source: { helm: { valuesObject: { mode: 'stage' } } } },
    },
  });
  const state = configState(buildFleet({ fleet, clusterTypes: { mgmt: { apps: { web } } } }).synth());
  const { fields, own, apps } = compareNodes(state, 'stage', 'production');
  expect(apps).toEqual([]);
  expect(fields.map(({ field, left, right }) => [field, left[0]?.value, right[0]?.value, right[0]?.layers])).toEqual([
    ['source.helm.valuesObject.mode', 'stage', 'production', ['override production']],
    ['source.helm.valuesObject.replicas', 1, 3, ['override production']],
  ]);
  expect(own.map(({ field }) => field)).toEqual(['source.helm.valuesObject.host']);
});
