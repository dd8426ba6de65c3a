import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../../long-test';
import { GitFolder } from '../../workspaces/git-folder';
import { Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

function app(name: string, version: string): string {
  return `export default {
  source: { repoURL: 'https://charts.example.com', chart: '${name}', targetRevision: '${version}' },
  destination: { namespace: '${name}' },
  overrides: { production: { source: { targetRevision: '${version}-stable' } } },
};
`;
}

/** The example, rendered and committed; no driver and no setting of Git's has a say, as where a forge merges. */
function committed(): { readonly workspace: Workspace; readonly git: GitFolder } {
  const workspace = new Workspace();
  workspaces.push(workspace);
  const git = new GitFolder(workspace.path);
  expect(workspace.fleet('synth').status).toBe(0);
  git.commit(1);
  return { workspace, git };
}

function branch({ workspace, git }: ReturnType<typeof committed>, name: string, hour: number, change: () => void): void {
  git.git('switch', '-q', '-c', name, 'main');
  change();
  expect(workspace.fleet('synth').status).toBe(0);
  git.commit(hour).git('switch', '-q', 'main');
}

function mergeOf({ workspace }: ReturnType<typeof committed>, name: string): number | null {
  const user = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return spawnSync('git', [...user, 'merge', '-q', '--no-ff', '--no-edit', name], { cwd: workspace.path, env }).status;
}

const config = (name: string) => `config/management-cluster/${name}.ts`;

test('two teams that change apps of their own, add one each and remove one merge without a conflict, and what is merged is current', () => {
  const fleet = committed();
  const { workspace } = fleet;
  branch(fleet, 'team-a', 2, () => {
    workspace.edit(config('cert-manager'), (text) =>
      text.replace('10260', '10261').replace("'stage/stage-sector-1'],", "'stage/stage-sector-1', 'stage/stage-sector-2'],"),
    );
    workspace.write({ [config('reloader')]: app('reloader', '2.2.0') });
  });
  branch(fleet, 'team-b', 3, () => {
    workspace.edit(config('hypershift'), (text) => text.replace('v0.1.62', 'v0.1.63').replace('replicas: 3', 'replicas: 5'));
    workspace.write({ [config('velero')]: app('velero', '11.1.0') });
    workspace.run('rm', [config('prometheus')]);
  });
  expect(mergeOf(fleet, 'team-a')).toBe(0);
  expect(mergeOf(fleet, 'team-b')).toBe(0);
  expect(workspace.fleet('check')).toMatchObject({ status: 0, stdout: expect.stringContaining('dist/ is current: 18 targets') });
});

test('a conflict in a record, in a manifest or in values is named by a check, and rendered anew', () => {
  const { workspace } = committed();
  const before = workspace.snapshot('dist');
  const target = 'management-cluster/stage/stage-sector-1/us-east1';
  const paths = ['_record/fleet.yaml', '_record/management-cluster/cert-manager.yaml', `${target}/templates/cert-manager.yaml`, `${target}/values.yaml`];
  for (const path of paths) {
    const [first, ...rest] = workspace.read(`dist/${path}`).split('\n');
    writeFileSync(join(workspace.path, 'dist', path), [first, '<<<<<<< HEAD', ...rest, '=======', 'other: 1', '>>>>>>> team-b', ''].join('\n'));
  }
  const { status, stdout } = workspace.fleet('check');
  expect(status).toBe(1);
  for (const path of paths) expect(stdout).toContain(`dist/${path}:2 (a merge conflict that nobody resolved)`);
  expect(stdout).toContain('4 stale or edited by hand, 0 missing, 0 extra');
  expect(workspace.fleet('synth')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('4 written, 0 removed') });
  const texts = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.slice(text.indexOf(' '))]));
  expect(texts(workspace.snapshot('dist'))).toEqual(texts(before));
});

longTest('what one branch removes and the other renders at a new place is the tool’s after the merge: it goes', () => {
  const fleet = committed();
  const { workspace, git } = fleet;
  branch(fleet, 'without', 2, () => workspace.run('rm', [config('prometheus')]));
  branch(fleet, 'wider', 3, () => workspace.edit('config/fleet.ts', (text) => text.replace("'ap-east1'", "'ap-east1', 'ap-south1'")));
  expect(mergeOf(fleet, 'without')).toBe(0);
  expect(mergeOf(fleet, 'wider')).toBe(0);
  const stale = 'dist/management-cluster/stage/stage-sector-2/ap-south1/templates/prometheus.yaml';
  expect(workspace.has(stale)).toBe(true);
  expect(workspace.fleet('check')).toMatchObject({ status: 1, stdout: expect.stringMatching(new RegExp(`extra +${stale}`)) });
  expect(workspace.fleet('synth')).toMatchObject({ status: 0, stderr: '' });
  expect(workspace.has(stale)).toBe(false);
  expect(git.git('status', '--short').trim()).toBe(`D ${stale}`);
});
