import fc from 'fast-check';
import { compareStates } from '../../changes/compare-states';
import { configState } from '../../cli/read/state/config-state';
import { type AppValues, FleetError } from '../../constructs';
import { layerLabel } from '../../layers/layer';
import { leaves } from '../../layers/node';
import { fieldText } from '../../layers/record';
import { application, buildFleet } from '../builders/fleet-builder';
import { fleetOf, type Model as HubModel, models } from '../hub/random-hub-fleet';
import { models as dimensionModels, type Model } from '../rollout/random-fleet';
import { applied, flat } from './apply-changes';

function stateOf({ fleet, paths, defaults, base, overrides, patches }: Model) {
  const web = application({ source: {}, ...base, overrides, patches });
  const output = buildFleet({ fleet, clusterTypes: { mgmt: { defaults: { paths, applications: defaults }, apps: { web } } } }).synth();
  return { output, state: configState(output) };
}

const fleets = dimensionModels({ gapFree: false });
const hubFleets = models({ maxSpokes: 5 });

test('rows applied to the old state give the new one, whatever was edited', () => {
  fc.assert(
    fc.property(fleets, fleets, (old, made) => {
      const [before, after] = [stateOf(old).state, stateOf(made).state];
      const { changes } = compareStates(before, after);
      expect(applied(flat(before), changes, flat(after))).toEqual(flat(after));
    }),
    { numRuns: 200 },
  );
});

test('a fleet that is rendered twice differs in nothing', () => {
  fc.assert(
    fc.property(fleets, (model) => {
      expect(compareStates(stateOf(model).state, stateOf(model).state)).toMatchObject({ changes: [], targets: 0, moved: { values: 0, apps: 0 } });
    }),
    { numRuns: 50 },
  );
});

test('each row is there once, its targets are in sequence, and its paths stand for them and for no other', () => {
  fc.assert(
    fc.property(fleets, fleets, (old, made) => {
      const [before, after] = [stateOf(old).state, stateOf(made).state];
      const { changes } = compareStates(before, after);
      expect(new Set(changes.map((change) => JSON.stringify({ ...change, targets: [], paths: [], cause: undefined }))).size).toBe(changes.length);
      for (const { kind, clusterType, targets, paths } of changes) {
        const all = (kind.endsWith('removed') ? before : after).targets.get(clusterType) ?? [];
        expect(all.filter((target) => paths.some((path) => path === '*' || target === path || target.startsWith(`${path}/`)))).toEqual(targets);
      }
    }),
    { numRuns: 100 },
  );
});

test('the layer of a row is the one that the resolved value has', () => {
  fc.assert(
    fc.property(fleets, fleets, (old, made) => {
      const { output, state } = stateOf(made);
      const { changes } = compareStates(stateOf(old).state, state);
      const app = output.values.tryFindApp('mgmt', 'web') as AppValues;
      for (const change of changes) {
        if (change.kind !== 'field' || !change.field.startsWith('source.')) continue;
        const layers = change.targets.flatMap((path) => layerOf(app, output.values.findTarget('mgmt', path), change.field));
        if (change.after !== undefined) expect(change.cause.now).toEqual([...new Set(layers)].sort());
      }
    }),
    { numRuns: 100 },
  );
});

function layerOf(app: AppValues, target: Parameters<AppValues['valuesAt']>[0], field: string): readonly string[] {
  return [...leaves(app.valuesAt(target))].flatMap(({ path, node }) => (fieldText(path) === field ? [layerLabel(node.source)] : []));
}

test('rows of fleets of hubs and spokes give the new state likewise', () => {
  fc.assert(
    fc.property(hubFleets, hubFleets, (old, made) => {
      const [before, after] = [hubState(old), hubState(made)];
      if (!before || !after) return;
      expect(applied(flat(before), compareStates(before, after).changes, flat(after))).toEqual(flat(after));
    }),
    { numRuns: 60 },
  );
});

/** @returns `undefined` for a fleet that has mistakes */
function hubState(model: HubModel) {
  try {
    return configState(fleetOf(model).synth());
  } catch (error) {
    if (error instanceof FleetError) return undefined;
    throw error;
  }
}
