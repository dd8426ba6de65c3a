import fc from 'fast-check';
import { compareStates } from '../../changes/compare-states';
import { configState } from '../../cli/read/state/config-state';
import { componentLayer, fixedComponents } from '../hub/random-components';
import { credentialLayers, deployers, fleetOf, homes, type Loose, type Model, models, nodesOf, type Subject, withPatch } from '../hub/random-hub-fleet';
import { ofSlow } from '../runs';

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
        ...credentialLayers,
        ...homes,
        { repositories: { company: { url: 'https://example.com/company', https: { secret: 'fleet/company' } } } },
        { secretStore: { aws: { region: 'us-east-1' } } },
      ),
    )
    .map((layer) => [['settings'], layer] as const);
  const others = groups.flatMap((group): readonly fc.Arbitrary<readonly [Subject, Loose]>[] => {
    const { releases, components } = model.groups[group] as Model['groups'][string];
    const release = fc.constantFrom(...Object.keys(releases['releases'])).map((one) => [['releases', group], { release: one }] as const);
    const layers = Object.keys(components)
      .filter((name) => !fixedComponents.includes(name))
      .map((name) => componentLayer(components[name]).map((layer) => [['component', group, name], layer] as const));
    return [release, ...layers];
  });
  const layer: fc.Arbitrary<readonly [Subject, Loose]> = fc.oneof(settings, ...others).filter(([, one]) => saysAnything(one));
  return fc.record({ model: fc.constant(model), path: fc.constantFrom(...nodesOf(model)), layer });
});

function asksForMetadata(version: unknown): boolean {
  return typeof version === 'string' && version.includes('the cluster secret has no');
}

/** A patch of nothing but empty maps changes nothing, and is refused. */
function saysAnything(value: Loose): boolean {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return !isMap || Object.values(value).some(saysAnything);
}

test('what one patch changes of members comes from it, whatever it says, and wherever it shows', () => {
  fc.assert(
    fc.property(edits, ({ model, path, layer: [subject, layer] }) => {
      const { changes } = compareStates(stateOf(model), stateOf(withPatch(model, subject, 'p9', [path], layer)));
      const hasMoved = (app: string) => changes.some((one) => one.kind === 'field' && one.app === app && /^sources\.\d+\.name$/.test(one.field));
      for (const change of changes) {
        if (!('cause' in change)) continue;
        // Which component a label with a name of its own enables is not in the records: its layer is not found.
        if (change.kind === 'field' && /labels\..*deploy-/.test(change.field)) continue;
        // A version asks for every annotation that is used anywhere; of whoever uses one it says the layer of the version.
        if (change.kind === 'field' && /(^|\.)targetRevision$/.test(change.field) && [change.before, change.after].some(asksForMetadata)) continue;
        // Where a source comes or goes, others move, and each is of whoever said it.
        if (change.kind === 'field' && /^sources\.\d+\./.test(change.field) && hasMoved(change.app)) continue;
        // An empty map that is filled is gone, and nobody says so.
        if (change.kind === 'field' && change.after === undefined && change.cause.now.length === 0) continue;
        expect({ ...change, cause: change.cause?.now }).toEqual({ ...change, cause: [`p9 ${path}`] });
      }
    }),
    { numRuns: ofSlow(300) },
  );
});

test('what moved without effect is told apart from what changes', () => {
  fc.assert(
    fc.property(edits, ({ model, path, layer: [subject, layer] }) => {
      const patched = withPatch(model, subject, 'p9', [path], layer);
      const again = withPatch(patched, subject, 'p9a', [path], layer);
      // The same said once more at the same places changes nothing, and is what moved.
      const { changes, moved } = compareStates(stateOf(patched), stateOf(again));
      expect(changes).toEqual([]);
      expect(moved.values > 0).toBe(moved.apps > 0);
    }),
    { numRuns: ofSlow(100) },
  );
});

test('the release that a member gets is told once, by all that it changes', () => {
  const releases = { releases: { default: {}, next: { components: { web: '2.0.0' } } } };
  const model: Model = {
    tenants: [{ name: 'a', environments: ['dev', 'prod'] }],
    settings: { secretStore: { aws: { region: 'eu-west-1' } } },
    hubs: { h: { tenant: 'a', environment: 'prod', secret: 'fleet/h' } },
    spokes: { s: { tenant: 'a', environment: 'dev', hub: 'h', secret: 'fleet/s' } },
    groups: {
      addons: {
        defaults: {},
        releases,
        components: { web: { repoURL: 'https://charts.example.com', chart: 'web', version: '1.0.0', namespace: 'web', enabled: true } },
      },
      bootstrap: {
        defaults: { bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' } },
        releases: { releases: { default: {} } },
        components: Object.fromEntries(
          ['argo-cd', 'external-secrets'].map((chart) => [chart, { repoURL: 'https://charts.example.com', chart, version: '1.0.0' }]),
        ),
      },
    },
  };
  const { changes, moved } = compareStates(stateOf(model), stateOf(withPatch(model, ['releases', 'addons'], 'p1', ['a/dev'], { release: 'next' })));
  const of = { clusterType: 'addons', app: 'releases', field: 'release' };
  const at = { targets: ['a/dev/s'], cause: { now: ['p1 a/dev'], before: ['base'], of } };
  expect(changes).toMatchObject([
    { clusterType: 'addons', app: 'web', field: 'release', before: 'default', after: 'next', ...at },
    { clusterType: 'addons', app: 'web', field: 'version', before: '1.0.0', after: '2.0.0', ...at },
    { clusterType: 'members', app: 'settings', field: 'spec.target.template.metadata.labels.addonsRelease', ...at },
  ]);
  expect(moved).toEqual({ values: 0, apps: 0 });
});
