import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { fleetFromConfig } from '../../constructs';
import { layerLabel } from '../../layers/layer';
import { leaves } from '../../layers/node';
import { fieldText, RecordReader } from '../../layers/record';
import { showTokens } from '../../layers/text/token';
import { fileText } from '../../store/output/output-text';
import { readConfig } from '../../store/read/read-config';
import { type Loose, ofTargets } from '../builders/fleet-builder';
import { examples } from '../workspaces/workspace';

// The example that `config/` had when it came: whatever fleet is there now, this one is what tests know.
const fleet = ofTargets(fleetFromConfig(readConfig(examples.typescript)));
const texts = new Map<string, string>([...fleet.synth()].flatMap(({ path, files }) => files.map((file) => [`${path}/${file.path}`, fileText(file)] as const)));

function rendered(path: string): Loose {
  return parse(texts.get(path) ?? '');
}

function certManager(path: string): { readonly version: string; readonly values: Loose } {
  const { spec } = rendered(`management-cluster/${path}/templates/cert-manager.yaml`);
  return { version: spec.source.targetRevision, values: spec.source.helm.valuesObject };
}

test('has the hierarchy, the gates and the sequence of the walkthrough', () => {
  const targets = [...fleet.synth()].map(({ path }) => path).filter((path) => path.startsWith('management-cluster/'));
  expect(targets.map((path) => path.replace('management-cluster/', ''))).toEqual([
    'integration/int-sector-1/us-central1',
    'integration/int-sector-1/europe-west1',
    'integration/int-sector-2/us-central1',
    'stage/stage-sector-1/us-east1',
    'stage/stage-sector-1/europe-west1',
    'stage/stage-sector-2/ap-east1',
    'production/prod-canary/us-east1',
    'production/prod-sector-1/us-east1',
    'production/prod-sector-1/europe-east1',
  ]);
  const { default: config } = jest.requireActual('./config/fleet');
  const gates = config.environments.map(({ name, promotion, sectors }: Loose) => [name, promotion, sectors.map((sector: Loose) => sector.promotion)]);
  expect(gates).toEqual([
    ['integration', undefined, ['automated', 'automated']],
    ['stage', 'manual', [undefined, undefined]],
    ['production', 'manual', [undefined, 'manual']],
  ]);
});

test.each([
  ['integration/int-sector-1/us-central1', 'v1.19.0', true],
  ['integration/int-sector-2/us-central1', 'v1.19.0', true],
  ['stage/stage-sector-1/us-east1', 'v1.19.0', true],
  ['stage/stage-sector-1/europe-west1', 'v1.19.0', false],
  ['stage/stage-sector-2/ap-east1', 'v1.18.2', false],
  ['production/prod-canary/us-east1', 'v1.17.0', false],
  ['production/prod-sector-1/europe-east1', 'v1.17.0', false],
])('has both patches in flight: at %s cert-manager is %s, patched twice: %s', (path, version, renewsEarlier) => {
  const { version: found, values } = certManager(path);
  expect({ version: found, renewsEarlier: values.config !== undefined }).toEqual({ version, renewsEarlier });
});

test('has overrides at every level, the more specific on top', () => {
  expect(certManager('integration/int-sector-1/us-central1').values.replicaCount).toBeUndefined();
  expect(certManager('production/prod-canary/us-east1').values).toMatchObject({
    replicaCount: 3,
    resources: { requests: { memory: '512Mi' } },
    webhook: { securePort: 10260 },
  });
  expect(certManager('production/prod-sector-1/europe-east1').values).toMatchObject({ replicaCount: 3, webhook: { securePort: 10270 } });
  expect(certManager('production/prod-sector-1/europe-east1').values.nodeSelector).toBeUndefined();
  expect(certManager('production/prod-sector-1/us-east1').values).toMatchObject({ webhook: { securePort: 10270 }, nodeSelector: { region: 'us-east1' } });
});

test('records the layer of every value of every app, what roots inject included', () => {
  const { values } = fleetFromConfig(readConfig(examples.typescript)).synth();
  let count = 0;
  for (const clusterType of values.clusterTypes) {
    for (const app of values.appsOf(clusterType)) {
      const reader = new RecordReader(parse(texts.get(`_record/${clusterType}/${app.name}.yaml`) ?? ''));
      for (const target of values.targetsOf(clusterType)) {
        for (const { path, node } of leaves(app.valuesAt(target))) {
          const field = fieldText(path);
          expect([app.name, target.path, field, reader.layerOf(field, target.path)]).toEqual([app.name, target.path, field, layerLabel(node.source)]);
          count += 1;
        }
      }
    }
  }
  expect(count).toBeGreaterThan(500);
});

test('records the layer that set each value, and never a file', () => {
  const text = texts.get('_record/management-cluster/cert-manager.yaml') ?? '';
  const reader = new RecordReader(parse(text));
  const layers = [
    'source.targetRevision',
    'source.helm.valuesObject.config.renewBeforeExpiryPercentage',
    'source.helm.valuesObject.replicaCount',
    'source.chart',
    'project',
  ];
  expect(layers.map((field) => reader.layerOf(field, 'stage/stage-sector-1/us-east1'))).toEqual([
    'patch-001 stage/stage-sector-1',
    'patch-002 stage/stage-sector-1/us-east1',
    'override stage',
    'base',
    'defaults',
  ]);
  expect(text).not.toContain('.ts');
});

test('has the same values.yaml in every target: a map for what the root fills in', () => {
  const values = [...texts].filter(([path]) => path.endsWith('/values.yaml'));
  expect(values).toHaveLength(18);
  expect([...new Set(values.map(([, text]) => text))]).toEqual([expect.stringMatching(/^# Rendered by cdk8s-fleet.*\ncluster: \{\}\n$/)]);
});

test('has the workloads of an app as plain manifests, and its Application points there', () => {
  const target = 'management-cluster/production/prod-canary/us-east1';
  expect(rendered(`${target}/manifests/fleet-info/configmap-fleet-place.yaml`)).toMatchObject({
    kind: 'ConfigMap',
    data: { environment: 'production', sector: 'prod-canary', region: 'us-east1' },
  });
  expect(rendered(`${target}/templates/fleet-info.yaml`).spec.source.path).toBe(`dist/${target}/manifests/fleet-info`);
});

/** Read these when they change: they are what Argo CD receives, tokens shown as the values they stand for. */
test.each(['management-cluster', 'infra-cluster'])('%s renders this at one target', (clusterType) => {
  const manifests = Testing.synth(fleet.chart(clusterType, 'production/prod-sector-1/us-east1'));
  expect(JSON.parse(showTokens(JSON.stringify(manifests)))).toMatchSnapshot();
});
