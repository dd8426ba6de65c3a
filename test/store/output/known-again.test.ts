import type { Chart } from 'cdk8s';
import { ApiObject } from 'cdk8s';
import fc from 'fast-check';
import { cluster, type FleetOutput } from '../../../constructs';
import type { Manifest } from '../../../layers/output';
import { texts } from '../../../store/output/output-folder';
import { OwnFiles } from '../../../store/output/own-files';
import { knowsNothing } from '../../builders/chart-renderer';
import { application, apps, buildFleet, type Loose } from '../../builders/fleet-builder';
import { credentialLayers, fleetOf, membersOf, models, renderFleet, withOverride } from '../../hub/random-hub-fleet';

/** Of rendered files those that a clone of them, which knows nothing else, would not know for the tool's. */
function unknownOf(output: FleetOutput): readonly string[] {
  const files = new Map([...texts(output)].map(({ path, text }) => [path, text]));
  const own = new OwnFiles({ paths: files.keys(), text: (path: string) => files.get(path) } as never, new Set());
  return [...files.keys()].filter((path) => own.markOf(path) === undefined);
}

const releasesWithValues = fc.constantFrom<Loose>(undefined, { size: 7 }, { list: ['a'] });

test('every file of every member is known again', () => {
  const places = new Set<string>();
  fc.assert(
    fc.property(models(), releasesWithValues, fc.array(fc.tuple(fc.constantFrom(...credentialLayers), fc.nat()), { maxLength: 3 }), (drawn, values, layers) => {
      let model = layers.reduce((made, [layer, at]) => {
        const members = membersOf(made);
        return withOverride(made, ['settings'], members[at % members.length] as string, layer);
      }, drawn);
      const groups = Object.entries(model.groups).map(([name, group]) => [name, { ...group, releases: withValues(group, values) }]);
      if (values !== undefined) model = { ...model, groups: Object.fromEntries(groups) };
      const { output, files } = renderFleet(fleetOf(model));
      for (const path of files.keys()) places.add(path.split('/').slice(4).join('/'));
      expect(unknownOf(output)).toEqual([]);
    }),
    { numRuns: 100 },
  );
  expect([...places].some((path) => /^values\/[^/]+\/[^/]+\/[^/]+\.yaml$/.test(path))).toBe(true);
  expect([...places]).toContain('bootstrap/secret-stores/eu.yaml');
});

/** Every release says values of every chart. */
function withValues({ releases, components }: Loose, values: Loose): Loose {
  const pinned = (pins: Loose) =>
    Object.fromEntries(
      Object.entries<Loose>(pins).map(([component, pin]) => {
        const said = typeof pin === 'string' ? { version: pin } : pin;
        return [component, 'values' in components[component] ? { ...said, values: said.values ?? values } : pin];
      }),
    );
  const all = Object.entries<Loose>(releases.releases).map(([name, release]) => [name, { ...release, components: pinned(release.components) }]);
  return { ...releases, releases: Object.fromEntries(all) };
}

/** Names as charts have them: any kind, twice in other namespaces or groups, with characters that files lack, or left to Kubernetes. */
const object = fc
  .record({
    of: fc.constantFrom(['v1', 'ConfigMap'], ['batch/v1', 'Job'], ['example.com/v1', 'Job'], ['rbac.authorization.k8s.io/v1', 'Role']),
    metadata: fc.tuple(
      fc.constantFrom<Loose>({ name: 'a' }, { name: 'x-a' }, { generateName: 'a-' }, { name: 'a-2' }, { name: 'a:b' }),
      fc.constantFrom({}, { namespace: 'x' }, { namespace: 'y' }),
    ),
  })
  .filter(({ of: [, kind], metadata: [{ name }] }) => name !== 'a:b' || kind === 'Role');
const identity = ({ of, metadata: [{ name, generateName }, { namespace }] }: Loose) => [...of, name ?? `${generateName} generated`, namespace].join();

test('every file of every target is known again, that of an opened chart, too', () => {
  fc.assert(
    fc.property(fc.uniqueArray(object, { selector: identity, minLength: 1, maxLength: 12 }), fc.boolean(), (drawn, isLive) => {
      const objects = drawn.map(({ of: [apiVersion, kind], metadata }) => ({ apiVersion, kind, metadata: Object.assign({}, ...metadata) }) as Manifest);
      const valuesObject = isLive ? { name: cluster.name } : {};
      const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0', helm: { valuesObject } };
      const own = (chart: Chart) => {
        for (const [index, { metadata, ...rest }] of objects.entries()) {
          // Two of one name in other namespaces are refused there.
          if (metadata.name !== undefined && metadata.namespace === undefined) new ApiObject(chart, `o${index}`, { ...rest, metadata } as never);
        }
        new ApiObject(chart, 'always', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'always' } });
      };
      const fleet = buildFleet(
        apps(
          {
            root: { kind: 'RootApplicationSet', clusterType: 'mgmt' },
            web: application({ hydrate: true, source }),
            made: application({ source: undefined, workloads: own }),
          },
          { customize: own },
        ),
      );
      fleet.chartRenderer = { ...knowsNothing, render: (inputs) => inputs.map(() => ({ objects })) };
      expect(unknownOf(fleet.synth())).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
