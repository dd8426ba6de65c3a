import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  ClusterType,
  cluster,
  DimensionNode,
  type DimensionNodeProps,
  Environment,
  Fleet,
  FleetApp,
  FleetAppGroup,
  FleetError,
  Override,
  Patch,
  Region,
  RootApplicationSet,
  Sector,
  TargetChart,
} from '../../constructs';
import type { ApplicationConfig, ApplicationFields } from '../../constructs/tree/config/app-config';
import * as argoproj from '../../imports/argoproj.io';
import { toYaml } from '../../store/yaml/yaml-text';
import { application, apps, buildFleet, smallFleet, templatesAt } from '../builders/fleet-builder';

const web = application() as ApplicationConfig & ApplicationFields;
const path = 'production/prod-canary/us-east1';

/** The hierarchy of the example, as far as these tests go, built by hand. */
function handmade(): { fleet: Fleet; mgmt: ClusterType } {
  const fleet = new Fleet({ repository: 'https://example.com/fleet.git' });
  const integration = new Environment(fleet, 'integration');
  new Region(new Sector(integration, 'int-sector-1', { promotion: 'automated' }), 'us-central1');
  const production = new Environment(fleet, 'production', { promotion: 'manual' });
  new Region(new Sector(production, 'prod-canary'), 'us-east1');
  return { fleet, mgmt: new ClusterType(fleet, 'mgmt', { applications: { namespace: 'argocd' } }) };
}

function filesAt(fleet: Fleet, at = path): readonly string[] {
  return fleet
    .synth()
    .folder('mgmt', at)
    .files.map((file) => file.path);
}

test('nodes written construct by construct name their approvers, and where what is rendered for them lies', () => {
  const fleet = new Fleet({ repository: 'https://example.com/fleet.git' });
  const production = new Environment(fleet, 'production', { approvers: ['@company/sre'] });
  new Region(new Sector(production, 'canary'), 'us', { approvers: ['@company/us'] });
  new FleetApp(new ClusterType(fleet, 'mgmt', { applications: { namespace: 'argocd' } }), 'web', web);
  const output = fleet.synth();
  expect(output.nodes.map(({ path, node }) => [path, node.approvers])).toEqual([
    ['production', ['@company/sre']],
    ['production/canary', []],
    ['production/canary/us', ['@company/us']],
  ]);
  expect(output.places()).toEqual(output.nodes.map((node) => ({ folder: `mgmt/${node.path}`, reaches: [node.path] })));
});

test('a fleet written construct by construct has budgets and exemptions, of what there is', () => {
  const exemption = { rule: 'soak', app: 'mgmt/web', path: 'production/prod-canary', reason: 'x', owner: 'y', until: '2026-12-31' };
  const made = (budget: DimensionNodeProps['budget'], ...exemptions: readonly (typeof exemption)[]) => {
    const { fleet, mgmt } = handmade();
    new Region(new Sector(new Environment(fleet, 'lab', { budget }), 'one'), 'us');
    new FleetApp(mgmt, 'web', web);
    for (const one of exemptions) fleet.addExemption(one);
    return fleet;
  };
  const law = { nodes: [{ path: 'production' }, { path: 'lab', budget: { sector: 1 } }], exemptions: [exemption] };
  expect(made({ sectors: 1 }, exemption).synth().records().files[0]).toMatchObject({ record: { law } });
  expect(problemsOf(() => made({ targets: 0 }, exemption, { ...exemption, app: 'mgmt/wbe' }).synth())).toMatchObject([
    { code: 'unknown-app', place: ['exemptions', '1', 'app'], hint: "did you mean 'mgmt/web'?" },
    { code: 'wrong-type', place: ['lab', 'budget', 'targets'], message: "'targets' of the budget of 'lab' is no count" },
  ]);
});

test('nodes written construct by construct say why they are frozen, until a day in UTC, a moment, or for good', () => {
  const fleet = new Fleet({ repository: 'https://example.com/fleet.git' });
  const production = new Environment(fleet, 'production', { freeze: { reason: 'x', until: '2026-12-31' } });
  const canary = new Sector(production, 'canary', { freeze: { reason: 'y', until: '2026-12-31T18:00+01:00' } });
  new Region(canary, 'us', { freeze: 'z' });
  // An end that nobody can read does not come.
  new Region(canary, 'eu', { freeze: { reason: 'z', until: 'soon' } });
  new FleetApp(new ClusterType(fleet, 'mgmt', { applications: { namespace: 'argocd' } }), 'web', web);
  expect(fleet.synth().nodes.map(({ node }) => node.freeze)).toEqual([
    { reason: 'x', until: '2026-12-31', ends: Date.UTC(2027, 0, 1) - 1 },
    { reason: 'y', until: '2026-12-31T18:00+01:00', ends: Date.UTC(2026, 11, 31, 17) },
    { reason: 'z' },
    { reason: 'z', until: 'soon' },
  ]);
});

test('a fleet written construct by construct renders what the same fleet renders as configuration', () => {
  const { fleet, mgmt } = handmade();
  const app = new FleetApp(mgmt, 'web', web);
  new Override(app, 'production', { source: { targetRevision: '0.9.0' } });
  new Patch(app, 'patch-001', { description: 'newer', rolledOutTo: ['integration/int-sector-1'], change: { source: { targetRevision: '2.0.0' } } });
  new RootApplicationSet(mgmt, 'root', { clusterType: 'mgmt', applications: 'controlPlane' });
  const group = new FleetAppGroup(mgmt, 'pair', { apps: { a: web, b: web } });
  new Patch(group, 'patch-001', { rolledOutTo: ['integration'], change: { a: { labels: { a: 'b' } } } });

  const configured = buildFleet({
    fleet: {
      repository: 'https://example.com/fleet.git',
      environments: [
        { name: 'integration', sectors: [{ name: 'int-sector-1', promotion: 'automated', regions: ['us-central1'] }] },
        { name: 'production', promotion: 'manual', sectors: [{ name: 'prod-canary', regions: ['us-east1'] }] },
      ],
    },
    ...apps(
      {
        web: {
          ...web,
          overrides: { production: { source: { targetRevision: '0.9.0' } } },
          patches: { 'patch-001': { rolledOutTo: ['integration/int-sector-1'], change: { source: { targetRevision: '2.0.0' } } } },
        },
        root: { kind: 'RootApplicationSet', clusterType: 'mgmt', applications: 'controlPlane' },
        pair: { apps: { a: web, b: web }, patches: { 'patch-001': { rolledOutTo: ['integration'], change: { a: { labels: { a: 'b' } } } } } },
      },
      { applications: { namespace: 'argocd' } },
    ),
  });
  for (const target of ['integration/int-sector-1/us-central1', path]) {
    expect(templatesAt(fleet, 'mgmt', target)).toEqual(templatesAt(configured, 'mgmt', target));
  }
  expect(Object.keys(templatesAt(fleet, 'mgmt', path))).toEqual(['a', 'b', 'root', 'web']);
});

test('nodes know their path, and dimensions of other names are plain nodes', () => {
  const fleet = new Fleet({ repository: 'x', dimensions: ['tenants', 'clusters'] });
  const tenant = new DimensionNode(fleet, 'tenant-a', { promotion: 'manual' });
  const cluster = new DimensionNode(tenant, 'cluster-1');
  new FleetApp(new ClusterType(fleet, 'mgmt'), 'web', web);
  expect(cluster.path).toBe('tenant-a/cluster-1');
  expect(tenant.nodes).toEqual([cluster]);
  expect([...fleet.synth()].map((folder) => folder.path)).toEqual(['_record', 'mgmt/tenant-a/cluster-1']);
});

test('Testing.synth snapshots a target', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', web);
  const chart = fleet.chart('mgmt', path);
  expect(chart).toBeInstanceOf(TargetChart);
  expect(chart.target).toMatchObject({ environment: 'production', sector: 'prod-canary', region: 'us-east1', clusterType: 'mgmt', path });
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
    [
      {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {
          "name": "web",
          "namespace": "argocd",
        },
        "spec": {
          "destination": {
            "namespace": "web",
            "server": "https://kubernetes.default.svc",
          },
          "project": "default",
          "source": {
            "chart": "web",
            "repoURL": "https://charts.example.com",
            "targetRevision": "1.0.0",
          },
        },
      },
    ]
  `);
});

test('ApiObject.addJsonPatch changes what is rendered for this target only', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', web);
  const object = fleet.chart('mgmt', path).findApp('web');
  object.addJsonPatch(JsonPatch.replace('/spec/source/targetRevision', '9.9.9'));
  object.metadata.addLabel('patched', 'yes');
  expect(templatesAt(fleet, 'mgmt', path).web).toMatchObject({ metadata: { labels: { patched: 'yes' } }, spec: { source: { targetRevision: '9.9.9' } } });
  expect(templatesAt(fleet, 'mgmt', 'integration/int-sector-1/us-central1').web).toMatchObject({ spec: { source: { targetRevision: '1.0.0' } } });
});

test('an object that nobody changed goes through cdk8s as the very manifest that was checked', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', web);
  const [object] = Testing.synth(fleet.chart('mgmt', path));
  expect(templatesAt(fleet, 'mgmt', path).web).toBe(object);
});

test('a customized target renders the bytes of one that was not: cdk8s and the fast path agree', () => {
  const rich = {
    ...web,
    labels: { b: '2', a: '1' },
    source: { repoURL: 'x', path: 'y', helm: { valuesObject: { 10: 'ten', 9: 'nine', z: [{ b: 1, a: [] }], empty: {}, text: 'a\nb\n', no: 'yes' } } },
  };
  const plain = handmade();
  new FleetApp(plain.mgmt, 'web', rich);
  const custom = handmade();
  new FleetApp(custom.mgmt, 'web', rich);
  // Patched there and back: the object is cdk8s's own work, and says the same.
  custom.mgmt.customize((chart) => chart.findApp('web').addJsonPatch(JsonPatch.add('/spec/x', 1), JsonPatch.remove('/spec/x')));
  const [expected, found] = [plain.fleet, custom.fleet].map((fleet) => templatesAt(fleet, 'mgmt', path).web);
  expect(found).not.toBe(expected);
  expect(toYaml(found as never)).toBe(toYaml(expected as never));
});

test('constructs beside ours are rendered into the templates of the target', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', web);
  mgmt.customize((chart) => {
    if (chart.target.environment !== 'production') return;
    new kplus.ConfigMap(chart, 'extra', { metadata: { name: 'extra' }, data: { region: chart.target.region } });
    new argoproj.AppProject(chart, 'project', { metadata: { name: 'platform' }, spec: { sourceRepos: ['*'] } });
  });
  expect(filesAt(fleet)).toEqual(['Chart.yaml', 'values.yaml', 'templates/web.yaml', 'templates/configmap-extra.yaml', 'templates/appproject-platform.yaml']);
  expect(templatesAt(fleet, 'mgmt', path)['configmap-extra']).toMatchObject({ kind: 'ConfigMap', data: { region: 'us-east1' } });
  expect(filesAt(fleet, 'integration/int-sector-1/us-central1')).toEqual(['Chart.yaml', 'values.yaml', 'templates/web.yaml']);
});

test('configuration customizes charts too: both commands render what its constructs say', () => {
  const fleet = buildFleet(
    apps(
      { web },
      {
        customize: (chart: TargetChart) => {
          chart.findApp('web').metadata.addAnnotation('region', chart.target.region);
        },
      },
    ),
  );
  expect(templatesAt(fleet, 'mgmt', 'integration/int-1/eu').web?.metadata.annotations).toEqual({ region: 'eu' });
});

test('a customization that throws is placed where it stands', () => {
  const fleet = buildFleet(apps({ web }, { customize: (chart: TargetChart) => chart.findApp('wbe') }));
  expect(problemsOf(() => fleet.synth())).toMatchObject([{ code: 'config-throws', file: 'config/mgmt/defaults.ts', place: ['customize'] }]);
});

test('objects declared in a chart that was asked for are rendered with it', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', web);
  new kplus.ConfigMap(fleet.chart('mgmt', path), 'extra', { metadata: { name: 'extra' } });
  expect(filesAt(fleet)).toContain('templates/configmap-extra.yaml');
});

test('what a json patch or a construct breaks is found before anything is rendered', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', web);
  mgmt.customize((chart) => {
    chart.findApp('web').addJsonPatch(JsonPatch.add('/spec/syncPolcy', {}));
    new ApiObject(chart, 'project', { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'p' }, spec: { sourceRepo: ['*'] } });
  });
  expect(problemCodes(() => fleet.synth())).toEqual(['unknown-field', 'unknown-field']);
});

test('node.addValidation has its say, in the fleet and in the chart of a target', () => {
  const { fleet, mgmt } = handmade();
  const app = new FleetApp(mgmt, 'web', web);
  app.node.addValidation({ validate: () => ['no owner'] });
  mgmt.customize((chart) => chart.node.addValidation({ validate: () => ['too quiet'] }));
  const problems = problemsOf(() => fleet.synth());
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual(['validation: [mgmt] too quiet', 'validation: no owner']);
  expect(problems[1]?.place).toEqual(['cluster-type mgmt/web']);
});

test('what code makes of an app is checked like the app itself', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', web);
  new RootApplicationSet(mgmt, 'root', { clusterType: 'mgmt', inject: { NAME: '{{.name}}' } });
  mgmt.customize((chart) => {
    const object = chart.findApp('web');
    object.addJsonPatch(JsonPatch.remove('/spec/source'), JsonPatch.add('/metadata/labels', { t: cluster.name.toUpperCase(), 'a b': 'c' }));
    object.addJsonPatch(JsonPatch.replace('/metadata/name', 'Other_Name'));
  });
  expect([...problemCodes(() => fleet.synth())].sort()).toEqual(['invalid-name', 'invalid-name', 'no-source', 'token-broken']);
});

test('a layer of one of several apps is refused: they share their layers', () => {
  const { fleet, mgmt } = handmade();
  const group = new FleetAppGroup(mgmt, 'pair', { apps: { a: web, b: web } });
  new Override(group.apps[0] as FleetApp, 'production', { labels: { a: 'b' } });
  expect(problemCodes(() => fleet.synth())).toEqual(['unknown-key']);
});

test('objects of one kind and name in different namespaces are files of their own, and never leave their folder', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', {
    project: 'default',
    destination: { server: 'https://kubernetes.default.svc' },
    workloads: (chart) => {
      for (const namespace of ['x', 'y']) new kplus.ConfigMap(chart, namespace, { metadata: { name: 'ca', namespace } });
      new ApiObject(chart, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'system:../../x' } });
    },
  });
  expect(filesAt(fleet).slice(3)).toEqual(['manifests/web/configmap-x-ca.yaml', 'manifests/web/configmap-y-ca.yaml', 'manifests/web/role-system_.._.._x.yaml']);
});

test('two objects of one file name are refused', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'configmap-x', web);
  mgmt.customize((chart) => new kplus.ConfigMap(chart, 'x', { metadata: { name: 'x' } }) as never);
  expect(problemCodes(() => fleet.synth())).toEqual(['duplicate-file']);
});

test('after a chart was asked for nothing can be declared any more: it would come too late', () => {
  const { fleet, mgmt } = handmade();
  const app = new FleetApp(mgmt, 'web', web);
  fleet.chart('mgmt', path);
  expect(() => new Patch(app, 'patch-001', { rolledOutTo: [], change: {} })).toThrow('Cannot add children');
});

test('a chart that is not there is named with what was meant', () => {
  const { fleet, mgmt } = handmade();
  new FleetApp(mgmt, 'web', web);
  expect(problemsOf(() => fleet.chart('mgnt', path))).toMatchObject([{ code: 'unknown-cluster-type', hint: "did you mean 'mgmt'?" }]);
  expect(problemsOf(() => fleet.chart('mgmt', 'production/prod-canary'))).toMatchObject([{ code: 'unknown-path' }]);
  expect(fleet.chart('mgmt', path).tryFindApp('wbe')).toBeUndefined();
  expect(() => fleet.chart('mgmt', path).findApp('wbe')).toThrow("mgmt has no app 'wbe' at production/prod-canary/us-east1");
});

test('a mistake in code is placed at the construct', () => {
  const { fleet, mgmt } = handmade();
  const app = new FleetApp(mgmt, 'web', web);
  new Patch(app, 'patch-001', { rolledOutTo: ['integration/int-sector-9' as never], change: { labels: { a: 'b' } } });
  expect(problemsOf(() => fleet.synth())).toMatchObject([{ code: 'unknown-path', place: ['cluster-type mgmt/web/patch patch-001', 'rolledOutTo', '0'] }]);
});

describe('workloads', () => {
  const workload: ApplicationConfig & ApplicationFields = {
    project: 'default',
    destination: { server: 'https://kubernetes.default.svc', namespace: 'hello' },
    values: { replicas: 1, tag: '1.0' },
    overrides: { production: { values: { replicas: 3 } } },
    workloads: (chart, target, values) => {
      const deployment = new kplus.Deployment(chart, 'hello', { replicas: Number(values.replicas) });
      deployment.addContainer({ image: `hello:${values.tag}`, portNumber: 8080, envVariables: { REGION: kplus.EnvValue.fromValue(target.region) } });
      deployment.exposeViaService();
    },
  };

  function withWorkload() {
    const { fleet, mgmt } = handmade();
    const app = new FleetApp(mgmt, 'hello', workload);
    new Patch(app, 'patch-001', { rolledOutTo: ['integration'], change: { values: { tag: '2.0' } } });
    return fleet;
  }

  test('are rendered beside the templates, one object a file, and the Application points there', () => {
    const fleet = withWorkload();
    expect(templatesAt(fleet, 'mgmt', path).hello).toMatchObject({
      metadata: { annotations: { 'argocd.argoproj.io/manifest-generate-paths': '.' } },
      spec: { source: { repoURL: 'https://example.com/fleet.git', targetRevision: 'HEAD', path: `dist/mgmt/${path}/manifests/hello` } },
    });
    expect(templatesAt(fleet, 'mgmt', path).hello?.spec).not.toHaveProperty('values');
    const files = filesAt(fleet);
    expect(files.slice(0, 3)).toEqual(['Chart.yaml', 'values.yaml', 'templates/hello.yaml']);
    expect(files.slice(3)).toEqual([expect.stringMatching(/^manifests\/hello\/deployment-/), expect.stringMatching(/^manifests\/hello\/service-/)]);
  });

  test('see the target and their layered values: a patch reaches into them', () => {
    const fleet = withWorkload();
    const deploymentAt = (at: string) => Testing.synth(fleet.workloads('mgmt', 'hello', at)).find(({ kind }) => kind === 'Deployment').spec;
    expect(deploymentAt(path)).toMatchObject({
      replicas: 3,
      template: { spec: { containers: [{ image: 'hello:1.0', env: [{ name: 'REGION', value: 'us-east1' }] }] } },
    });
    expect(deploymentAt('integration/int-sector-1/us-central1')).toMatchObject({ replicas: 1, template: { spec: { containers: [{ image: 'hello:2.0' }] } } });
  });

  test('are not asked for where the app is not enabled', () => {
    const { fleet, mgmt } = handmade();
    new FleetApp(mgmt, 'hello', { ...workload, enabled: (target) => target.environment === 'production' });
    expect(filesAt(fleet, 'integration/int-sector-1/us-central1')).toEqual(['Chart.yaml', 'values.yaml']);
    expect(filesAt(fleet)).toHaveLength(5);
  });
});

test('there are constructs for kinds of Argo CD, which spell its fields as it does', () => {
  const chart = Testing.chart();
  new argoproj.Application(chart, 'x', {
    metadata: { name: 'x' },
    spec: { project: 'p', destination: {}, source: { repoURL: 'https://example.com', path: 'y' } },
  });
  expect(Testing.synth(chart)[0].spec.source).toEqual({ repoURL: 'https://example.com', path: 'y' });
});

test('inputs are never changed, and may be frozen', () => {
  const freeze = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };
  const app = {
    ...web,
    overrides: { production: { labels: { a: 'b' } } },
    patches: { p: { rolledOutTo: ['integration'], change: { labels: { c: 'd' } } } },
  };
  const rendered = [...buildFleet(apps({ web: app })).synth()];
  const before = JSON.stringify([app, smallFleet]);
  expect([...buildFleet({ ...apps({ web: freeze(app) }), fleet: freeze(smallFleet) }).synth()]).toEqual(rendered);
  expect(JSON.stringify([app, smallFleet])).toBe(before);
});

function problemsOf(run: () => unknown): readonly { readonly code: string; readonly message: string; readonly place?: readonly string[] }[] {
  try {
    run();
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
  return [];
}

function problemCodes(run: () => unknown): readonly string[] {
  return problemsOf(run).map(({ code }) => code);
}
