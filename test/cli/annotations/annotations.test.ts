import { longTest } from '../../long-test';
import { differences, type HubWorkspace, startedHub } from '../../workspaces/hub-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: HubWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

async function example(): Promise<HubWorkspace> {
  const workspace = await startedHub();
  workspaces.push(workspace);
  return workspace;
}

const vpc = 'company.example/vpc-id';
const dev = 'tenant1-dev-workload1';
const terraform = (value: unknown, more: object = {}) => JSON.stringify({ clusters: { sensitive: false, type: ['map'], value }, ...more });
const said = {
  [dev]: { [vpc]: 'vpc-new', account: 111122223333, isPrivate: true, none: null },
  'hub-1': { account: '444' },
};

describe('fleet annotations', () => {
  test('import writes what Terraform says into the files of clusters, and check finds no difference then', async () => {
    const workspace = await example();
    workspace.write({ 'tf.json': terraform(said, { password: { sensitive: true, type: 'string', value: 'x' } }) });
    const before = workspace.everything();
    const check = await workspace.serve('annotations', 'check', 'tf.json');
    expect({ ...check }).toMatchObject({ status: 1, stderr: '' });
    expect(check.stdout).toMatchInlineSnapshot(`
"5 annotations of 2 clusters differ:
  added    tenant1-dev-workload1  account: none → "111122223333"
  changed  tenant1-dev-workload1  company.example/vpc-id: "vpc-0b1" → "vpc-new"
  added    tenant1-dev-workload1  isPrivate: none → "true"
  added    hub-1  account: none → "444"
  gone     hub-1  company.example/vpc-id: "vpc-0a1" → none
"
`);
    const dry = await workspace.serve('annotations', 'import', 'tf.json', '--dry-run', '--json');
    expect(JSON.parse(dry.stdout)).toMatchObject({ ok: true, dryRun: true, annotations: { length: 4 }, staying: [{ kind: 'gone', cluster: 'hub-1' }] });
    expect(workspace.everything()).toEqual(before);

    const { status, stdout, stderr } = await workspace.serve('annotations', 'import', 'tf.json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Import 4 annotations of 2 clusters\n');
    expect(stdout).toContain('\nNext:\n  git add -A -- config');
    expect(workspace.read(`config/spokes/${dev}.ts`)).toContain(
      "annotations: { 'company.example/region': 'eu-west-1', 'company.example/vpc-id': 'vpc-new', account: '111122223333', isPrivate: 'true' },",
    );
    // The registrations of the two, and what reads the annotation.
    expect(differences(before, workspace.everything()).filter((path) => !path.includes('_record'))).toEqual([
      'changed hubs/hub-1.ts',
      'changed hubs/hub-1/argocd/members/hub-1.yaml',
      'changed hubs/hub-1/argocd/members/tenant1-dev-workload1.yaml',
      'changed spokes/tenant1-dev-workload1.ts',
      'changed spokes/tenant1-dev-workload1/values/addons/aws-load-balancer-controller.yaml',
    ]);
  });

  longTest('what is gone from the file stays until an import prunes it, which makes a commit where that is asked for', async () => {
    const workspace = await example();
    workspace.write({ 'tf.json': terraform(said) });
    await workspace.serve('annotations', 'import', 'tf.json');
    expect((await workspace.serve('check')).status).toBe(0);
    const again = await workspace.serve('annotations', 'import', 'tf.json');
    expect(again.stdout).toContain('Git says all of it already. Nothing was written.\n  gone  hub-1');
    const left = await workspace.serve('annotations', 'check', 'tf.json', '--json');
    expect(left.status).toBe(1);
    expect(JSON.parse(left.stdout)).toEqual({ ok: false, drift: [{ cluster: 'hub-1', annotation: vpc, kind: 'gone', git: 'vpc-0a1' }] });
    workspace.git('commit', '-qam', 'Import');
    expect((await workspace.serve('annotations', 'import', 'tf.json', '--prune', '--commit')).stdout).toContain('Committed ');
    expect(workspace.read('config/hubs/hub-1.ts')).not.toContain(vpc);
    expect(await workspace.serve('annotations', 'check', 'tf.json')).toEqual({ status: 0, stdout: 'Git and the file say the same.\n', stderr: '' });
  });

  test('what no cluster and no Git may have is told of all at once, and nothing is written', async () => {
    const workspace = await example();
    workspace.write({ 'tf.json': terraform({ 'tenant1-dev-worklod1': {}, [dev]: { 'no key': 'x', db_password: 'hunter2hunter2' } }) });
    const before = workspace.everything();
    const { status, stdout, stderr } = await workspace.serve('annotations', 'import', 'tf.json');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatchInlineSnapshot(`
"error rollout tf.json
  the fleet has no cluster 'tenant1-dev-worklod1' (did you mean 'tenant1-dev-workload1'?)
  at       clusters.value.tenant1-dev-worklod1
  expected names of hubs and spokes
  hint     \`fleet clusters\` lists them; nothing was written

error invalid-name tf.json
  'no key' cannot be the key of an annotation
  at       clusters.value.tenant1-dev-workload1.no key
  expected 'name' or 'prefix/name', with letters, digits, '-', '_' and '.'

error secret-value tf.json
  'annotations.db_password' looks like a secret: a password, by its name
  at       clusters.value.tenant1-dev-workload1.db_password
  expected the name of a secret in the secret manager, or of a Secret in the cluster
  hint     leave it in the secret manager; nothing was written. If it is none, say so in fleet.ts: \`notSecret: { 'settings.annotations.db_password': 'why' }\`

3 errors
"
`);
    expect(await workspace.serve('annotations', 'check', 'tf.json')).toEqual({ status, stdout, stderr });
    expect(workspace.everything()).toEqual(before);
  });

  test('what another layer says, or an expression, is told of, and nothing is written', async () => {
    const workspace = await example();
    workspace.edit(`config/spokes/${dev}.ts`, (text) => text.replace(/annotations: (\{[^}]*\})/, 'annotations: () => ($1)'));
    workspace.edit('config/members/settings.ts', (text) =>
      text.replace(
        '  overrides: {',
        `  patches: { 'patch-001': { description: 'x', rolledOutTo: ['platform/prod/hub-1'], change: { annotations: { masked: 'old' } } } },\n  overrides: {`,
      ),
    );
    workspace.write({ 'tf.json': JSON.stringify({ [dev]: { [vpc]: 'vpc-new' } }), 'masked.json': JSON.stringify({ 'hub-1': { masked: 'new' } }) });
    const before = workspace.everything();
    const expression = await workspace.serve('annotations', 'import', 'tf.json');
    expect(expression.status).toBe(1);
    expect(expression.stderr).toContain(`config/spokes/${dev}.ts`);
    expect(expression.stderr).toContain("write `'company.example/vpc-id': 'vpc-new'` into `annotations` by hand; nothing was written");
    const masked = await workspace.serve('annotations', 'import', 'masked.json');
    expect(masked.status).toBe(1);
    expect(masked.stderr).toContain("'hub-1' would still have another annotation 'masked': another layer says it");
    expect(masked.stderr).toContain('`fleet explain hub-1 members/settings annotations` names the layer');
    expect(masked.stderr).toContain("expected 'new'\n  found    'old'");
    expect(workspace.everything()).toEqual(before);
  });

  longTest('takes standard input, and fleets of hubs alone', async () => {
    const workspace = await example();
    const { stdout } = workspace.run('bash', [
      '-c',
      `echo '${JSON.stringify({ 'hub-1': { a: 'b' } })}' | node ${require.resolve('../../../cli/fleet.js')} annotations import - --no-synth`,
    ]);
    expect(stdout).toContain('Import 1 annotation of 1 cluster');
    expect(workspace.read('config/hubs/hub-1.ts')).toContain("a: 'b'");
    workspace.write({
      'tf.json': '{}',
      'other/fleet.ts': "export default { repository: 'https://x', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };",
      'other/mgmt/app.ts':
        "export default { project: 'default', source: { repoURL: 'https://x', path: 'p' }, destination: { server: 'https://kubernetes.default.svc', namespace: 'x' } };",
    });
    expect((await workspace.serve('annotations', 'check', 'tf.json', '--config', 'other')).stderr).toContain('this fleet has no hubs and spokes');
  });
});
