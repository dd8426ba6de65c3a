import { mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import fc from 'fast-check';
import { cluster, fleetFromConfig, type TargetChart } from '../../../constructs';
import { readConfig } from '../../../store/read/read-config';
import { application, apps, buildFleet } from '../../builders/fleet-builder';
import { repository } from '../../hub/random-components';
import { models as hubFleets, render } from '../../hub/random-hub-fleet';
import { ofSlow, partly } from '../../runs';
import { TemporaryFolders, write } from '../../workspaces/temporary-folder';
import { examples } from '../../workspaces/workspace';
import { Random } from '../campaign/random';
import { randomFleet } from '../campaign/random-fleet';
import { typescriptForm } from '../campaign/typescript-form';
import { CommittedOutput, stateData } from './state-law';

const folders = new TemporaryFolders();

test.each(Object.entries(examples))('the state that Git recorded of the example in %s is the one that its configuration renders', (_, config) => {
  const [recorded, rendered] = new CommittedOutput(folders.make()).states(fleetFromConfig(readConfig(config)).synth());
  expect(stateData(recorded)).toEqual(stateData(rendered));
  expect(recorded.files.length).toBeGreaterThan(50);
  expect(recorded.records.length).toBeGreaterThan(6);
});

test.each(partly(Object.entries(examples), 1))('ids are those of a repository with long ones too: the example in %s', (_, config) => {
  const [recorded, rendered] = new CommittedOutput(folders.make(), '--object-format=sha256').states(fleetFromConfig(readConfig(config)).synth());
  expect(stateData(recorded)).toEqual(stateData(rendered));
  expect(new Set(recorded.files.map(({ id }) => id.length))).toEqual(new Set([64]));
});

test('the state that Git recorded is the one that the configuration renders, whatever the fleet', () => {
  const committed = new CommittedOutput(folders.make());
  const above = folders.make();
  // What the files import.
  symlinkSync(join(__dirname, '../../../node_modules'), join(above, 'node_modules'));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      const config = mkdtempSync(join(above, 'config-'));
      write(config, typescriptForm(randomFleet(new Random(seed), false)));
      const [recorded, rendered] = committed.states(fleetFromConfig(readConfig(config)).synth());
      expect(stateData(recorded)).toEqual(stateData(rendered));
    }),
    { numRuns: ofSlow(100) },
  );
});

test('the state that Git recorded of a fleet of hubs is the one that the configuration renders, whatever the fleet', () => {
  const committed = new CommittedOutput(folders.make());
  fc.assert(
    fc.property(hubFleets(), (model) => {
      const [recorded, rendered] = committed.states(render(model).output);
      expect(stateData(recorded)).toEqual(stateData(rendered));
    }),
    { numRuns: ofSlow(150) },
  );
});

test('the state that Git recorded of spokes that read mirrors has for each the root of its own', () => {
  const version = { repoURL: 'https://charts.example.com', version: '1.0.0' };
  const spoke = { hub: 'h', model: 'distributed', manages: [] };
  const { output } = render({
    tenants: [
      { name: 'a', environments: ['dev'] },
      { name: 'b', environments: ['prod'] },
    ],
    settings: { secretStore: { aws: { region: 'eu-west-1' } }, overrides: { a: { repository: 'https://mirror.example.com/fleet.git' } } },
    groups: {
      bootstrap: {
        defaults: { bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' } },
        releases: { releases: { default: {} } },
        components: { 'argo-cd': { ...version, chart: 'argo-cd' }, 'external-secrets': { ...version, chart: 'external-secrets' } },
      },
    },
    hubs: { h: { tenant: 'a', environment: 'dev', secret: 'h' } },
    spokes: {
      s1: { ...spoke, tenant: 'a', environment: 'dev', secret: 's1' },
      s2: { ...spoke, tenant: 'b', environment: 'prod', secret: 's2' },
    },
  });
  const [recorded, rendered] = new CommittedOutput(folders.make()).states(output);
  expect(stateData(recorded)).toEqual(stateData(rendered));
  const roots = stateData(recorded).files.filter(({ file }) => file.endsWith('fleet-spokes.yaml') && file.startsWith('members '));
  expect(roots.map(({ content }) => (content as { spec: { source: { repoURL: string } } }).spec.source.repoURL)).toEqual([
    'https://mirror.example.com/fleet.git',
    repository,
  ]);
});

test('the state that Git recorded is the one that the configuration renders, whatever folders are called', () => {
  const fleet = {
    repository: 'https://example.com/fleet.git',
    environments: ['templates', 'manifests', 'Chart.yaml'].map((name) => ({ name, sectors: [{ name: 'manifests', regions: ['values.yaml', 'x'] }] })),
  };
  const workloads = (chart: TargetChart) => new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: '{{`b`}}' } });
  const own = { project: 'default', destination: { server: 'https://kubernetes.default.svc', namespace: 'x' }, workloads };
  const clusterTypes = { manifests: { apps: { templates: own, manifests: application() } }, templates: { apps: { chart: own, values: application() } } };
  const [recorded, rendered] = new CommittedOutput(folders.make()).states(buildFleet({ fleet, clusterTypes }).synth());
  expect(stateData(recorded)).toEqual(stateData(rendered));
  expect(recorded.files).toHaveLength(6 * 6);
});

test('the state that Git recorded is the one that the configuration renders where keys hold values of the cluster', () => {
  const key = `k-${cluster.name}`;
  const source = { repoURL: 'https://example.com/web.git', path: 'web', helm: { valuesObject: { [key]: { a: 1 }, list: [{ [key]: cluster.name }] } } };
  const overrides = { production: { source: { helm: { valuesObject: { [key]: { a: 2 } } } } } };
  const output = buildFleet(apps({ web: application({ source, overrides }), root: { kind: 'RootApplicationSet', clusterType: 'mgmt' } })).synth();
  const committed = new CommittedOutput(folders.make());
  const [recorded, rendered] = committed.states(output);
  expect(stateData(recorded)).toEqual(stateData(rendered));
  const [web] = recorded.records.filter(({ app }) => app === 'web');
  expect([...(web?.read().fields ?? [])]).toEqual(["source.helm.valuesObject.'k-{{ .Values.cluster.name }}'.a"]);
});
