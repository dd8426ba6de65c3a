import { JsonPatch } from 'cdk8s';
import { bootstrapOf, ClusterType, cluster, Environment, Fleet, FleetApp, Region, Sector, type TargetChart, unset } from '../../../constructs';
import { AppProject } from '../../../imports/argoproj.io';
import { application, apps, buildFleet, type ConfigContent, manifestAt, problemsOf, templatesAt } from '../../builders/fleet-builder';

type Fields = Readonly<Record<string, unknown>>;

const project = (fields: Fields = {}) => ({
  kind: 'AppProject',
  description: 'Payments',
  sourceRepos: ['https://charts.example.com', 'https://github.com/payments/*'],
  destinations: { own: { name: '*', namespace: 'web' } },
  ...fields,
});
const web = (fields: Fields = {}) => application({ project: 'payments', ...fields });
const root = { kind: 'RootApplicationSet', clusterType: 'mgmt' };
const found = (config: ConfigContent) =>
  problemsOf(config).map(({ code, file, place = [], targets = 1, severity = 'error' }) => `${severity} ${code} ${file} ${place.join('.')} ${targets}`);
const [us, production] = ['integration/int-1/us', 'production/prod-1/us'];

describe('an AppProject', () => {
  test('is rendered beside the apps, before them and in their namespace', () => {
    const fleet = buildFleet(apps({ payments: project(), web: web() }, { appProjects: { namespace: 'argocd' } }));
    expect(templatesAt(fleet, 'mgmt', us)).toMatchObject({
      payments: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AppProject',
        metadata: { name: 'payments', namespace: 'argocd', annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
        spec: { description: 'Payments', sourceRepos: expect.anything(), destinations: [{ name: '*', namespace: 'web' }] },
      },
      web: { kind: 'Application' },
    });
  });

  test('is in a wave of its own where the cluster type or it itself says so', () => {
    const wave = (value: unknown) => ({ annotations: { 'argocd.argoproj.io/sync-wave': value } });
    expect(manifestAt(apps({ payments: project() }, { appProjects: wave('-7') }), 'payments', us).metadata).toMatchObject(wave('-7'));
    expect(manifestAt(apps({ payments: project(wave('-3')) }), 'payments', us).metadata).toMatchObject(wave('-3'));
    expect(manifestAt(apps({ payments: project(wave(unset)) }), 'payments', us).metadata).not.toHaveProperty(['annotations', 'argocd.argoproj.io/sync-wave']);
  });

  test('has layers like any app: overrides, patches, functions of the target, tokens, `unset` and `enabled`', () => {
    const config = apps({
      root,
      payments: project({
        destinations: { own: { name: cluster.name, namespace: 'web' }, old: { name: '*', namespace: 'legacy' } },
        roles: { dev: { groups: ['devs'] }, ops: (target: { readonly region: string }) => ({ groups: [`ops-${target.region}`] }) },
        overrides: { production: { destinations: { old: unset }, roles: { dev: { groups: [] } } }, 'integration/int-1/eu': { enabled: false } },
        patches: {
          freeze: {
            rolledOutTo: ['integration', 'production'],
            change: { syncWindows: { freeze: { kind: 'deny', schedule: '0 0 24 12 *', duration: '72h', applications: ['*'] } } },
          },
        },
      }),
    });
    const fleet = buildFleet(config);
    expect(Object.keys(templatesAt(fleet, 'mgmt', 'integration/int-1/eu'))).toEqual(['root']);
    expect(templatesAt(fleet, 'mgmt', us).payments?.spec).toMatchObject({
      destinations: [
        { name: '*', namespace: 'legacy' },
        { name: cluster.name, namespace: 'web' },
      ],
      roles: [
        { name: 'dev', groups: ['devs'] },
        { name: 'ops', groups: ['ops-us'] },
      ],
    });
    expect(templatesAt(fleet, 'mgmt', production).payments?.spec).toMatchObject({
      destinations: [{ name: cluster.name, namespace: 'web' }],
      roles: [{ name: 'dev', groups: [] }, { name: 'ops' }],
      syncWindows: [{ kind: 'deny', schedule: '0 0 24 12 *', duration: '72h', applications: ['*'] }],
    });
  });

  test('shares layers with the apps that it is for', () => {
    const config = apps({
      team: {
        apps: { payments: project(), web: web() },
        overrides: { production: { payments: { destinations: { own: { namespace: 'pay' } } }, web: { destination: { namespace: 'pay' } } } },
      },
    });
    expect(problemsOf(config)).toEqual([]);
    expect(manifestAt(config, 'payments', production).spec.destinations).toEqual([{ name: '*', namespace: 'pay' }]);
  });

  test('is a construct too', () => {
    const fleet = new Fleet({ repository: 'https://example.com/fleet.git' });
    new Region(new Sector(new Environment(fleet, 'e'), 's'), 'r');
    new FleetApp(new ClusterType(fleet, 'mgmt'), 'payments', { kind: 'AppProject', sourceRepos: ['*'] });
    expect(fleet.chart('mgmt', 'e/s/r').findApp('payments').toJson()).toMatchObject({ kind: 'AppProject', spec: { sourceRepos: ['*'] } });
  });

  test('is checked against the schema, at the key of an item', () => {
    const config = apps({
      payments: project({
        sourceRepo: [],
        roles: { dev: { polices: [] } },
        destinations: { own: { name: '*', namespace: 7 } },
        syncWindows: { a: { kind: 'denny', schedule: '0 0 * * *', duration: '1h', applications: ['*'] } },
      }),
    });
    expect(problemsOf(config)[0]?.message).toBe("'destinations.own.namespace' has the wrong type");
    expect(problemsOf(config).map(({ code, place, hint }) => [code, place?.join('.'), hint])).toEqual([
      ['invalid-field', 'destinations.own.namespace', undefined],
      ['unknown-field', 'roles.dev.polices', "did you mean 'policies'?"],
      ['unknown-field', 'sourceRepo', "did you mean 'sourceRepos'?"],
      ['invalid-field', 'syncWindows.a.kind', "did you mean 'deny'?"],
    ]);
  });

  test('is told of where it would replace a whole list by names', () => {
    const config = apps({ payments: project({ destinations: [{ name: '*' }], overrides: { production: { destinations: { own: { name: 'x' } } } } }) });
    expect(found(config)).toEqual(['error named-sources config/mgmt/payments.ts overrides.production.destinations 1']);
  });

  test('has no workloads, and cannot be a root', () => {
    expect(found(apps({ payments: project({ workloads: () => {} }) }))).toEqual(['error unknown-key config/mgmt/payments.ts workloads 1']);
    expect(found(apps({ payments: project({ clusterType: 'mgmt' }) }))).toEqual(['error unknown-key config/mgmt/payments.ts clusterType 1']);
    expect(problemsOf(apps({ payments: { ...project(), kind: 'AppProjct' } }))).toEqual([
      expect.objectContaining({ code: 'config-shape', hint: "did you mean 'AppProject'?" }),
    ]);
  });
});

describe('an app whose project is written in the fleet', () => {
  test('may deploy what the project allows', () => {
    const apart = {
      source: unset,
      sources: { a: { repoURL: 'https://github.com/payments/web.git', path: 'x' }, b: { repoURL: 'https://charts.example.com/', ref: 'v' } },
    };
    expect(problemsOf(apps({ payments: project(), web: web() }))).toEqual([]);
    expect(problemsOf(apps({ payments: project({ sourceRepos: ['*'] }), web: web(apart) }))).toEqual([]);
  });

  test('is an error where the project does not allow its repository, reported once for all targets', () => {
    expect(problemsOf(apps({ payments: project({ sourceRepos: ['https://github.com/payments/*'] }), web: web() }))).toEqual([
      {
        code: 'project',
        message: "the project 'payments' does not allow the repository",
        expected: "what its `sourceRepos` allows: 'https://github.com/payments/*'",
        found: "'https://charts.example.com'",
        hint: "allow it in `sourceRepos` of config/mgmt/payments.ts, or change the app; if it is meant so, say why in the file of the app: `silence: { 'project source.repoURL': 'why' }`",
        app: 'web',
        file: 'config/mgmt/web.ts',
        place: ['source', 'repoURL'],
        target: 'mgmt/integration/int-1/us',
        targets: 3,
      },
    ]);
  });

  test('is an error at each of its sources, where it is written', () => {
    const sources = {
      a: { repoURL: 'https://github.com/payments/web', path: 'x' },
      b: { repoURL: 'https://github.com/others/web', path: 'x' },
    };
    const config = apps({
      payments: project(),
      web: web({ source: unset, sources, overrides: { production: { sources: { a: { repoURL: 'https://x.y' } } } } }),
    });
    expect(found(config)).toEqual([
      'error project config/mgmt/web.ts overrides.production.sources.a.repoURL 1',
      'error project config/mgmt/web.ts sources.b.repoURL 3',
    ]);
  });

  test('is an error where the project does not allow its namespace or its cluster', () => {
    const to = (destinations: unknown, destination: Fields) => found(apps({ root, payments: project({ destinations }), web: web({ destination }) }));
    const server = 'https://kubernetes.default.svc';
    expect(to([{ name: '*', namespace: 'pay-*' }], { server, namespace: 'web' })).toEqual(['error project config/mgmt/web.ts destination.namespace 3']);
    expect(to([{ server: 'https://1.2.3.4', namespace: '*' }], { server, namespace: 'web' })).toEqual([
      'error project config/mgmt/web.ts destination.server 3',
    ]);
    expect(to([{ name: '!prod-*', namespace: '*' }], { name: 'prod-1', namespace: 'web' })).toEqual(['error project config/mgmt/web.ts destination.name 3']);
    expect(to([{ name: '*', namespace: '!kube-system' }], { server, namespace: 'kube-system' })).toEqual([
      'error project config/mgmt/web.ts destination.namespace 3',
    ]);
    expect(to([], { server, namespace: 'web' })).toEqual(['error project config/mgmt/web.ts destination.server 3']);
    // Of a cluster whose name is known, nobody knows the server here.
    expect(to([{ server: 'https://1.2.3.4', namespace: 'web' }], { name: 'prod-1', namespace: 'web' })).toEqual([]);
    expect(to([{ name: 'prod-*', namespace: 'web' }], { name: cluster.name, namespace: 'web' })).toEqual([]);
    expect(to([{ name: 'prod-*', namespace: 'pay' }], { name: cluster.name, namespace: 'web' })).toEqual([
      'error project config/mgmt/web.ts destination.namespace 3',
    ]);
  });

  test('is placed in its own file where the defaults of the cluster type say what is not allowed', () => {
    const { source, ...shared } = web();
    expect(found(apps({ payments: project({ sourceRepos: [], destinations: [] }), web: { source }, api: { source } }, { applications: shared }))).toEqual([
      'error project config/mgmt/api.ts destination.server 3',
      'error project config/mgmt/api.ts source.repoURL 3',
      'error project config/mgmt/web.ts destination.server 3',
      'error project config/mgmt/web.ts source.repoURL 3',
    ]);
  });

  test('is an error only at the targets where it is so, whichever layer made it', () => {
    const config = apps({ payments: project({ overrides: { production: { sourceRepos: [] } } }), web: web() });
    expect(problemsOf(config)).toEqual([expect.objectContaining({ code: 'project', target: `mgmt/${production}` })]);
    const moved = apps({
      payments: project(),
      web: web({ project: 'default', overrides: { 'integration/int-1/eu': { project: 'payments', destination: { namespace: 'x' } } } }),
    });
    expect(problemsOf(moved)).toEqual([expect.objectContaining({ code: 'project', target: 'mgmt/integration/int-1/eu' })]);
  });

  test('is not judged where what the project allows is a mistake itself', () => {
    for (const fields of [{ sourceRepos: 'x' }, { destinations: { a: 7 } }]) {
      expect(problemsOf(apps({ payments: project(fields), web: web() })).map(({ app, code }) => [app, code])).toEqual([['payments', 'invalid-field']]);
    }
  });

  test('needs the project where it is', () => {
    const config = apps({ payments: project({ overrides: { production: { enabled: false } } }), web: web() });
    expect(found(config)).toEqual(['error project config/mgmt/web.ts project 1']);
    expect(problemsOf(apps({ payments: project({ enabled: false }), web: web({ enabled: false }) }))).toEqual([]);
  });

  test('may live in a namespace of its own where the project says so', () => {
    const namespaced = (sourceNamespaces: readonly string[]) =>
      found(apps({ payments: project({ namespace: 'argocd', sourceNamespaces }), web: web({ namespace: 'apps' }) }));
    expect(namespaced([])).toEqual(['error project config/mgmt/web.ts namespace 3']);
    expect(namespaced(['app?'])).toEqual([]);
    expect(namespaced(['/^app/'])).toEqual([]);
    expect(found(apps({ payments: project(), web: web({ namespace: 'apps' }) }))).toEqual([]);
  });

  test('is nearly one where a letter differs', () => {
    const config = apps({ payments: project(), web: web({ project: 'paymets' }), other: web({ project: 'else' }), free: web({ project: 'default' }) });
    const hint = expect.stringMatching(/^did you mean 'payments'\? .*`silence: \{ 'project project': 'why' \}`$/);
    expect(problemsOf(config)).toEqual([expect.objectContaining({ code: 'project', severity: 'warning', app: 'web', hint })]);
    // Names that are told apart on purpose: somebody else makes the other one.
    expect(problemsOf(apps({ 'team-a': project(), web: web({ project: 'team-b' }) }))).toEqual([]);
  });

  test('may be silenced, whatever of the project is in its way', () => {
    const silence = { 'project project': 'made by hand' };
    const found = (config: ConfigContent) => problemsOf(config).map(({ code, place, found: why }) => [code, place?.join('.'), why]);
    const silenced = [['silenced', 'project', 'made by hand']];
    expect(found(apps({ payments: project(), web: web({ project: 'paymets', silence }) }))).toEqual(silenced);
    expect(found(apps({ payments: project({ enabled: false }), web: web({ silence }) }))).toEqual(silenced);
  });

  test('may be an ApplicationSet, as far as its template is known', () => {
    const set = (spec: Fields) => ({
      kind: 'ApplicationSet',
      goTemplate: true,
      generators: [{ clusters: {} }],
      template: { metadata: { name: 'x-{{.name}}' }, spec: { project: 'payments', destination: { name: '{{.name}}', namespace: 'web' }, ...spec } },
    });
    const source = { repoURL: 'https://github.com/payments/web', path: 'x' };
    expect(problemsOf(apps({ payments: project(), set: set({ source }) }))).toEqual([]);
    expect(problemsOf(apps({ payments: project(), set: set({ source: { ...source, repoURL: 'https://github.com/{{.name}}/web' } }) }))).toEqual([]);
    expect(found(apps({ payments: project(), set: set({ source: { ...source, repoURL: 'https://github.com/others/web' } }) }))).toEqual([
      'error project config/mgmt/set.ts template.spec.source.repoURL 3',
    ]);
  });

  test('counts as code makes it, and so does the project', () => {
    const patched = (chart: TargetChart) => chart.findApp('web').addJsonPatch(JsonPatch.replace('/spec/source/repoURL', 'https://x.y'));
    expect(found(apps({ payments: project(), web: web() }, { customize: patched }))).toEqual(['error project config/mgmt/web.ts spec.source.repoURL 3']);
    const made = (chart: TargetChart) => {
      new AppProject(chart, 'p', { metadata: { name: 'payments' }, spec: { sourceRepos: ['https://x.y'], destinations: [{ name: '*', namespace: '*' }] } });
    };
    expect(found(apps({ web: web() }, { customize: made }))).toEqual(['error project config/mgmt/web.ts source.repoURL 3']);
  });
});

describe('where the Applications of a cluster type live in the control plane', () => {
  const hosting = { ...root, applications: 'controlPlane' };
  const fleet = (infra: Fields, mgmt: Fields): ConfigContent => ({ clusterTypes: { infra: { apps: { root: hosting, ...infra } }, mgmt: { apps: mgmt } } });

  test('the projects of the control plane count', () => {
    expect(problemsOf(fleet({ payments: project() }, { web: web() }))).toEqual([]);
    expect(found(fleet({ payments: project({ sourceRepos: [] }) }, { web: web() }))).toEqual(['error project config/mgmt/web.ts source.repoURL 3']);
  });

  test('a project of its own is an error: every cluster would apply it', () => {
    expect(problemsOf(fleet({}, { payments: project(), web: web() }))).toContainEqual(
      expect.objectContaining({ code: 'project', file: 'config/mgmt/payments.ts', hint: "move its file to the folder of 'infra'" }),
    );
  });
});

test('what starts a region brings the project of its root along, which nobody else could make', () => {
  const named = (name: string) => ({ ...root, template: { spec: { project: name } } });
  const manifests = (name: string) => {
    const fleet = buildFleet(
      apps({
        root: named(name),
        platform: project({ sourceRepos: ['https://example.com/fleet.git'], destinations: [{ name: cluster.name, namespace: 'argocd' }] }),
      }),
    );
    return bootstrapOf(fleet, { target: us }).manifests;
  };
  expect(manifests('platform').map(({ kind }) => kind)).toEqual(['Secret', 'AppProject', 'ApplicationSet']);
  expect(manifests('platform')[1]).toMatchObject({ metadata: { namespace: 'argocd' }, spec: { destinations: [{ name: 'in-cluster' }] } });
  expect(manifests('default').map(({ kind }) => kind)).toEqual(['Secret', 'ApplicationSet']);
});
