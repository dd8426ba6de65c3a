import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { partly } from '../runs';
import { RolloutWorkspace } from '../workspaces/rollout-workspace';
import { TemporaryFolders } from '../workspaces/temporary-folder';
import { examples, repository, serve, Workspace } from '../workspaces/workspace';

const folders = new TemporaryFolders();

function names(cwd: string, ...args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = serve(cwd, ['__complete', ...args]);
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').slice(0, -1);
}

describe.each(['typescript', 'yaml'] as const)('names of a fleet (%s)', (form) => {
  const workspace = new RolloutWorkspace(form, false);
  afterAll(() => workspace.remove());

  test('are those of its cluster types, apps, patches, paths and dimensions', () => {
    expect(names(workspace.path, 'cluster-type', '')).toEqual(['infra-cluster', 'management-cluster']);
    expect(names(workspace.path, 'app', 'config', 'management-cluster')).toEqual(['cert-manager', 'fleet-info', 'hypershift', 'prometheus']);
    expect(names(workspace.path, 'patch', '', 'management-cluster', 'cert-manager')).toEqual(['patch-001', 'patch-002']);
    // `fleet explain PATH APP`
    expect(names(workspace.path, 'app', 'config', 'production')).toEqual(expect.arrayContaining(['argocd', 'cert-manager']));
    expect(names(workspace.path, 'path', '').slice(0, 3)).toEqual(['integration', 'integration/int-sector-1', 'integration/int-sector-1/us-central1']);
    expect(names(workspace.path, 'dimension', '')).toEqual(['environment', 'sector', 'region']);
  });
});

test.each(['freeze', 'unfreeze'])('%s completes paths', (command) => {
  expect(serve(repository, ['completion', 'bash']).stdout).toMatch(new RegExp(`'${command}'\\) commands='' options='[^']*' arguments='path'`));
});

test('names of hubs and spokes are those of their files', () => {
  const config = examples.hub;
  expect(names(repository, 'hub', config)).toEqual(['hub-1']);
  expect(names(repository, 'spoke', config)).toContain('tenant1-dev-workload1');
  expect(names(repository, 'retired', config)).toEqual(expect.arrayContaining(['tenant1-dev-workload1', 'cert-manager', 'addons']));
  expect(names(repository, 'retired', 'config')).toEqual(expect.arrayContaining(['production/prod-canary/us-east1', 'cert-manager', 'management-cluster']));
  expect(names(repository, 'cluster-type', config)).toEqual(['addons', 'bootstrap', 'monitoring', 'resources']);
  expect(names(repository, 'path', config)).toEqual([
    'tenant1',
    'tenant1/dev',
    'tenant1/prod',
    'tenant2',
    'tenant2/dev',
    'tenant2/prod',
    'platform',
    'platform/prod',
  ]);
});

test('apps that share a file are names too', () => {
  const workspace = new Workspace({
    'config/a/web.ts': "import { defineApps } from 'cdk8s-fleet';\nexport default defineApps({ apps: { api: {}, site: {} }, patches: { 'p-1': {} } });\n",
  });
  expect(names(workspace.path, 'app', '', 'a')).toEqual(['web', 'api', 'site']);
  expect(names(workspace.path, 'patch', '', 'a', 'api')).toEqual(['p-1']);
  workspace.remove();
});

test('no code of a configuration runs, and what is wrong is not told of', () => {
  const workspace = new Workspace({
    'config/fleet.ts': "require('node:fs').writeFileSync('ran', '');\nexport default { environments: names(), ...others };\n",
    'config/a/web.ts': 'export default {',
  });
  for (const kind of ['cluster-type', 'app', 'patch', 'path', 'dimension', 'hub', 'spoke', 'cluster', 'target', 'retired', 'ref', 'ref-or-path', 'nonsense'])
    names(workspace.path, kind, '', 'a', 'web');
  expect(workspace.has('ran')).toBe(false);
  expect(names(folders.make(), 'path', '')).toEqual([]);
  expect(names(folders.make(), 'cluster-type', 'nowhere')).toEqual([]);
  workspace.remove();
});

test('commits go by branches and tags, and nodes before them', () => {
  const repo = new RolloutWorkspace('typescript');
  expect(names(repo.path, 'ref', '')).toEqual(['HEAD']);
  repo.commit('First').git('branch', 'stage');
  repo.git('tag', 'v1');
  expect(names(repo.path, 'ref', '')).toEqual(['HEAD', 'main', 'stage', 'v1']);
  const all = names(repo.path, 'ref-or-path', '');
  expect([all[0], all.filter((name) => name === 'stage').length, all.slice(-3)]).toEqual(['integration', 1, ['HEAD', 'main', 'v1']]);
  repo.remove();
  expect(names(folders.make(), 'ref', '')).toEqual([]);
});

test('a shell that there is no script for is one message', () => {
  const { status, stderr } = serve(repository, ['completion', 'tcsh']);
  expect(status).toBe(1);
  expect(stderr).toContain('Allowed choices are bash, zsh, fish.');
});

/** What is typed, with what is completed. */
const typed: readonly (readonly [line: readonly string[], completed: readonly string[]])[] = [
  [['fleet', 'pro'], ['promote']],
  [
    ['fleet', 'promote', ''],
    ['infra-cluster', 'management-cluster'],
  ],
  [
    ['fleet', 'promote', 'management-cluster', 'cert-manager', ''],
    ['patch-001', 'patch-002'],
  ],
  [['fleet', 'promote', '--config', '../config', 'management-cluster', 'h'], ['hypershift']],
  [
    ['fleet', 'promote', 'm', 'a', 'p', '--approve', ''],
    ['integration', 'production', 'stage'],
  ],
  [
    ['fleet', 'new', 'region', 'production/'],
    ['production/prod-canary', 'production/prod-sector-1'],
  ],
  [['fleet', 'move', 'm'], ['management-cluster']],
  [
    ['fleet', 'move', 'management-cluster', '--to', ''],
    ['centralized', 'cluster', 'controlPlane', 'distributed'],
  ],
  [['fleet', 'new', 'patch', 'i'], ['infra-cluster']],
  [['fleet', 'new', 're'], ['region']],
  [
    ['fleet', 'init', '--shape', ''],
    ['hubs', 'regions', 'yaml'],
  ],
  [['fleet', 'bootstrap', 'production/prod-canary/'], ['production/prod-canary/us-east1']],
  [['fleet', 'check', '--o'], ['--output']],
  [
    ['fleet', 'diff', 'HEAD', 'production/prod-sector-1/'],
    ['production/prod-sector-1/europe-east1', 'production/prod-sector-1/us-east1'],
  ],
  [['npx', 'fleet', 'promote', 'm'], ['management-cluster']],
];

const workspace = new RolloutWorkspace('typescript');
// As npm links it; a program of the user's own would be another.
mkdirSync(join(workspace.path, 'node_modules/.bin'), { recursive: true });
symlinkSync(join(repository, 'cli/fleet.js'), join(workspace.path, 'node_modules/.bin/fleet'));
mkdirSync(join(workspace.path, 'a folder/below'), { recursive: true });
afterAll(() => workspace.remove());

function has(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0;
}

function run(shell: string, script: string): string {
  const file = join(workspace.path, `try.${shell}`);
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  const { status, stdout, stderr } = spawnSync(shell, shell === 'zsh' ? ['-f', file] : [file], { cwd: join(workspace.path, 'a folder'), encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

/** From a folder below, as people work. Each line starts a process. */
const lines = partly(typed, 2);

function scriptOf(shell: string): string {
  const { status, stdout } = serve(workspace.path, ['completion', shell]);
  expect(status).toBe(0);
  return stdout;
}

const words = (line: readonly string[]) => line.map((word) => `'${word}'`).join(' ');

(has('bash') ? test : test.skip)('bash completes what is typed', () => {
  const tries = lines.map(
    ([line]) => `COMP_WORDS=(${words(line)}); COMP_CWORD=${line.length - 1}; ${line[0] === 'npx' ? '_fleet_npx' : '_fleet'}; echo "\${COMPREPLY[*]}"`,
  );
  const said = run('bash', `${scriptOf('bash')}\nPATH=/usr/bin:/bin:$(dirname '${process.execPath}')\n${tries.join('\n')}\n`);
  expect(
    said
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').sort()),
  ).toEqual(lines.map(([, completed]) => [...completed].sort()));
});

// What zsh offers is added by builtins that work while it completes only: here they print.
const stubs = `compdef() { : }
compadd() { for one in "$@"; do [[ $one == -* || -z $one ]] || print -rn -- "$one "; done }
_describe() { local name=\${@[-1]}; for one in "\${(@P)name}"; do [[ \${one%%:*} == \${words[CURRENT]}* ]] && print -rn -- "\${one%%:*} "; done }
typeset -A _comps
`;

(has('zsh') ? test : test.skip)('zsh completes what is typed', () => {
  const tries = lines.map(([line]) => `words=(${words(line)}); CURRENT=${line.length}; ${line[0] === 'npx' ? '_fleet_npx' : '_fleet'}; print`);
  const said = run('zsh', `${stubs}${scriptOf('zsh')}\n${tries.join('\n')}\ntrue\n`);
  const offered = said
    .trimEnd()
    .split('\n')
    .map((line, index) => {
      const last = lines[index]?.[0].at(-1) ?? '';
      // zsh itself leaves out what does not begin so.
      return line
        .trim()
        .split(' ')
        .filter((word) => word.startsWith(last))
        .sort();
    });
  expect(offered).toEqual(lines.map(([, completed]) => [...completed].sort()));
});

(has('fish') ? test : test.skip)('fish completes what is typed', () => {
  const tries = lines.map(([line]) => `complete -C '${line.join(' ')}' | string replace -r '\\t.*' '' | string join ' '`);
  const said = run('fish', `${scriptOf('fish')}\n${tries.join('\n')}\ntrue\n`);
  expect(
    said
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').sort()),
  ).toEqual(lines.map(([, completed]) => [...completed].sort()));
});
