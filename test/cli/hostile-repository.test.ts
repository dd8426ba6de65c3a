import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../long-test';
import { partly } from '../runs';
import { HostileRepository, hostileSettings } from '../workspaces/hostile-repository';
import { type Form, formsOr } from '../workspaces/rollout-workspace';
import { TemporaryFolders, write } from '../workspaces/temporary-folder';
import { examples, repository, serve, Workspace } from '../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const folders = new TemporaryFolders();

const web =
  "export default { project: 'default', source: { repoURL: 'https://example.com', chart: 'web', targetRevision: '1.0.0' }, destination: { name: 'a', namespace: 'a' } };\n";
const settings = Object.keys(hostileSettings);
const patch = ['management-cluster', 'cert-manager', 'patch-001'] as const;

/** Commands that read, in an order in which each has something to say; then those that write. */
const commands: readonly (readonly string[])[] = [
  ['check'],
  ['status'],
  ['plan', ...patch],
  ['promote', ...patch, '--dry-run'],
  ['promote', '--auto', '--dry-run'],
  ['promote', '--auto', '--branches', '--dry-run'],
  ['rollback', 'management-cluster', 'cert-manager', 'patch-009'],
  ['rollback', ...patch, '--dry-run'],
  ['bootstrap', 'production/prod-sector-1/us-east1', '--json'],
  ['new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v9', '--dry-run'],
  ['synth'],
  ['promote', ...patch],
  ['promote', ...patch, '--all', '--approve', 'production'],
  ['rollback', ...patch],
  ['promote', '--auto'],
  ['new', 'patch', 'management-cluster', 'hypershift', '--set', 'source.targetRevision=v9'],
  ['migrate', '--from', 'config', '--to', 'config-ts'],
];

/** What a command comes to: done, or waiting for an approval; a check before it was rendered, a patch that never was, and what is TypeScript already are refused. */
function expected(form: Form, [name, ...rest]: readonly string[], status: number | null): readonly unknown[] {
  if (name === 'check' || rest.includes('patch-009') || (name === 'migrate' && form === 'typescript')) return [1, expect.any(String)];
  // Without a repository, and a commit of it, there is no branch.
  if (rest.includes('--branches') && status === 1) return [1, expect.stringContaining('error commit')];
  return [status === 3 ? 3 : 0, ''];
}

/** The example fleet in a repository that somebody else wrote, with a soak time, so that its history is asked. */
function hostile(form: Form): HostileRepository {
  const folder = folders.make();
  cpSync(examples[form], join(folder, 'config'), { recursive: true });
  const file = join(folder, form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    form === 'yaml'
      ? text.replace('- name: stage-sector-1\n', '- name: stage-sector-1\n          soak: 24h\n')
      : text.replace("'stage-sector-1', ", "'stage-sector-1', soak: '24h', "),
  );
  return new HostileRepository(folder, folders.make()).commitSigned(1);
}

describe.each(formsOr('yaml'))('no command runs what a repository names, of a fleet in %s:', (form) => {
  const runAll = async (hostileOne: HostileRepository, folder: string) => {
    for (const command of partly(commands, 8)) {
      const { status, stderr } = await serve(folder, command);
      // Each gets as far as it would in a fleet of one's own.
      expect([command, status, status === 0 || status === 3 ? '' : stderr]).toEqual([command, ...expected(form, command, status)]);
      expect([command, hostileOne.hasRun()]).toEqual([command, false]);
    }
  };

  test('neither one by .git/config', async () => {
    const hostileOne = hostile(form).arm(settings);
    await runAll(hostileOne, hostileOne.git.path);
  });

  // A fetched fleet is one in YAML: TypeScript is code.
  longTest.each(form === 'yaml' ? [true, false] : [false])(
    'nor a configuration folder in the disguise of one, inside of a repository: %s',
    async (isInside) => {
      const hostileOne = hostile(form);
      const folder = isInside ? hostileOne.git.path : folders.make();
      if (!isInside) cpSync(join(hostileOne.git.path, 'config'), join(folder, 'config'), { recursive: true });
      hostileOne.disguise(join(folder, 'config'), settings);
      // Folders of the configuration are cluster types; these are.
      for (const name of ['objects', 'refs']) {
        if (form === 'typescript') write(folder, { [`config/${name}/web.ts`]: web });
        else
          for (const own of ['defaults.yaml', 'hypershift'])
            cpSync(join(folder, 'config/management-cluster', own), join(folder, 'config', name, own), { recursive: true });
      }
      await runAll(hostileOne, folder);
    },
  );
});

describe('settings and packages that lie around a fleet', () => {
  const paths = (map: object) => JSON.stringify({ compilerOptions: { baseUrl: '.', paths: map } });

  // One program in the place of any is seen, so that one run asks for all.
  test.each(partly([[['*']], [['commander', 'yaml', 'constructs', 'picocolors']]], 1))('put nothing in the place of what this package needs: %j', (names) => {
    const canaries = folders.make();
    const program = `require('node:fs').writeFileSync(${JSON.stringify(canaries)} + '/' + process.pid, '');\n`;
    const installed = ['cdk8s-fleet', 'commander', 'tsx', 'typescript', 'yaml'].map((one) => [`node_modules/${one}/index.js`, program] as const);
    const workspace = new Workspace({
      'tsconfig.json': paths(Object.fromEntries(names.map((name) => [name, ['./program.ts']]))),
      'program.ts': program,
      ...Object.fromEntries(installed),
    });
    cpSync(examples.yaml, join(workspace.path, 'config'), { recursive: true });
    for (const command of partly([['synth'], ['check'], ['status'], ['migrate', '--from', 'config', '--to', 'config-ts']], 1)) {
      const { status } = workspace.fleetProcess(...command);
      expect([command, status, readdirSync(canaries)]).toEqual([command, 0, []]);
    }
    workspace.remove();
  });

  longTest('say where modules of a configuration in TypeScript are', () => {
    const workspace = new Workspace().write({
      'tsconfig.json': paths({ '@shared/*': ['./shared/*'] }),
      'shared/revision.ts': "export const revision = 'v9';\n",
    });
    workspace.edit(
      'config/management-cluster/hypershift.ts',
      (text) => `import { revision } from '@shared/revision';\n${text.replace("'v0.1.62'", 'revision')}`,
    );
    expect(workspace.fleetProcess('synth')).toMatchObject({ status: 0 });
    expect(workspace.read('dist/management-cluster/stage/stage-sector-2/ap-east1/templates/hypershift.yaml')).toContain('targetRevision: v9');
    workspace.remove();
  });

  longTest.each(formsOr('yaml'))('are not waited for: %s', (form) => {
    const workspace = new Workspace({});
    cpSync(examples[form], join(workspace.path, 'config'), { recursive: true });
    spawnSync('mkfifo', [join(workspace.path, 'tsconfig.json')]);
    const { status, stderr } = workspace.fleetProcess('synth');
    expect(status).toBe(form === 'yaml' ? 0 : 1);
    expect(stderr.match(/^error .*/gm) ?? []).toEqual(form === 'yaml' ? [] : ['error config-unreadable tsconfig.json']);
    workspace.remove();
  });
});

longTest('a command may be run by a hook, which sets what Git itself needs', async () => {
  const folder = folders.make();
  cpSync(examples.typescript, join(folder, 'config'), { recursive: true });
  const own = new HostileRepository(folder, folders.make());
  await serve(folder, ['synth']);
  own.git.commit(1);
  const hook = join(folder, '.git/hooks/pre-commit');
  const fleet = `'${process.execPath}' '${join(repository, 'cli/fleet.js')}'`;
  writeFileSync(hook, `#!/bin/sh\nset -e\n${fleet} check\n${fleet} status --json > '${folder}/status.json'\n`, { mode: 0o755 });
  writeFileSync(join(folder, 'README.md'), 'x');
  own.git.git('add', 'README.md');
  own.git.git('commit', '-q', '-m', 'With a hook', 'README.md');
  expect(own.git.git('log', '-1', '--format=%s')).toBe('With a hook\n');
  const { patches } = JSON.parse(readFileSync(join(folder, 'status.json'), 'utf8')) as { readonly patches: readonly { readonly since: string }[] };
  expect(patches.map(({ since }) => since)).toEqual([expect.stringContaining('2024-05-01'), expect.stringContaining('2024-05-01')]);
});
