import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ownersText } from '../../../cli/print/owners/owners-text';
import type { OwnedFleet } from '../../../cli/read/owners/owned-fleet';
import { recordFolder } from '../../../layers/record';
import { codeOwnersReader } from '../../builders/code-owners';
import { differences, type HubWorkspace, startedHub } from '../../workspaces/hub-workspace';
import { onTerminal } from '../../workspaces/on-terminal';
import { type Form, formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { serve, texts, Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

function kept<W extends Workspace>(workspace: W): W {
  workspaces.push(workspace);
  return workspace;
}

/** What nodes name below. */
const approvers: Readonly<Record<string, readonly string[]>> = {
  stage: ['@company/stage'],
  production: ['@company/sre', '@jane'],
  'production/prod-canary': ['canary@example.com', '@jane'],
  'production/prod-sector-1/europe-east1': ['@company/europe'],
};

async function regions(form: Form): Promise<RolloutWorkspace> {
  const workspace = kept(await startedWorkspace(form));
  if (form === 'yaml') {
    return workspace.edit('config/config.yaml', (text) =>
      text
        .replace('    - name: stage\n', "    - name: stage\n      approvers: ['@company/stage']\n")
        .replace('    - name: production\n', "    - name: production\n      approvers: ['@company/sre', '@jane']\n")
        .replace('        - name: prod-canary\n', "        - name: prod-canary\n          approvers: [canary@example.com, '@jane']\n")
        .replace('[us-east1, europe-east1]', "[us-east1, { name: europe-east1, approvers: ['@company/europe'] }]"),
    );
  }
  return workspace.edit('config/fleet.ts', (text) =>
    text
      .replace("name: 'stage',", "name: 'stage', approvers: ['@company/stage'],")
      .replace("name: 'production',", "name: 'production', approvers: ['@company/sre', '@jane'],")
      .replace("name: 'prod-canary',", "name: 'prod-canary', approvers: ['canary@example.com', '@jane'],")
      .replace("'europe-east1'", "{ name: 'europe-east1', approvers: ['@company/europe'] }"),
  );
}

const everybody = [...new Set(Object.values(approvers).flat())].sort();

/** Those that a path below the output names on its way, each once. */
function expectedFor(path: string): readonly string[] {
  const names = path.split('/');
  return [...new Set(names.flatMap((_, index) => approvers[names.slice(1, index + 1).join('/')] ?? []))].sort();
}

function codeOwnersOf(workspace: Workspace, ...flags: readonly string[]): string {
  const { status, stdout, stderr } = workspace.fleet('owners', '--codeowners', ...flags);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** The owners that a text of the configuration names. */
function ownersIn(text: string): readonly string[] {
  const [, inline, list = ''] = /^ *owners:(?: \[(.*)\]|\n((?: *- .*\n)+))/m.exec(text) ?? [];
  return [...(inline ?? list).matchAll(/[\w@./-]+@?[\w./-]+/g)].map(([owner]) => owner).filter((owner) => owner !== '-');
}

describe.each(formsOr('yaml'))('of a fleet of regions in %s', (form) => {
  let workspace: RolloutWorkspace;

  beforeAll(async () => {
    workspace = await regions(form);
  });

  test('each rendered file demands the approvers of its nodes, and no others', () => {
    const asked = codeOwnersReader(codeOwnersOf(workspace));
    const files = Object.keys(texts(workspace.snapshot('dist')));
    expect(files.length).toBeGreaterThan(90);
    for (const file of files) expect([file, [...(asked(`dist/${file}`) ?? [])].sort()]).toEqual([file, expectedFor(file)]);
    // What is not there yet is no way around.
    expect(asked('dist/infra-cluster/production/prod-sector-9/x/templates/y.yaml')).toEqual(approvers.production);
    // What is rendered for all targets at once is nobody's.
    expect(asked('dist/_record/infra-cluster/argocd.yaml')).toBeUndefined();
  });

  test('whatever holds changes demands everybody who approves anything', () => {
    const asked = codeOwnersReader(codeOwnersOf(workspace));
    const ending = form === 'yaml' ? 'yaml' : 'ts';
    const law = [form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts', `config/exemptions.${ending}`, ...(form === 'yaml' ? [] : ['config/rules.ts'])];
    for (const file of [...law, 'CODEOWNERS', '.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'docs/CODEOWNERS']) {
      expect([file, [...(asked(file) ?? [])].sort()]).toEqual([file, everybody]);
    }
    // No pipeline is there.
    expect(asked('.github/workflows/fleet.yaml')).toBeUndefined();
  });

  test('each file of an app demands its owners', () => {
    const asked = codeOwnersReader(codeOwnersOf(workspace));
    const config = texts(workspace.snapshot('config'));
    const told = Object.entries(config).flatMap(([file, text]) => {
      const owners = ownersIn(text);
      const own = form === 'yaml' ? Object.keys(config).filter((other) => other.startsWith(file.replace('metadata.yaml', ''))) : [file];
      return owners.length > 0 ? own.map((one) => [one, owners] as const) : [];
    });
    expect(told.length).toBeGreaterThanOrEqual(7);
    for (const [file, owners] of told) expect([file, asked(`config/${file}`)]).toEqual([file, owners]);
    const others = Object.keys(config).filter((file) => !told.some(([one]) => one === file) && !/^(fleet\.ts|config\.yaml)$/.test(file));
    for (const file of others) expect([file, asked(`config/${file}`)]).toEqual([file, undefined]);
  });

  test('the file is the same from every folder, and nothing is written', () => {
    const text = codeOwnersOf(workspace);
    const before = {
      ...workspace.snapshot('config'),
      ...workspace.snapshot('dist'),
    };
    for (const folder of ['config/management-cluster', 'dist/infra-cluster']) {
      expect(serve(join(workspace.path, folder), ['owners', '--codeowners']).stdout).toBe(text);
    }
    expect(codeOwnersOf(workspace, '--config', join(workspace.path, 'config'))).toBe(text);
    expect({
      ...workspace.snapshot('config'),
      ...workspace.snapshot('dist'),
    }).toEqual(before);
  });

  test('a table says who owns what, and who approves where', () => {
    const { status, stdout, stderr } = workspace.fleet('owners');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`OWNER                           APPS
team-hypershift@example.com     management-cluster: hypershift
team-observability@example.com  management-cluster: prometheus
team-platform@example.com       infra-cluster: argocd, infra-cluster-root, management-cluster-root
                                management-cluster: cert-manager, fleet-info

3 owners, 7 apps; every app has one

NODE                                   APPROVERS
stage                                  @company/stage
production                             @company/sre, @jane
production/prod-canary                 canary@example.com, @jane, @company/sre
production/prod-sector-1/europe-east1  @company/europe, @company/sre, @jane
`);
  });
});

describe('of a fleet of regions', () => {
  test('the file says how to make it anew, and its lines go from broad to narrow', async () => {
    expect(codeOwnersOf(await regions('typescript'))).toMatchInlineSnapshot(`
     "# Made at the top of the repository by \`npx fleet owners --codeowners\`.
     # Make it anew where an app, an owner, a node or an approver changes, and edit nothing here. Of the lines that match a path, the last one counts.

     # The apps, and whom they belong to.
     /config/infra-cluster/argocd.ts team-platform@example.com
     /config/infra-cluster/infra-cluster-root.ts team-platform@example.com
     /config/infra-cluster/management-cluster-root.ts team-platform@example.com
     /config/management-cluster/cert-manager.ts team-platform@example.com
     /config/management-cluster/fleet-info.ts team-platform@example.com
     /config/management-cluster/hypershift.ts team-hypershift@example.com
     /config/management-cluster/prometheus.ts team-observability@example.com

     # What is rendered: the approvers of what it reaches, and of the nodes above.
     /dist/infra-cluster/stage/ @company/stage
     /dist/infra-cluster/production/ @company/sre @jane
     /dist/infra-cluster/production/prod-canary/ canary@example.com @jane @company/sre
     /dist/infra-cluster/production/prod-sector-1/europe-east1/ @company/europe @company/sre @jane
     /dist/management-cluster/stage/ @company/stage
     /dist/management-cluster/production/ @company/sre @jane
     /dist/management-cluster/production/prod-canary/ canary@example.com @jane @company/sre
     /dist/management-cluster/production/prod-sector-1/europe-east1/ @company/europe @company/sre @jane

     # What holds changes: the fleet, its exemptions and rules, pipelines and this file. Whoever approves anything.
     /config/fleet.ts @company/stage @company/sre @jane canary@example.com @company/europe
     /config/exemptions.ts @company/stage @company/sre @jane canary@example.com @company/europe
     /config/rules.ts @company/stage @company/sre @jane canary@example.com @company/europe
     CODEOWNERS @company/stage @company/sre @jane canary@example.com @company/europe
     "
    `);
  });

  test('JSON has all of it', async () => {
    const workspace = await regions('typescript');
    workspace.edit('config/management-cluster/prometheus.ts', (text) => text.replace(/ {2}owners: .*\n/, ''));
    const { stdout } = workspace.fleet('owners', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      owners: [
        {
          owner: 'team-hypershift@example.com',
          apps: [
            {
              clusterType: 'management-cluster',
              app: 'hypershift',
              file: 'config/management-cluster/hypershift.ts',
            },
          ],
        },
        { owner: 'team-platform@example.com', apps: expect.any(Array) },
      ],
      withoutOwner: [
        {
          clusterType: 'management-cluster',
          app: 'prometheus',
          file: 'config/management-cluster/prometheus.ts',
        },
      ],
      approvers: Object.entries(approvers).map(([path, own]) => ({
        path,
        own,
        approvers: expect.arrayContaining([...own]),
      })),
    });
    expect(workspace.fleet('owners').stdout).toContain(
      '2 owners, 7 apps; 1 app without an owner:\n  management-cluster/prometheus  config/management-cluster/prometheus.ts\n',
    );
  });

  test('apps of one file are owned by all whom they name, and one may go without', async () => {
    const workspace = kept(
      new Workspace({
        'config/fleet.ts': "export default { repository: 'https://x', environments: [{ name: 'e', sectors: [{ name: 's', regions: ['r'] }] }] };",
        'config/mgmt/pair.ts': `const app = { project: 'default', source: { repoURL: 'https://x', path: 'p' }, destination: { name: 'c', namespace: 'x' } };
export default { owners: ['@company/both'], apps: { one: app, two: { ...app, owners: ['@company/two'] } } };`,
        'config/mgmt/nobody.ts':
          "export default { project: 'default', source: { repoURL: 'https://x', path: 'p' }, destination: { name: 'c', namespace: 'x' } };",
      }),
    );
    workspace.run('git', ['init', '-q', '--template=']);
    expect(codeOwnersOf(workspace).split('\n').slice(3)).toEqual([
      '# The apps, and whom they belong to.',
      '/config/mgmt/pair.ts @company/both @company/two',
      '',
    ]);
    expect(workspace.fleet('owners').stdout).toContain('2 owners, 3 apps; 1 app without an owner:\n  mgmt/nobody  config/mgmt/nobody.ts\n');
  });

  test('whom no forge knows is told of, and spoils no line', async () => {
    const workspace = await regions('typescript');
    workspace
      .edit('config/fleet.ts', (text) => text.replace("'@company/sre'", "'@company/sre', 'on call'").replace("'@company/stage'", "'stage-team'"))
      .edit('config/management-cluster/hypershift.ts', (text) => text.replace('team-hypershift@example.com', 'hypershift #1\\n/dist/ @mallory'));
    const { status, stdout, stderr } = workspace.fleet('owners', '--codeowners');
    expect(status).toBe(0);
    const asked = codeOwnersReader(stdout);
    expect(asked('dist/infra-cluster/production/x')).toEqual(['@company/sre', '@jane']);
    expect(asked('dist/infra-cluster/stage/x')).toBeUndefined();
    expect(asked('config/management-cluster/hypershift.ts')).toBeUndefined();
    expect(stdout).toContain(
      '# Left out, for no forge knows them: hypershift #1?/dist/ @mallory, on call, stage-team (expected @user, @company/team or a mail address).\n',
    );
    expect(stdout).toContain('\n# No line of its own: /config/management-cluster/hypershift.ts\n');
    expect(stdout).toContain('\n# No line of its own: /dist/infra-cluster/stage/\n');
    expect(stderr.match(/warning code-owner .*\n.*\n/g)).toEqual([
      "warning code-owner config/management-cluster/hypershift.ts\n  'hypershift #1\n",
      "warning code-owner config/fleet.ts\n  'stage-team' approves stage, and is nobody whom a forge could ask: no line names it\n",
      "warning code-owner config/fleet.ts\n  'on call' approves production, and is nobody whom a forge could ask: no line names it\n",
    ]);
  });

  test('pipelines that are there are held, with what they include and run', async () => {
    const workspace = await regions('typescript');
    workspace
      .edit('config/fleet.ts', (text) => `import '../shared/names';\n// Not from './nothing'.\n${text}`)
      .write({
        'shared/names.ts': "export * from './more.js';\n",
        'shared/more.ts': 'export const more = 1;\n',
        'shared/reasons.ts': "export const reason = 'why';\n",
        'config/exemptions.ts': "import '../shared/reasons';\n\nexport default [];\n",
        '.github/workflows/fleet.yaml': 'on: push\n',
        '.gitlab-ci.yml':
          "include:\n  - local: /ci/one.yml\n  - 'https://example.com/two.yml'\n  - { local: ['/more/**/*.yml', '$NAMED.yml', '../out.yml'] }\n  - project: a/b\nx: !reference [a]\n",
        'ci/one.yml': 'include: deep.yml\n',
        'deep.yml': 'include: /ci/one.yml\n',
        'ci/fleet.sh': '',
      });
    const text = codeOwnersOf(workspace);
    const all = '@company/stage @company/sre @jane canary@example.com @company/europe';
    const held = text.split('\n').filter((line) => line.endsWith(` ${all}`));
    expect(held.map((line) => line.replace(` ${all}`, ''))).toEqual([
      '/config/fleet.ts',
      '/config/exemptions.ts',
      '/config/rules.ts',
      '/shared/more.ts',
      '/shared/names.ts',
      '/shared/reasons.ts',
      '/.github/workflows/',
      '/.gitlab-ci.yml',
      '/ci/one.yml',
      '/deep.yml',
      '/more/',
      '/ci/fleet.sh',
      'CODEOWNERS',
    ]);
    // What would read for ever is not read, nor what no parser takes.
    workspace.run('rm', ['deep.yml']);
    workspace.run('mkfifo', ['deep.yml']);
    workspace.write({ '.gitlab-ci.yml': 'include: [{ local: deep.yml }]\n' });
    expect(codeOwnersReader(codeOwnersOf(workspace))('deep.yml')).toBeDefined();
    workspace.write({ '.gitlab-ci.yml': 'include: [' });
    expect(codeOwnersReader(codeOwnersOf(workspace))('.gitlab-ci.yml')).toBeDefined();
  });

  test('paths count from the top of a repository, whatever folders are called', async () => {
    const workspace = await regions('typescript');
    mkdirSync(join(workspace.path, 'c# [team]/my fleet'), { recursive: true });
    renameSync(join(workspace.path, 'config'), join(workspace.path, 'c# [team]/my fleet/config'));
    workspace.edit('c# [team]/my fleet/config/fleet.ts', (text) => text.replace("path: 'dist'", "path: 'all/dist'"));
    const run = serve(join(workspace.path, 'c# [team]/my fleet'), ['owners', '--codeowners']);
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain("`npx fleet owners --codeowners --config 'c# [team]/my fleet/config'`.\n");
    const asked = codeOwnersReader(run.stdout);
    expect(asked('c# [team]/my fleet/config/management-cluster/cert-manager.ts')).toEqual(['team-platform@example.com']);
    expect(asked('all/dist/infra-cluster/production/prod-canary/us-east1/values.yaml')).toEqual(['canary@example.com', '@jane', '@company/sre']);
    expect(codeOwnersReader(codeOwnersOf(workspace, '--config', 'c# [team]/my fleet/config', '--output', 'other'))('other/infra-cluster/stage/x')).toEqual([
      '@company/stage',
    ]);
  });

  test('output or configuration in no repository, or in another one, is one clear error', async () => {
    const workspace = await regions('typescript');
    const elsewhere = kept(new Workspace({}));
    workspace.write({ 'inner/x': '' }).run('git', ['init', '-q', '--template=', 'inner']);
    for (const output of [join(elsewhere.path, 'dist'), 'inner/dist']) {
      const { status, stdout, stderr } = workspace.fleet('owners', '--codeowners', '--output', output);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain(`error output-folder\n  the rendered output '${output}' lies outside of the repository of the configuration\n`);
    }
    workspace.run('rm', ['-r', '.git']);
    const { status, stderr } = workspace.fleet('owners', '--codeowners');
    expect([status, stderr]).toEqual([1, expect.stringContaining('error output-folder\n  the configuration lies in no Git repository\n')]);
    // Who owns what needs none.
    expect(workspace.fleet('owners').status).toBe(0);
  });

  test('a fleet with mistakes has no file: what cannot be read would be missing', async () => {
    const workspace = await regions('typescript');
    workspace.edit('config/management-cluster/hypershift.ts', (text) => text.replace("['team-hypershift@example.com']", "['']"));
    const { status, stdout, stderr } = workspace.fleet('owners', '--codeowners');
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining("'owners' has an empty text in it")]);
    const asData = workspace.fleet('owners', '--format=json');
    expect([asData.status, JSON.parse(asData.stdout)]).toEqual([
      1,
      {
        ok: false,
        problems: [expect.objectContaining({ code: 'invalid-field' })],
      },
    ]);
    expect(workspace.fleet('owners', '--codeowners', '--format', 'json').status).toBe(1);
  });
});

describe('of hubs and spokes', () => {
  const environments = ['tenant1/dev', 'tenant1/prod', 'tenant2/dev', 'tenant2/prod', 'platform/prod'];
  const asks: Readonly<Record<string, readonly string[]>> = {
    'tenant1/prod': ['@company/sre'],
    'tenant2/dev': ['@two/all'],
    'tenant2/prod': ['@two/prod', '@two/all'],
  };
  let workspace: HubWorkspace;

  beforeAll(async () => {
    workspace = kept(await startedHub());
    workspace.edit('config/fleet.ts', (text) =>
      text
        .replace("{ name: 'prod', promotion: 'manual' }", "{ name: 'prod', promotion: 'manual', approvers: ['@company/sre'] }")
        .replace(
          "name: 'tenant2',\n      environments: ['dev', { name: 'prod',",
          "name: 'tenant2',\n      approvers: ['@two/all'],\n      environments: ['dev', { name: 'prod', approvers: ['@two/prod'],",
        ),
    );
  });

  /** By what the files of clusters say. */
  function placeOf(cluster: string): string {
    const file = ['hubs', 'spokes'].map((folder) => `config/${folder}/${cluster}.ts`).find((path) => workspace.has(path)) ?? '';
    const said = (key: string) => new RegExp(`^ +${key}: '(.*)'`, 'm').exec(workspace.read(file))?.[1];
    return `${said('tenant')}/${said('environment')}`;
  }

  test('the folder of a spoke demands the approvers of its nodes, that of a hub those of all clusters that it deploys to', () => {
    const asked = codeOwnersReader(codeOwnersOf(workspace));
    const files = Object.keys(workspace.rendered());
    expect(files.length).toBeGreaterThan(60);
    const all = [...new Set(environments.flatMap((path) => asks[path] ?? []))].sort();
    for (const file of files) {
      const [folder, cluster = ''] = file.split('/');
      if (folder === recordFolder) {
        expect([file, asked(`dist/${file}`)]).toEqual([file, undefined]);
        continue;
      }
      const expected = folder === 'hubs' ? all : [...(asks[placeOf(cluster)] ?? [])].sort();
      expect([file, [...(asked(`dist/${file}`) ?? [])].sort()]).toEqual([file, expected]);
    }
  });

  test('whatever an edit for production changes demands its approvers', async () => {
    const edited = kept(await startedHub());
    const asked = codeOwnersReader(codeOwnersOf(workspace));
    const before = edited.rendered();
    edited.edit('config/spokes/tenant1-prod-workload1.ts', (text) =>
      text.replace('annotations: {', "labels: { ring: 'one' },\n  components: { 'metrics-server': { values: { replicas: 5 } } },\n  annotations: {"),
    );
    expect((await edited.serve('synth')).status).toBe(0);
    const changed = differences(before, edited.rendered()).map((line) => line.replace(/^\w+ /, ''));
    const applied = changed.filter((file) => !file.startsWith(`${recordFolder}/`));
    expect(applied.length).toBeGreaterThan(1);
    for (const file of applied) expect([file, asked(`dist/${file}`)]).toEqual([file, expect.arrayContaining(['@company/sre'])]);
  });

  test('components demand their owners, or else those of their group', () => {
    workspace.edit('config/addons/external-dns.ts', (text) => text.replace('export default {', "export default {\n  owners: ['@company/dns'],"));
    const text = codeOwnersOf(workspace);
    const asked = codeOwnersReader(text);
    expect(asked('config/addons/external-dns.ts')).toEqual(['@company/dns']);
    for (const file of [
      'addons/cert-manager.ts',
      'addons/defaults.ts',
      'addons/releases.ts',
      'bootstrap/argo-cd.ts',
      'members/settings.ts',
      'resources/namespaces.ts',
    ]) {
      expect([file, asked(`config/${file}`)]).toEqual([file, ['team-platform@example.com']]);
    }
    expect(asked('config/monitoring/kube-prometheus-stack.ts')).toEqual(['team-observability@example.com']);
    expect(asked('config/fleet.ts')).toEqual(['@company/sre', '@two/all', '@two/prod']);
    expect(asked('config/exemptions.ts')).toEqual(['@company/sre', '@two/all', '@two/prod']);
    // What the folder of the group demands already needs no line.
    expect(text).not.toContain('cert-manager.ts');
    const { stdout } = workspace.fleet('owners');
    expect(stdout).toContain('OWNER                           COMPONENTS\n@company/dns                    addons: external-dns\n');
    expect(stdout).toContain('addons: aws-load-balancer-controller, cert-manager, metrics-server, releases\n');
    expect(stdout).toContain('tenant2/prod  @two/prod, @two/all\n');
  });
});

test('all of a cluster type is told in short, and long lines go on below themselves on a terminal', () => {
  const app = (clusterType: string, index: number, owner: string) => ({
    clusterType,
    app: `app-${index}`,
    file: `config/app-${index}.ts`,
    owners: [owner],
  });
  const numbers = Array.from({ length: 12 }, (_, index) => index);
  const apps = [
    ...numbers.map((index) => app('management-cluster', index, '@company/platform')),
    ...numbers.map((index) => app('infra-cluster', index, index < 10 ? '@company/platform' : '@company/other')),
  ];
  const fleet = {
    output: { hasMembers: false },
    apps,
    nodes: [{ path: 'production', own: [], approvers: ['@company/sre'] }],
  } as unknown as OwnedFleet;
  expect(onTerminal(160, () => ownersText(fleet))).toMatchInlineSnapshot(`
   "OWNER              APPS
   @company/other     infra-cluster: app-10, app-11
   @company/platform  management-cluster: all 12
                      infra-cluster: app-0, app-1, app-2, app-3, app-4, app-5, app-6, app-7, app-8, app-9

   2 owners, 24 apps; every app has one

   NODE        APPROVERS
   production  @company/sre"
  `);
  expect(onTerminal(80, () => ownersText(fleet))).toMatchInlineSnapshot(`
   "OWNER              APPS
   @company/other     infra-cluster: app-10, app-11
   @company/platform  management-cluster: all 12
                      infra-cluster: app-0, app-1, app-2, app-3, app-4, app-5,
                      app-6, app-7, app-8, app-9

   2 owners, 24 apps; every app has one

   NODE        APPROVERS
   production  @company/sre"
  `);
});
