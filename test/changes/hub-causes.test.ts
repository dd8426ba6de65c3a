import fc from 'fast-check';
import type { Change, FieldChange } from '../../changes/change';
import { compareStates } from '../../changes/compare-states';
import { configState } from '../../cli/read/state/config-state';
import { componentLayer, deployers, fleetOf, type Loose, type Model, models, nodesOf, type Subject, withPatch } from '../hub/random-hub-fleet';

function stateOf(model: Model) {
  return configState(fleetOf(model).synth());
}

/** One patch more, which wins at its path. */
const edits = models({ maxSpokes: 5 }).chain((model) => {
  const groups = Object.keys(model.groups);
  const settings = fc
    .oneof(
      deployers(groups),
      fc.constantFrom<Loose>(
        { labels: { 'company.example/cost': '1' } },
        { annotations: { 'example.com/note': 'new' } },
        { repositories: { company: { url: 'https://example.com/company', https: { secret: 'fleet/company' } } } },
        { secretStore: { aws: { region: 'us-east-1' } } },
      ),
    )
    .map((layer) => [['settings'], layer] as const);
  const others = groups.flatMap((group): readonly fc.Arbitrary<readonly [Subject, Loose]>[] => {
    const { releases, components } = model.groups[group] as Model['groups'][string];
    const release = fc.constantFrom(...Object.keys(releases['releases'])).map((one) => [['releases', group], { release: one }] as const);
    const layers = Object.keys(components)
      .filter((name) => name !== 'argo-cd' && name !== 'external-secrets')
      .map((name) => componentLayer('values' in components[name]).map((layer) => [['component', group, name], layer] as const));
    return [release, ...layers];
  });
  const layer: fc.Arbitrary<readonly [Subject, Loose]> = fc.oneof(settings, ...others).filter(([, one]) => Object.keys(one).length > 0);
  return fc.record({ model: fc.constant(model), path: fc.constantFrom(...nodesOf(model)), layer });
});

/** Whatever a release does is said by it, and not by a layer. */
function isOfRelease(change: Change): boolean {
  return change.kind === 'field' && change.object === undefined && (change as FieldChange).field !== 'release';
}

test('what one patch changes of members comes from it, whatever it says, and wherever it shows', () => {
  fc.assert(
    fc.property(edits, ({ model, path, layer: [subject, layer] }) => {
      const { changes } = compareStates(stateOf(model), stateOf(withPatch(model, subject, 'p9', [path], layer)));
      for (const change of changes) {
        if (!('cause' in change) || isOfRelease(change)) continue;
        // An empty map that is filled is gone, and nobody says so.
        if (change.kind === 'field' && change.after === undefined && change.cause.now.length === 0) continue;
        expect({ ...change, cause: change.cause.now }).toEqual({ ...change, cause: [`p9 ${path}`] });
      }
    }),
    { numRuns: 300 },
  );
});
