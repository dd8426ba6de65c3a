import { comparedAfter, edited, type Files, layout, read, unsaidOf, written } from './edited-layout';

/** What layouts of this kind have besides what the fixture has. */

const sets = ['fleet/bootstrap/addons.yaml', 'fleet/fleet-bootstrap/members-application-sets/application-set-addons.yaml'];
const hubOne = 'addons/tenants/platform/environments/prod/clusters/hub-1/fleet/fleet-secret/values.yaml';

function inSets(from: string, to: string): Files {
  return Object.assign({}, ...sets.map((path) => edited(path, from, to))) as Files;
}

test('two hubs: each deploys to the clusters that it registers, and to itself', () => {
  const reading = read({
    [hubOne.replace('hub-1', 'hub-2')]: (layout[hubOne] as string).replace('fleet/hub-1', 'fleet/hub-2'),
    'fleet/fleet-bootstrap/fleet-members/hub-2/tenant3-prod-1.yaml':
      'tenant: tenant3\nenvironment: prod\nclusterName: tenant3-prod-1\nsecretManagerSecretName: fleet/tenant3-prod-1\n',
  });
  expect(unsaidOf(reading)).toEqual([]);
  expect(written(reading, 'spokes/tenant3-prod-1.ts')).toContain("hub: 'hub-2'");
  expect(written(reading, 'hubs/hub-2.ts')).toContain("secret: 'fleet/hub-2'");
  const { differing, missing, extra, renamed, components } = comparedAfter(reading);
  expect([differing, missing, extra, renamed]).toEqual([[], [], [], []]);
  expect(components).toBeGreaterThan(37);
  expect(reading.config.plans.flatMap(({ component }) => component.uses).filter(({ instance }) => instance.argoCD === 'hub-2')).toHaveLength(components - 37);
});

test('releases with another version of the wrapper have the values of that one', () => {
  const chart = Object.entries(layout).filter(([path]) => path.startsWith('charts/application-sets/'));
  const version = (name: string, map = (text: string) => text) =>
    Object.fromEntries(chart.map(([path, text]) => [path.replace('charts/', `charts/${name}/`), map(text)]));
  const reading = read({
    ...version('0.3.1'),
    ...version('0.4.0', (text) => text.replace('defaultVersion: "1.12.0"', 'defaultVersion: "1.13.0"')),
    ...edited('fleet/bootstrap/versions/applicationSets.yaml', 'type: release1\n      version: 0.3.1', 'type: release1\n      version: 0.4.0'),
    ...inSets("path: '{{ .values.chartPath }}'", "path: 'charts/{{ .version }}/application-sets'"),
  });
  expect(unsaidOf(reading)).toEqual([]);
  const releases = written(reading, 'addons/releases.ts');
  expect(releases.match(/'aws-load-balancer-controller': '[^']*'/g)).toEqual([
    "'aws-load-balancer-controller': '1.12.0'",
    "'aws-load-balancer-controller': '1.13.0'",
  ]);
  expect(comparedAfter(reading).differing).toEqual([]);
});

test('files of values of another name, and those in a folder of their own before others', () => {
  const reading = read({
    'addons/bootstrap/addons.yaml': `${layout['addons/bootstrap/addons.yaml']}metrics_server:\n  valuesFileName: own.yaml\nuseValuesFilePrefix: true\nvaluesFilePrefix: v2\n`,
    'addons/defaults/addons/metrics-server/own.yaml': 'replicas: 7\n',
    'addons/v2/tenants/tenant1/defaults/addons/cert-manager/values.yaml': 'crds: { keep: false }\n',
  });
  expect(unsaidOf(reading)).toEqual([]);
  expect(written(reading, 'addons/metrics-server.ts')).toContain('values: { replicas: 7 }');
  expect(written(reading, 'addons/cert-manager.ts')).toContain('crds: { keep: false }');
  expect(comparedAfter(reading).differing).toEqual([]);
});
