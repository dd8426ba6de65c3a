import { chdir, cwd } from 'node:process';
import { differences, FleetError, readFleet, type TestedFleet } from 'cdk8s-fleet/testing';
import { longTest } from '../../long-test';
import { isLongForm } from '../../runs';
import { formsOr } from '../../workspaces/rollout-workspace';
import { examples, Workspace } from '../../workspaces/workspace';

const home = cwd();
const workspaces: Workspace[] = [];

afterEach(() => chdir(home));

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

function workspaceOf(files?: Readonly<Record<string, string>>): Workspace {
  const workspace = new Workspace(files);
  workspaces.push(workspace);
  return workspace;
}

/** The example, read once. */
let read: TestedFleet | undefined;
const example = () => {
  read ??= readFleet(examples.typescript);
  return read;
};

const canary = 'production/prod-canary/us-east1';
/** The characters around a token, which no editor shows. */
const invisible = /[\uE0F0-\uE0F2]/;

describe.each(formsOr('typescript'))('a fleet in %s', (form) => {
  let fleet: TestedFleet;
  beforeAll(() => {
    fleet = form === 'typescript' ? example() : readFleet(examples[form]);
  });

  test('has the hierarchy in sequence', () => {
    expect(fleet.topology).toBe('dimensions');
    expect(fleet.dimensions).toEqual(['environment', 'sector', 'region']);
    expect(fleet.outermost).toEqual(['integration', 'stage', 'production']);
    expect(fleet.paths.slice(0, 4)).toEqual([
      'integration',
      'integration/int-sector-1',
      'integration/int-sector-1/us-central1',
      'integration/int-sector-1/europe-west1',
    ]);
  });

  test('has its targets, each with the names of its nodes', () => {
    expect(fleet.clusterTypes).toEqual(['infra-cluster', 'management-cluster']);
    expect(fleet.targets).toHaveLength(18);
    const target = fleet.target('management-cluster', canary);
    expect(target).toMatchObject({ path: canary, names: { environment: 'production', sector: 'prod-canary', region: 'us-east1' } });
    expect(target.apps).toEqual(['cert-manager', 'fleet-info', 'hypershift', 'prometheus']);
    expect([target.isIn('production'), target.isIn('production/prod-canary'), target.isIn(canary), target.isIn('prod'), target.isIn('stage')]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('gives manifests as objects, tokens as the expressions that they stand for', () => {
    const { kind, metadata, spec } = fleet.target('management-cluster', canary).application('cert-manager');
    expect({ kind, name: metadata.name, destination: spec.destination, version: spec.source?.targetRevision }).toEqual({
      kind: 'Application',
      name: 'cert-manager',
      destination: { name: '{{ .Values.cluster.name }}', namespace: 'cert-manager' },
      version: 'v1.17.0',
    });
    const root = fleet.target('infra-cluster', canary).applicationSet('management-cluster-root');
    expect(root.spec.template.spec.source?.path).toBe(`dist/management-cluster/${canary}`);
    expect(fleet.targets.filter((target) => invisible.test(JSON.stringify(target.files)) || invisible.test(target.toYaml())).map(String)).toEqual([]);
  });

  test('gives what workloads declare, which is code', () => {
    const place = fleet.target('management-cluster', canary).manifests.find(({ kind }) => kind === 'ConfigMap');
    if (form === 'yaml') expect(place).toBeUndefined();
    else expect(place).toMatchObject({ metadata: { name: 'fleet-place' }, data: { sector: 'prod-canary' } });
  });

  test('gives values with all layers merged', () => {
    const target = fleet.target('management-cluster', canary);
    expect(target.values('cert-manager')).toMatchObject({ replicaCount: 3, crds: { enabled: true } });
    expect(target.values('prometheus')).toMatchObject({ grafana: { enabled: false } });
    // Written as a text.
    expect(fleet.target('infra-cluster', canary).values('argocd')).toMatchObject({ configs: { params: { 'server.insecure': true } } });
    expect(fleet.target('infra-cluster', canary).values('infra-cluster-root')).toEqual({});
  });

  test('lists what is deployed, in a line each', () => {
    const deployed = fleet.deployed('production/prod-canary').filter(({ app }) => app.clusterType === 'management-cluster');
    expect(deployed.map(String)).toEqual([
      `cert-manager of management-cluster at ${canary} (v1.17.0)`,
      `fleet-info of management-cluster at ${canary} (HEAD)`,
      `hypershift of management-cluster at ${canary} (v0.1.62)`,
      `prometheus of management-cluster at ${canary} (77.5.0, main)`,
    ]);
    expect(fleet.deployed()).toHaveLength(9 * 7);
    expect(deployed[0]?.app).toMatchObject({ owners: ['team-platform@example.com'], kind: 'Application' });
  });

  longTest('without an environment nothing is rendered there, and the rest as before', () => {
    const changed = differences(fleet.without('production'), fleet);
    expect(changed.length).toBeGreaterThan(20);
    expect(changed.filter(({ target, before }) => !target.isIn('production') || before !== undefined)).toEqual([]);
    expect(changed.map(String)).toContain(`added management-cluster at ${canary}: templates/cert-manager.yaml`);
  });

  longTest('without its first environment the gates of the others are passed by, and they are as they were', () => {
    expect(fleet.without('integration').target('management-cluster', canary).files).toEqual(fleet.target('management-cluster', canary).files);
  });
});

describe('a fleet of hubs and spokes', () => {
  let fleet: TestedFleet;
  beforeAll(() => {
    fleet = readFleet(examples.hub);
  });

  test('has its clusters, and what each gets from whom', () => {
    expect(fleet.topology).toBe('hub-and-spoke');
    expect(fleet.members.map(({ name }) => name)).toContain('tenant1-dev-workload2');
    expect(fleet.member('tenant1-dev-workload2')).toMatchObject({ model: 'distributed', labels: { tenant: 'tenant1' } });
    expect(fleet.member('tenant1-dev-workload2').components).toContainEqual({
      name: 'cert-manager',
      group: 'addons',
      release: 'release1',
      version: 'v1.19.0',
      deployedBy: 'tenant1-dev-workload2',
    });
  });

  test('gives the Application that Argo CD makes of a component for a cluster, and the values of its chart', () => {
    const target = fleet.target('addons', 'tenant1-dev-workload1');
    expect(target).toBe(fleet.target('addons', 'tenant1/dev/tenant1-dev-workload1'));
    expect(target.application('cert-manager').spec.sources?.[0]).toMatchObject({ chart: 'cert-manager', targetRevision: 'v1.19.0' });
    expect(target.application('cert-manager')).not.toHaveProperty('values');
    expect(target.values('cert-manager')).toMatchObject({ crds: { enabled: true } });
    expect(target.versions('cert-manager')).toEqual(['v1.19.0', 'HEAD']);
    expect(fleet.target('members', 'hub-1').manifests.map(({ kind }) => kind)).toContain('ExternalSecret');
  });

  test('has components that belong to somebody, those of a group to whom it belongs', () => {
    expect(fleet.app('addons', 'cert-manager').owners).toEqual(['team-platform@example.com']);
    expect(fleet.apps.map(({ name }) => name)).not.toContain('releases');
  });

  longTest('without a tenant all other clusters get what they got', () => {
    const changed = differences(fleet.without('tenant1/dev'), fleet);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter(({ target }) => !target.isIn('tenant1/dev')).map(String)).toEqual([]);
  });
});

describe('what is not there is a mistake, and never an empty list', () => {
  let fleet: TestedFleet;
  beforeAll(() => {
    fleet = example();
  });

  test.each<[string, (fleet: TestedFleet) => unknown, string]>([
    ['a path', (all) => all.deployed('prodution'), "the dimension path 'prodution' does not exist; did you mean 'production'?"],
    [
      'a path to leave out',
      (all) => all.without('stage/stage-sector-9'),
      "the dimension path 'stage/stage-sector-9' does not exist; did you mean 'stage/stage-sector-1'?",
    ],
    ['a cluster type', (all) => all.targetsOf('managment-cluster'), "'managment-cluster' is no cluster type; did you mean 'management-cluster'?"],
    [
      'a target',
      (all) => all.target('infra-cluster', 'production'),
      expect.stringContaining("'production' is no target of infra-cluster; known targets: ") as never,
    ],
    [
      'an app of a target',
      (all) => all.target('management-cluster', canary).manifest('certmanager'),
      expect.stringContaining("did you mean 'cert-manager'?") as never,
    ],
    ['an app', (all) => all.app('management-cluster', 'promethus'), "management-cluster has no app 'promethus'; did you mean 'prometheus'?"],
    ['a cluster', (all) => all.member('hub-1'), "there is no cluster 'hub-1'"],
    [
      'an Application that is an ApplicationSet',
      (all) => all.target('infra-cluster', canary).application('infra-cluster-root'),
      expect.stringContaining("is an ApplicationSet; ask for it with applicationSet('infra-cluster-root')") as never,
    ],
  ])('%s', (_, ask, message) => {
    let found: unknown;
    try {
      ask(fleet);
    } catch (cause) {
      found = cause;
    }
    expect(found).toBeInstanceOf(FleetError);
    expect((found as FleetError).message).toEqual(message);
  });
});

describe('the folder', () => {
  longTest('is found as commands find it', () => {
    const workspace = workspaceOf().write({ 'package.json': '{}', 'src/deep/x.ts': '' });
    chdir(`${workspace.path}/src/deep`);
    expect(readFleet().targets).toHaveLength(18);
  });

  test('that is not there is told', () => {
    chdir(workspaceOf({ 'a.txt': '' }).path);
    expect(() => readFleet()).toThrow("the fleet does not render\n\nerror config-missing config\n  there is no configuration folder 'config'\n");
    if (isLongForm) expect(() => readFleet('fleet')).toThrow("there is no configuration folder 'fleet'");
  });

  longTest('with a project gives it as what it is', () => {
    const project = "{ kind: 'AppProject', description: 'x', owners: ['a@b.example'], sourceRepos: ['https://charts.example.com'] }";
    const workspace = workspaceOf().write({ 'config/management-cluster/payments.ts': `export default ${project};\n` });
    chdir(workspace.path);
    const target = readFleet().target('management-cluster', canary);
    expect(target.appProject('payments').spec.sourceRepos).toEqual(['https://charts.example.com']);
    expect([target.values('payments'), target.versions('payments')]).toEqual([{}, []]);
    expect(() => target.application('payments')).toThrow("is an AppProject; ask for it with appProject('payments')");
    expect(() => target.appProject('cert-manager')).toThrow("is an Application; ask for it with application('cert-manager')");
  });

  longTest('with mistakes is told of with each and its place, as fleet check does', () => {
    const workspace = workspaceOf()
      .edit('config/management-cluster/cert-manager.ts', (text) => text.replace('targetRevision: ', 'targetRevison: '))
      .edit('config/infra-cluster/argocd.ts', (text) => text.replace('chart:', 'chrt:'));
    chdir(workspace.path);
    const { stderr } = workspace.fleet('check');
    let found: FleetError | undefined;
    try {
      readFleet();
    } catch (cause) {
      found = cause as FleetError;
    }
    expect(found).toBeInstanceOf(FleetError);
    expect(found?.problems).toEqual(JSON.parse(workspace.fleet('check', '--json').stdout).problems);
    expect(found?.problems).toContainEqual(expect.objectContaining({ code: 'unknown-field', file: 'config/infra-cluster/argocd.ts', line: 8 }));
    expect(stderr).toContain(found?.message.replace('the fleet does not render\n\n', '') as string);
  });

  longTest('is read anew each time, and nothing of its code stays in the tests', () => {
    const workspace = workspaceOf();
    const version = () => readFleet(`${workspace.path}/config`).target('management-cluster', canary).versions('hypershift');
    expect(version()).toEqual(['v0.1.62']);
    workspace.edit('config/management-cluster/hypershift.ts', (text) => `(globalThis as any).mark = 1;\n${text.replace('v0.1.62', 'v0.1.63')}`);
    expect(version()).toEqual(['v0.1.63']);
    expect(globalThis).not.toHaveProperty('mark');
    expect(Object.keys(require.cache).filter((file) => file.startsWith(workspace.path))).toEqual([]);
    expect(workspace.has('dist')).toBe(false);
  });
});

longTest('two states of a fleet differ in the files that an edit changes, adds and removes', () => {
  const before = example();
  const workspace = workspaceOf()
    .edit('config/management-cluster/cert-manager.ts', (text) => text.replace('v1.17.0', 'v1.17.1'))
    .edit('config/management-cluster/hypershift.ts', (text) => text.replace('production: {', 'production: { enabled: false,'));
  const after = readFleet(`${workspace.path}/config`);
  expect(differences(before, before)).toEqual([]);
  const shown = differences(before, after).map(String);
  expect(shown.filter((line) => line.includes(canary))).toEqual([
    // It injects what apps use.
    `changed infra-cluster at ${canary}: templates/management-cluster-root.yaml`,
    `changed management-cluster at ${canary}: templates/cert-manager.yaml`,
    `removed management-cluster at ${canary}: templates/hypershift.yaml`,
  ]);
  expect(shown).toHaveLength(3 + 3 + 3);
  expect(differences(after, before).map(String)).toContain(`added management-cluster at ${canary}: templates/hypershift.yaml`);
  const [first] = differences(before, after).filter(({ path }) => path === 'templates/cert-manager.yaml');
  expect([first?.before, first?.after]).toMatchObject([
    { spec: { source: { targetRevision: 'v1.17.0' } } },
    { spec: { source: { targetRevision: 'v1.17.1' } } },
  ]);
});
