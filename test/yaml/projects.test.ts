import { type Fleet, type FleetError, fleetFromConfig } from '../../constructs';
import { locate } from '../../store/read/locate';
import { readConfig } from '../../store/read/read-config';
import { knowsNothing } from '../builders/chart-renderer';
import { migrated, yamlFleet } from '../builders/migrated';
import { layer, small, YamlFleets } from '../builders/yaml-fleets';
import { TemporaryFolders } from '../workspaces/temporary-folder';

const fleets = new YamlFleets();
const folders = new TemporaryFolders();

const payments = `appprojects:
  payments:
    additionalLabels: {team: pay}
    sourceRepos: ['https://charts.example.com']
    destinations:
      own: {name: '*', namespace: web}
      region: {name: '*', namespace: 'web-{{ .Values.cluster.region }}'}
    roles:
      dev:
        groups: [devs]
`;
const files = {
  'mc/payments/values.yaml': payments,
  'mc/payments/metadata.yaml': 'description: Payments\nowners: [team-payments]\n',
  'mc/payments/prod/override.yaml':
    "appprojects:\n  payments:\n    destinations:\n      own: {namespace: 'pay'}\n    roles: {dev: {description: Developers}}\n",
  'mc/web/values.yaml': small['mc/web/values.yaml'].replace('  web:\n', '  web:\n    project: payments\n'),
};

test('an AppProject of a YAML fleet has a section of its own, and layers', () => {
  const inProduction = { 'mc/web/prod/override.yaml': layer('destination: {namespace: pay}') };
  expect(fleets.manifest({ ...files, ...inProduction }, 'payments')).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'payments', labels: { team: 'pay' }, annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    spec: {
      description: 'Payments',
      sourceRepos: ['https://charts.example.com'],
      destinations: [
        { name: '*', namespace: 'web' },
        { name: '*', namespace: 'web-us' },
      ],
      roles: [{ name: 'dev', groups: ['devs'] }],
    },
  });
  expect(fleets.manifest({ ...files, ...inProduction }, 'payments', 'prod/p1/us').spec).toMatchObject({
    destinations: [{ name: '*', namespace: 'pay' }, {}],
    roles: [{ name: 'dev', groups: ['devs'], description: 'Developers' }],
  });
});

test('an app that its project does not allow is told of in its own file', () => {
  expect(fleets.told(files)).toEqual(['error project mc/web/values.yaml:9:7']);
});

test('objects that its project does not allow are told of with the place of the project', () => {
  const web = `${files['mc/web/values.yaml']}    hydrate: true\n`;
  const project = payments
    .replace("['https://charts.example.com']", "['*']")
    .replace('    roles:', '    clusterResourceWhitelist: [{group: x, kind: "*"}]\n    roles:');
  const fleet = fleetFromConfig(
    readConfig(fleets.make({ ...files, 'mc/payments/prod/override.yaml': undefined, 'mc/payments/values.yaml': project, 'mc/web/values.yaml': web })),
  );
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'web' } };
  (fleet as Fleet).chartRenderer = {
    ...knowsNothing,
    render: (inputs) => inputs.map(() => ({ objects: [role] })),
  };
  const problems = (() => {
    try {
      return fleet.synth().warnings;
    } catch (error) {
      return (error as FleetError).problems;
    }
  })();
  expect(locate(problems).map(({ code, file, line, see }) => [code, file, line, see?.file, see?.line])).toEqual([
    ['project', expect.stringMatching(/mc\/web\/values\.yaml$/), 10, expect.stringMatching(/mc\/payments\/values\.yaml$/), 8],
  ]);
});

test('what its defaults say, all of them have', () => {
  const defaults = { 'mc/defaults.yaml': `${small['mc/defaults.yaml']}appprojects:\n  default:\n    namespace: argocd\n` };
  const allowed = { 'mc/payments/prod/override.yaml': undefined };
  expect(fleets.manifest({ ...files, ...defaults, ...allowed }, 'payments').metadata).toMatchObject({ namespace: 'argocd' });
});

test('it becomes an AppProject in TypeScript, and nothing that is rendered changes', () => {
  const values = "appprojects:\n  payments:\n    sourceRepos: ['*']\n    destinations: {own: {name: '*', namespace: '*'}}\n";
  const override = "appprojects:\n  payments:\n    destinations: {own: {namespace: 'apps'}}\n";
  const { files: written, lost, drift } = migrated(yamlFleet({ 'payments/values.yaml': values, 'payments/e1/override.yaml': override }), folders);
  expect({ lost, drift }).toEqual({ lost: [], drift: expect.objectContaining({ changed: [], extra: [], missing: [] }) });
  expect(Object.entries(written).find(([file]) => file.includes('payments'))?.[1]).toMatch(/kind: 'AppProject',[\s\S]*destinations: \{ own/);
});

test('what `metadata.yaml` silences, the file in TypeScript does', () => {
  const values = 'applications:\n  app:\n    source: {repoURL: https://example.com, chart: x, targetRevision: 1.0.0, helm: {valuesObject: {webhook: 1}}}\n';
  const override = 'applications:\n  app:\n    source: {helm: {valuesObject: {webhok: 2}}}\n';
  const metadata = "silence:\n  'value-key source.helm.valuesObject.webhok': the chart spells it so\n";
  const {
    files: written,
    lost,
    drift,
  } = migrated(yamlFleet({ 'app/values.yaml': values, 'app/e1/override.yaml': override, 'app/metadata.yaml': metadata }), folders);
  expect({ lost, drift }).toEqual({ lost: [], drift: expect.objectContaining({ changed: [], extra: [], missing: [] }) });
  expect(Object.values(written).join('\n')).toContain("'value-key source.helm.valuesObject.webhok': 'the chart spells it so'");
});
