import { longTest } from '../long-test';
import { differences, HubWorkspace, startedHub } from '../workspaces/hub-workspace';
import type { Run } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: HubWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

async function example(change?: (workspace: HubWorkspace) => void): Promise<HubWorkspace> {
  const workspace = change ? new HubWorkspace() : await startedHub();
  workspaces.push(workspace);
  return change ? workspace.started(change) : workspace;
}

let shared: HubWorkspace | undefined;

/** The example for what writes nothing: one for all of these tests. */
async function untouched(): Promise<HubWorkspace> {
  shared ??= await example();
  return shared;
}

function json<T = Record<string, unknown>>({ stdout, stderr }: Run): T {
  expect(stderr).toBe('');
  return JSON.parse(stdout) as T;
}

describe('fleet clusters', () => {
  test('shows every cluster with its hub, model, releases and components', async () => {
    const workspace = await untouched();
    const { status, stdout, stderr } = await workspace.serve('clusters');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
"CLUSTER                 TENANT/ENV     HUB    MODEL                           RELEASES         COMPONENTS
tenant1-dev-workload1   tenant1/dev    hub-1  centralized                     addons release1  6
tenant1-dev-workload2   tenant1/dev    hub-1  distributed: addons, resources  addons release1  8
tenant1-prod-workload1  tenant1/prod   hub-1  centralized                     -                6
tenant2-dev-workload1   tenant2/dev    hub-1  distributed: addons             -                7
tenant2-prod-workload1  tenant2/prod   hub-1  distributed: addons, resources  -                8
tenant2-prod-workload2  tenant2/prod   hub-1  centralized                     -                5
hub-1                   platform/prod  -      hub                             -                5

1 hub, 6 spokes; where nothing else is said: addons default, bootstrap default, monitoring default, resources default
"
`);
  });

  test('of one cluster shows its labels, and from where each component comes', async () => {
    const workspace = await untouched();
    const { stdout } = await workspace.serve('clusters', 'tenant2-dev-workload1');
    expect(stdout).toContain('  label       enable_remote_addons=true\n');
    expect(stdout).toContain('  annotation  company.example/region=us-east-1\n');
    expect(stdout).toContain('  file        config/spokes/tenant2-dev-workload1.ts\n');
    expect(stdout.slice(stdout.indexOf('7 components'))).toMatchInlineSnapshot(`
"7 components:
  addons/cert-manager               v1.18.2  from tenant2-dev-workload1
  addons/external-dns               1.15.0   from tenant2-dev-workload1
  addons/metrics-server             3.12.2   from tenant2-dev-workload1
  bootstrap/argo-cd                 9.1.3    from hub-1
  bootstrap/external-secrets        1.1.0    from hub-1
  monitoring/kube-prometheus-stack  79.5.0   from hub-1
  resources/namespaces              HEAD     from hub-1
"
`);
  });

  test('gives the same as JSON, and those of one hub', async () => {
    const workspace = await untouched();
    const { clusters } = json<{ clusters: readonly Record<string, unknown>[] }>(await workspace.serve('clusters', '--hub', 'hub', '--json'));
    expect(clusters.map(({ name }) => name)).toHaveLength(7);
    expect(clusters[0]).toMatchObject({
      name: 'tenant1-dev-workload1',
      kind: 'spoke',
      hub: 'hub-1',
      model: 'centralized',
      releases: { addons: 'release1', monitoring: 'default' },
      labels: { addonsRelease: 'release1', enable_cert_manager: 'true' },
    });
    expect(clusters[0]?.components).toContainEqual({
      name: 'aws-load-balancer-controller',
      group: 'addons',
      release: 'release1',
      version: '1.14.1',
      deployedBy: 'hub-1',
    });
  });

  test('suggests a near name, and says where there are no clusters', async () => {
    const workspace = await example();
    const wrong = await workspace.serve('clusters', 'tenant1-dev-worklaod1');
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain("did you mean 'tenant1-dev-workload1'?");
    expect((await workspace.serve('clusters', '--hub', 'hub-9')).stderr).toContain("there is no hub 'hub-9'");
    workspace.write({
      'other/fleet.ts': "export default { repository: 'https://x', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };",
      'other/mgmt/app.ts':
        "export default { project: 'default', source: { repoURL: 'https://x', path: 'p' }, destination: { server: 'https://kubernetes.default.svc', namespace: 'x' } };",
    });
    // Before anything else is asked for.
    for (const args of [['clusters'], ['new', 'spoke', 'x']]) {
      const none = await workspace.serve(...args, '--config', 'other');
      expect(none.status).toBe(1);
      expect(none.stderr).toContain('this fleet has no hubs and spokes');
    }
  });
});

describe('fleet new spoke', () => {
  const annotations = ['company.example/region=eu-west-1', 'company.example/vpc-id=vpc-9'].flatMap((text) => ['--annotation', text]);
  const flags = ['--tenant', 'tenant1', '--environment', 'dev', '--secret', 'fleet/new', ...annotations];

  test('writes one file, renders what it brings, and changes nothing of the others', async () => {
    const workspace = await example();
    const before = workspace.rendered();
    const { status, stdout } = await workspace.serve('new', 'spoke', 'tenant1-dev-new', ...flags);
    expect(status).toBe(0);
    expect(stdout).toContain('tenant1-dev-new, a spoke of hub-1\n  place  tenant1/dev\n  model  centralized\n');
    expect(workspace.read('config/spokes/tenant1-dev-new.ts')).toBe(
      "import type { SpokeConfig } from 'cdk8s-fleet';\n\nexport default {\n  hub: 'hub-1',\n  tenant: 'tenant1',\n  environment: 'dev',\n  secret: 'fleet/new',\n  annotations: { 'company.example/region': 'eu-west-1', 'company.example/vpc-id': 'vpc-9' },\n} satisfies SpokeConfig;\n",
    );
    expect(differences(before, workspace.rendered())).toEqual([
      'added hubs/hub-1/argocd/members/tenant1-dev-new.yaml',
      'added spokes/tenant1-dev-new/argocd/README.md',
      'added spokes/tenant1-dev-new/values/addons/aws-load-balancer-controller.yaml',
      'added spokes/tenant1-dev-new/values/addons/cert-manager.yaml',
      'added spokes/tenant1-dev-new/values/addons/external-dns.yaml',
      'added spokes/tenant1-dev-new/values/addons/metrics-server.yaml',
      'added spokes/tenant1-dev-new/values/monitoring/kube-prometheus-stack.yaml',
      'added spokes/tenant1-dev-new/values/resources/namespaces.yaml',
      'changed _record/fleet.yaml',
      'changed _record/members/settings.yaml',
    ]);
    expect((await workspace.serve('check')).status).toBe(0);
    // The commit that it names is a commit of all of it.
    const [, add = '', commit = ''] = /Next:\n {2}(.*)\n {2}(.*)\n/.exec(stdout) ?? [];
    workspace.run('bash', ['-c', add]);
    workspace.run('bash', ['-c', commit.replace('git ', 'git -c user.name=Test -c user.email=test@example.com ')]);
    expect(workspace.git('status', '--porcelain')).toBe('');
  });

  longTest('takes model, groups, labels and annotations', async () => {
    const workspace = await example();
    const { status, stdout } = await workspace.serve(
      ...['new', 'spoke', 'own', ...flags, '--hub', 'hub-1', '--model', 'distributed', '--manages', 'addons, resources'],
      ...['--label', 'team=shop', '--json'],
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, cluster: 'own', hub: 'hub-1', edited: ['config/spokes/own.ts'] });
    expect(workspace.read('config/spokes/own.ts')).toContain("  model: 'distributed',\n  manages: ['addons', 'resources'],\n  labels: { team: 'shop' },\n");
    expect(workspace.has('dist/spokes/own/argocd/applicationsets/addons/cert-manager.yaml')).toBe(true);
    expect(workspace.has('dist/spokes/own/argocd/applicationsets/monitoring')).toBe(false);
  });

  test('--dry-run says what would be added, and writes nothing', async () => {
    const workspace = await untouched();
    const before = workspace.everything();
    const { status, stdout } = await workspace.serve('new', 'spoke', 'tenant1-dev-new', ...flags, '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain('8 files would be added to dist/; no other would change.');
    expect(workspace.everything()).toEqual(before);
  });

  test.each([
    ['a name that is taken', ['tenant1-dev-workload1', ...flags], "there is a cluster 'tenant1-dev-workload1' already"],
    ['a name that leads elsewhere', ['../../x', ...flags], "'../../x' cannot name a cluster"],
    ['nothing but a name', ['x'], "of the spoke 'x' --tenant and --environment and --secret are missing"],
    ['a spoke without its secret', ['x', ...flags.slice(0, 4)], "of the spoke 'x' --secret is missing"],
    ['an unknown tenant', ['x', ...flags, '--tenant', 'tenant7'], "there is no tenant 'tenant7'"],
    ['an unknown environment', ['x', ...flags, '--environment', 'stage'], "there is no environment 'stage' of tenant1"],
    ['an unknown hub', ['x', ...flags, '--hub', 'nub-1'], "there is no hub 'nub-1'"],
    ["another cluster's secret", ['x', ...flags, '--secret', 'fleet/hub-1'], "the clusters 'x' and 'hub-1' have one secret"],
    ['groups without an Argo CD for them', ['x', ...flags, '--manages', 'addons'], 'a centralized spoke manages addons itself'],
    ['an unknown group', ['x', ...flags, '--model', 'distributed', '--manages', 'adons'], "'adons' is no group of the fleet"],
    ['a label that is computed', ['x', ...flags, '--label', 'enable_cert_manager=true'], "the label 'enable_cert_manager' is computed"],
    ['what a component needs of its cluster and is not told', ['x', ...flags.slice(0, -2)], "the cluster has no annotation 'company.example/vpc-id'"],
  ])('refuses %s with one message, and writes nothing', async (_, args, message) => {
    const workspace = await untouched();
    const before = workspace.everything();
    const { status, stdout, stderr } = await workspace.serve('new', 'spoke', ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('1 error');
    expect(workspace.everything()).toEqual(before);
  });

  longTest('asks which hub where there are several', async () => {
    const workspace = await example((one) => {
      one.write({
        'config/hubs/hub-2.ts': one
          .read('config/hubs/hub-1.ts')
          .replace('fleet/hub-1', 'fleet/hub-2')
          .replace(/annotations.*\n/, ''),
      });
    });
    const { status, stderr } = await workspace.serve('new', 'spoke', 'x', ...flags);
    expect(status).toBe(1);
    expect(stderr).toContain('name one with --hub: hub-1, hub-2');
  });
});

describe('fleet move and fleet retire', () => {
  test('a spoke gets an Argo CD first, then one group after the other; each commit names what to wait for', async () => {
    const workspace = await untouched();
    const before = workspace.everything();
    const { steps } = json<{
      steps: readonly { title: string; edits: readonly string[]; waitFor: readonly { cluster: string; command: string; shows: string }[] }[];
    }>(await workspace.serve('move', 'tenant1-dev-workload1', '--to', 'distributed', '--manages', 'addons,resources', '--json'));
    expect(steps.map(({ edits }) => edits)).toEqual([
      ["config/spokes/tenant1-dev-workload1.ts: write `model: 'distributed'` and `manages: []`"],
      ["config/spokes/tenant1-dev-workload1.ts: write `manages: ['addons']`"],
      ["config/spokes/tenant1-dev-workload1.ts: write `manages: ['addons', 'resources']`"],
    ]);
    for (const { waitFor } of steps) expect(waitFor.length).toBeGreaterThan(0);
    expect(steps[1]?.waitFor).toEqual([
      {
        cluster: 'tenant1-dev-workload1',
        command: 'kubectl -n argocd get applications -l fleet/cluster=tenant1-dev-workload1,fleet/group=addons',
        shows: '4 of them, each Synced and Healthy: aws-load-balancer-controller, cert-manager, external-dns, metrics-server',
      },
      { cluster: 'hub-1', command: 'kubectl -n argocd get applications -l fleet/cluster=tenant1-dev-workload1,fleet/group=addons', shows: 'none' },
    ]);
    expect(workspace.everything()).toEqual(before);
  });

  test('the commits of the plan render, and each changes nothing but who deploys', async () => {
    const workspace = await example();
    const file = 'config/spokes/tenant1-dev-workload1.ts';
    const deployers = async () => {
      const { cluster } = json<{ cluster: { components: readonly { name: string; version: string; deployedBy: string }[] } }>(
        await workspace.serve('clusters', 'tenant1-dev-workload1', '--json'),
      );
      return Object.fromEntries(cluster.components.map(({ name, deployedBy }) => [name, deployedBy]));
    };
    const start = await deployers();
    const say = async (text: string) => {
      workspace.edit(file, (content) => content.replace(/( {2}model: .*\n)?( {2}manages: .*\n)?\} satisfies/, `${text}} satisfies`));
      expect((await workspace.serve('synth')).status).toBe(0);
      return deployers();
    };
    expect(await say("  model: 'distributed',\n  manages: [],\n")).toEqual({ ...start, 'argo-cd': 'hub-1', 'external-secrets': 'hub-1' });
    const handed = await say("  model: 'distributed',\n  manages: ['addons'],\n");
    expect(handed).toMatchObject({ 'cert-manager': 'tenant1-dev-workload1', namespaces: 'hub-1' });
    expect(await say("  model: 'distributed',\n  manages: [],\n")).toMatchObject({ 'cert-manager': 'hub-1' });
    expect(await say("  model: 'centralized',\n")).toEqual(start);
  });

  longTest('back to the hub, groups go first and the Argo CD last', async () => {
    const workspace = await untouched();
    const { stdout } = await workspace.serve('move', 'tenant1-dev-workload2', '--to', 'centralized');
    expect(stdout.split('\n').filter((line) => /^ \d|^\d/.test(line))).toEqual([
      ' 1. Take resources back to hub-1',
      ' 2. Take addons back to hub-1',
      ' 3. Let hub-1 deploy all of tenant1-dev-workload2',
      ' 4. Remove the Argo CD of tenant1-dev-workload2',
    ]);
    expect(stdout).toContain("write     config/spokes/tenant1-dev-workload2.ts: write `model: 'centralized'` and `manages: []`");
  });

  test('a spoke retires with every line that names it', async () => {
    const workspace = await example();
    const { stdout } = await workspace.serve('retire', 'tenant2-prod-workload1');
    expect(stdout).toContain(
      'write     config/spokes/tenant2-prod-workload1.ts: remove it\n    write     config/addons/cert-manager.ts:12: remove what names it\n',
    );
    // Each commit of the plan renders: first the groups go back to the hub, then the file goes with what names it.
    expect(stdout).toContain('write     config/spokes/tenant2-prod-workload1.ts: write `manages: []`\n');
    workspace.edit('config/spokes/tenant2-prod-workload1.ts', (text) => text.replace(/manages: .*/, 'manages: [],'));
    expect((await workspace.serve('synth')).status).toBe(0);
    expect(workspace.has('dist/spokes/tenant2-prod-workload1/argocd/applicationsets')).toBe(false);
    workspace.run('rm', ['config/spokes/tenant2-prod-workload1.ts']);
    workspace.edit('config/addons/cert-manager.ts', (text) => text.replace(/ {4}'tenant2\/prod\/tenant2-prod-workload1'.*\n/, ''));
    const before = workspace.rendered();
    expect((await workspace.serve('synth')).status).toBe(0);
    const changed = differences(before, workspace.rendered());
    expect(
      changed.filter(
        (line) => !/^changed _record\/|^removed (spokes\/tenant2-prod-workload1\/|hubs\/hub-1\/argocd\/members\/tenant2-prod-workload1)/.test(line),
      ),
    ).toEqual([]);
  });

  longTest('the last commit of the way back renders where layers say who deploys, too', async () => {
    const workspace = await example((one) => {
      one.edit('config/members/settings.ts', (text) =>
        text.replace('  overrides: {', "  overrides: {\n    'tenant1/dev': { model: 'distributed', manages: ['addons'] },"),
      );
      one.edit('config/spokes/tenant1-dev-workload2.ts', (text) => text.replace(/ {2}(model|manages): .*\n/g, ''));
    });
    const { steps } = json<{ steps: readonly { edits: readonly string[] }[] }>(
      await workspace.serve('move', 'tenant1-dev-workload2', '--to', 'centralized', '--json'),
    );
    for (const { edits } of steps) {
      const said =
        edits
          .join()
          .match(/`([^`]+)`/g)
          ?.map((text) => `  ${text.slice(1, -1)},\n`) ?? [];
      if (said.length === 0) continue;
      workspace.edit('config/spokes/tenant1-dev-workload2.ts', (text) =>
        text.replace(/( {2}(model|manages): .*\n)*\} satisfies/, `${said.join('')}} satisfies`),
      );
      const { status, stderr } = await workspace.serve('synth');
      expect({ status, stderr: stderr.includes('error') }).toEqual({ status: 0, stderr: false });
    }
    const { cluster } = json<{ cluster: object }>(await workspace.serve('clusters', 'tenant1-dev-workload2', '--json'));
    expect(cluster).toMatchObject({ model: 'centralized', manages: [] });
  });

  longTest('a spoke that gives up its Argo CD in one commit leaves it a folder without a manifest: it prunes, and goes on with nothing', async () => {
    const workspace = await example();
    expect(workspace.read('dist/spokes/tenant2-prod-workload1/bootstrap/root.yaml')).toContain('    automated:\n      allowEmpty: true\n      prune: true\n');
    expect(workspace.read('dist/hubs/hub-1/bootstrap/root.yaml')).not.toContain('allowEmpty');
    workspace.edit('config/spokes/tenant2-prod-workload1.ts', (text) => text.replace(/ {2}(model|manages): .*\n/g, ''));
    expect((await workspace.serve('synth')).status).toBe(0);
    const left = Object.keys(workspace.rendered()).filter((path) => /^spokes\/tenant2-prod-workload1\/(argocd|bootstrap)\//.test(path));
    expect(left).toEqual(['spokes/tenant2-prod-workload1/argocd/README.md']);
    expect(workspace.read(`dist/${left[0]}`)).toBe(
      'hub-1 deploys to this cluster. An Argo CD that still reads this folder has nothing to deploy, and lets go of what it had.\n',
    );
  });

  test('a spoke that is there already has no step left; a hub cannot be moved', async () => {
    const workspace = await untouched();
    expect((await workspace.serve('move', 'tenant2-dev-workload1', '--to', 'distributed', '--manages', 'addons')).stdout).toBe(
      'tenant2-dev-workload1 is distributed already, and manages addons.\n',
    );
    expect((await workspace.serve('move', 'tenant1-dev-workload1', '--to', 'centralized')).stdout).toBe('tenant1-dev-workload1 is centralized already.\n');
    for (const args of [
      ['move', 'hub-1', '--to', 'distributed'],
      ['retire', 'hub-1'],
    ]) {
      const { status, stderr } = await workspace.serve(...args);
      expect(status).toBe(1);
      expect(stderr).toContain('hub-1 is a hub');
    }
    expect((await workspace.serve('move', 'tenant1-dev-workload1', '--to', 'distributed', '--manages', 'adons')).stderr).toContain("did you mean 'addons'?");
  });
});

describe('fleet bootstrap of a hub', () => {
  test('prints credentials before the root, and what has to be there', async () => {
    const workspace = await untouched();
    const { status, stdout, stderr } = await workspace.serve('bootstrap', 'hub-1');
    expect(status).toBe(0);
    expect(stdout.match(/^kind: .*/gm)).toEqual([
      'kind: SecretStore',
      'kind: ECRAuthorizationToken',
      'kind: ExternalSecret',
      'kind: ExternalSecret',
      'kind: Application',
    ]);
    expect(stderr).toContain("the secret 'fleet/hub-1' is in the secret manager");
    const files = workspace.rendered();
    for (const document of stdout.trimEnd().split('\n---\n')) expect(Object.values(files)).toContain(`${document}\n`);
    expect((await workspace.serve('bootstrap', 'tenant1-dev-workload1')).status).toBe(1);
    const flags = await workspace.serve('bootstrap', 'hub-1', '--label', 'a=b', '--name', 'x');
    expect(flags.status).toBe(1);
    expect(flags.stderr).toContain('--name and --label cannot be given for hubs');
  });
});
