import { parse } from 'yaml';
import { unset } from '../../../constructs';
import { fileText } from '../../../store/output/output-text';
import { buildHubFleet, certManager, type HubContent, hub1, hubProblemsOf, settings, spoke1, spoke2, withComponent } from '../../builders/hub-builder';

/** The values of a component's chart at a member, as they are written. */
function valuesAt(content: HubContent, folder: string, component = 'cert-manager'): unknown {
  const rendered = [...buildHubFleet(content).synth()].find(({ path }) => path === folder);
  const file = rendered?.files.find(({ path }) => path === `values/addons/${component}.yaml`);
  return file && parse(fileText(file));
}

test('functions of the target know the cluster, its hub, its model, its labels and its annotations', () => {
  const content: HubContent = {
    ...withComponent({
      enabled: true,
      values: (target: Record<string, Record<string, string>>) => ({
        ...Object.fromEntries(['path', 'tenant', 'environment', 'cluster', 'kind', 'hub', 'model'].map((key) => [key, target[key]])),
        team: target.labels?.team,
        region: target.annotations?.region,
      }),
    }),
    members: { settings: { ...settings, labels: { team: 'platform' }, annotations: { region: 'eu' } } },
  };
  expect(valuesAt(content, 'spokes/spoke-2')).toEqual({
    ...{ path: 'shop/prod/spoke-2', tenant: 'shop', environment: 'prod', cluster: 'spoke-2', kind: 'spoke', hub: 'hub-1', model: 'distributed' },
    ...{ team: 'platform', region: 'eu' },
  });
  expect(valuesAt(content, 'hubs/hub-1')).toMatchObject({ kind: 'hub', hub: 'hub-1', model: 'centralized' });
});

const byAnnotation = { values: { region: ({ annotations }: { annotations: Record<string, string> }) => annotations['company.example/region'] } };

test('a value that the cluster does not have is an error, and never a value that is missing', () => {
  const problems = hubProblemsOf({
    ...withComponent({ enabled: true, ...byAnnotation }),
    hubs: { 'hub-1': { ...hub1, annotations: { 'company.example/region': 'eu' } } },
    spokes: {
      'spoke-1': { ...spoke1, annotations: { 'company.example/regoin': 'eu' } },
      'spoke-2': { ...spoke2, annotations: { 'company.example/region': 'us' } },
    },
  });
  expect(problems).toEqual([
    expect.objectContaining({
      code: 'layer-throws',
      file: 'config/addons/cert-manager.ts',
      place: ['values', 'region'],
      target: 'addons/shop/dev/spoke-1',
      message: "the cluster has no annotation 'company.example/region'",
      hint: "did you mean 'company.example/regoin'?",
    }),
  ]);
});

test('whoever does not get a component need not have what its values are made of', () => {
  const content: HubContent = {
    ...withComponent({ enabled: false, ...byAnnotation, overrides: { 'shop/prod': { enabled: true } } }),
    spokes: { 'spoke-1': spoke1, 'spoke-2': { ...spoke2, annotations: { 'company.example/region': 'us' } } },
  };
  expect(hubProblemsOf(content)).toEqual([]);
  expect(valuesAt(content, 'spokes/spoke-2')).toMatchObject({ region: 'us' });
  expect(valuesAt(content, 'spokes/spoke-1')).toBeUndefined();
});

test('a function may ask whether the cluster has it, and go through all of them', () => {
  const values = ({ annotations }: { annotations: Record<string, string> }) => ({
    region: 'region' in annotations ? annotations.region : 'default',
    all: JSON.stringify(annotations),
    count: Object.keys(annotations).length,
  });
  const content: HubContent = { ...withComponent({ enabled: true, values }), spokes: { 'spoke-1': { ...spoke1, annotations: { a: 'b' } } } };
  expect(valuesAt(content, 'spokes/spoke-1')).toEqual({ region: 'default', all: '{"a":"b"}', count: 1 });
});

test('a secret that a function gives is found as well', () => {
  const [problem, ...others] = hubProblemsOf(
    withComponent({ enabled: true, values: { adminPassword: ({ cluster }: { cluster: string }) => `hunter2-${cluster}` } }),
  );
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: 'secret-value', file: 'config/addons/cert-manager.ts', place: ['values', 'adminPassword'] });
});

test('a selector that matches nobody is a warning, and one that matches somebody is none', () => {
  const selected = (team: string) => ({
    ...withComponent({ enabled: true, selector: { matchLabels: { team } } }),
    spokes: { 'spoke-1': { ...spoke1, labels: { team: 'shop' } }, 'spoke-2': spoke2 },
  });
  expect(hubProblemsOf(selected('shop'))).toEqual([]);
  expect(hubProblemsOf(selected('shpo'))).toEqual([
    expect.objectContaining({
      code: 'selector-unmatched',
      severity: 'warning',
      file: 'config/addons/cert-manager.ts',
      place: ['selector'],
      found: '3 members would get it otherwise',
    }),
  ]);
});

test('two stores may call their secrets the same; in one store they are one cluster', () => {
  const spokes = { 'spoke-1': { ...spoke1, secret: 'fleet/a' }, 'spoke-2': { ...spoke2, hub: 'hub-2', secret: 'fleet/a' } };
  const hubs = (region: string) => ({ 'hub-1': hub1, 'hub-2': { ...hub1, secret: 'fleet/hub-2', secretStore: { aws: { region } } } });
  expect(hubProblemsOf({ hubs: hubs('us-east-1'), spokes })).toEqual([]);
  expect(hubProblemsOf({ hubs: hubs('eu-west-1'), spokes })).toEqual([expect.objectContaining({ code: 'duplicate-secret', file: 'config/spokes/spoke-2.ts' })]);
});

test('a layer removes what a broader one sets, and null is what Helm makes of it', () => {
  const content = withComponent({
    enabled: true,
    values: { ...certManager.values, a: { b: 1, c: 2 }, d: 3 },
    overrides: { '*': { values: { a: { b: unset } } }, shop: { values: { d: null } } },
  });
  expect(valuesAt(content, 'spokes/spoke-1')).toMatchObject({ a: { c: 2 }, d: null });
  expect(valuesAt(content, 'hubs/hub-1')).toMatchObject({ a: { c: 2 }, d: 3 });
});
