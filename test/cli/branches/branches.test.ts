import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../../long-test';
import { isLongForm, partly } from '../../runs';
import { HubWorkspace, startedHub } from '../../workspaces/hub-workspace';
import { removedAfterwards } from '../../workspaces/removed-afterwards';
import { formsOr, RolloutWorkspace } from '../../workspaces/rollout-workspace';
import { repository, serve } from '../../workspaces/workspace';
import { branches, certManager, example, hypershift, proposed, signed, stateOf, withEvidence } from './branches-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

const known = removedAfterwards();

describe.each(formsOr('typescript'))('promote --auto --branches, of a fleet in %s,', (form) => {
  test('makes a branch of each app with the very commit that --commit makes, and touches nothing that is checked out', async () => {
    const workspace = known(await example(form));
    const before = stateOf(workspace);
    const told = proposed(workspace);
    expect(stateOf(workspace)).toEqual(before);
    expect(told).toMatchObject({ ok: true, base: before.head, obsolete: [] });
    expect(told.branches.map(({ name, became, patch, path }) => [name, became, patch, path])).toEqual([
      [certManager, 'new', 'patch-001', 'stage/stage-sector-2'],
      [hypershift, 'new', 'patch-001', 'integration/int-sector-2'],
    ]);
    for (const { name, commit, app = '', patch = '', targets = [], title } of told.branches) {
      expect(workspace.git('rev-parse', name, `${name}^`).trim().split('\n')).toEqual([commit, before.head]);
      const files = workspace.git('diff', '--name-only', 'HEAD', name).trim().split('\n');
      expect(files.filter((file) => !file.includes(app))).toEqual([]);
      const applied = files.filter((file) => /^dist\/[^_]/.test(file));
      expect(applied).toEqual(targets.map((target) => `dist/management-cluster/${target}/templates/${app}.yaml`));
      if (!isLongForm && name !== told.branches[0]?.name) continue;
      // Nobody knows of the other step.
      const byHand = known(signed(new RolloutWorkspace(form, true, workspace.path)));
      expect((await byHand.serve('promote', 'management-cluster', app, patch, '--commit')).status).toBe(0);
      expect(workspace.git('rev-parse', `${name}^{tree}`)).toBe(byHand.git('rev-parse', 'HEAD^{tree}'));
      expect(workspace.git('log', '-1', '--format=%B', name)).toBe(byHand.git('log', '-1', '--format=%B'));
      expect(workspace.git('log', '-1', '--format=%s', name).trim()).toBe(title);
    }
    expect(told.waiting).toEqual([
      expect.objectContaining({ patch: 'patch-002', branch: certManager, reason: `it goes on after patch-001, whose step is on the branch ${certManager}` }),
    ]);
  });
});

test('people read what became of each, how it is pushed, and what waits', async () => {
  const workspace = known(await example());
  const { status, stdout, stderr } = await workspace.serve('promote', '--auto', '--branches');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const id = (name: string) => workspace.git('rev-parse', name).slice(0, 12);
  expect(stdout).toContain(`  branch     ${certManager} (new, ${id(certManager)})\n`);
  expect(stdout).toContain(`\n2 branches: 2 new.\n\nWaiting:\n  patch-002 of cert-manager in management-cluster: it goes on after patch-001`);
  expect(stdout).toMatch(new RegExp(`\n\nNext:\n  git push --force-with-lease origin ${certManager} ${hypershift}\n$`));
  const again = await workspace.serve('promote', '--auto', '--branches');
  expect(again.stdout).toContain(`\n2 branches: 2 unchanged.\n`);
  // Nobody knows whether they were pushed, until they are.
  expect(again.stdout).toContain(`  git push --force-with-lease origin ${certManager} ${hypershift}\n`);
  workspace.git('init', '-q', '--bare', '.git/origin.git');
  workspace.git('remote', 'add', 'origin', '.git/origin.git');
  workspace.git('push', '-q', 'origin', certManager);
  const pushed = await workspace.serve('promote', '--auto', '--branches');
  expect(pushed.stdout).toMatch(new RegExp(`\n\nNext:\n  git push --force-with-lease origin ${hypershift}\n$`));
  workspace.git('push', '-q', 'origin', hypershift);
  expect((await workspace.serve('promote', '--auto', '--branches')).stdout).not.toContain('Next:');
});

longTest('a branch stays as long as it is the same, and is made anew when what it begins at changes', async () => {
  const workspace = known(await example());
  const first = branches(workspace, proposed(workspace));
  expect(proposed(workspace).branches.map(({ became }) => became)).toEqual(['unchanged', 'unchanged']);
  // What changes no file takes no review away.
  workspace.git('commit', '-q', '--allow-empty', '-m', 'Nothing');
  expect(branches(workspace, proposed(workspace))).toEqual(first);
  workspace.write({ 'notes.txt': 'more' }).commit('Something');
  expect(proposed(workspace).branches.map(({ became }) => became)).toEqual(['updated', 'updated']);
  expect(workspace.git('rev-parse', `${certManager}^`)).toBe(workspace.git('rev-parse', 'HEAD'));
  // Whoever looks at one, leaves it as it is.
  workspace.git('checkout', '-q', '--detach', certManager);
  workspace.git('checkout', '-q', '--detach', 'main');
  expect(proposed(workspace).branches.map(({ became }) => became)).toEqual(['unchanged', 'unchanged']);
});

describe('a branch of somebody is left alone, and named, whether', () => {
  const theirs: readonly (readonly [string, (workspace: RolloutWorkspace) => void])[] = [
    ['they committed on it', (workspace) => workspace.write({ 'theirs.txt': 'x' }).commit('Theirs')],
    ['they amended its commit', (workspace) => workspace.write({ 'theirs.txt': 'x' }).git('add', '-A') + workspace.git('commit', '-q', '--amend', '--no-edit')],
    ['they put it elsewhere', (workspace) => workspace.git('reset', '-q', '--hard', 'main')],
  ];
  test.each(partly(theirs, 1))('%s', async (_, change) => {
    const workspace = known(await example());
    proposed(workspace);
    workspace.git('checkout', '-q', certManager);
    change(workspace);
    workspace.git('checkout', '-q', 'main');
    const tip = workspace.git('rev-parse', certManager);
    workspace.write({ 'notes.txt': 'more' }).commit('Something');
    const told = proposed(workspace);
    expect(workspace.git('rev-parse', certManager)).toBe(tip);
    expect(told.branches.map(({ name }) => name)).toEqual([hypershift]);
    expect(told.waiting.find(({ patch }) => patch === 'patch-001')?.reason).toBe(
      `the branch ${certManager} is somebody's: its last commit was put there by other means. Merge it, or delete it (\`git branch -D ${certManager}\`)`,
    );
    expect(told.obsolete).toEqual([]);
  });

  test('they pushed to it, and this clone has no branch of its own', async () => {
    const workspace = known(await example());
    workspace.git('checkout', '-q', '-b', 'theirs');
    const theirs = ['-c', 'user.email=colleague@example.com', 'commit', '-q', '--allow-empty', '-m', 'Theirs'];
    workspace.git(...theirs);
    workspace.git('update-ref', `refs/remotes/origin/${certManager}`, 'theirs');
    workspace.git('checkout', '-q', 'main');
    const ours = workspace.git('commit-tree', '-p', 'main', '-m', 'Made before', 'main^{tree}').trim();
    workspace.git('update-ref', `refs/remotes/origin/${hypershift}`, ours);
    const told = proposed(workspace);
    expect(told.branches.map(({ name, became }) => [name, became])).toEqual([[hypershift, 'new']]);
    expect(workspace.git('branch', '--list', certManager)).toBe('');
    expect(told.waiting.find(({ patch }) => patch === 'patch-001')?.reason).toBe(
      `the branch ${certManager} of origin is somebody's: colleague@example.com committed to it. Merge it, or delete it (\`git push origin --delete ${certManager}\`)`,
    );
  });

  longTest('somebody has it checked out', async () => {
    const workspace = known(await example());
    proposed(workspace);
    workspace.write({ 'notes.txt': 'more' }).commit('Something');
    workspace.git('worktree', 'add', '-q', '../of-somebody', certManager);
    const told = proposed(workspace);
    workspace.git('worktree', 'remove', '../of-somebody');
    expect(told.waiting.find(({ patch }) => patch === 'patch-001')?.reason).toMatch(
      /^the branch fleet\/steps\/management-cluster\/cert-manager is checked out in .*of-somebody$/,
    );
  });
});

test('what nobody would make now is obsolete: it is deleted where it is ours, and named with the reason', async () => {
  const workspace = known(await example());
  proposed(workspace);
  const was = workspace.git('rev-parse', certManager).trim();
  workspace.git('update-ref', 'refs/remotes/origin/fleet/steps/management-cluster/gone', was);
  workspace.git('branch', '-q', 'fleet/steps/management-cluster/theirs', 'main');
  workspace.git('merge', '-q', '--no-ff', '-m', 'Merge', hypershift);
  await workspace.serve('freeze', 'stage', '--reason', 'the holidays');
  workspace.commit('Freeze');
  const dry = proposed(workspace, '--dry-run');
  expect(dry.obsolete.map(({ name, deleted }) => [name, deleted])).toEqual([
    [certManager, undefined],
    ['fleet/steps/management-cluster/gone', undefined],
  ]);
  const told = proposed(workspace);
  expect(told.obsolete).toEqual([
    {
      name: certManager,
      deleted: was,
      // Once of both.
      reason: expect.stringMatching(/^patch-001, patch-002: [^;]*the holidays/),
      note: expect.stringContaining('the holidays'),
    },
    { name: 'fleet/steps/management-cluster/gone', reason: 'no patch of it is in flight', note: expect.stringContaining('`no patch of it is in flight`') },
  ]);
  const left = workspace.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/').trim().split('\n');
  expect(left).not.toContain(certManager);
  expect(left).toContain('fleet/steps/management-cluster/theirs');
});

describe('is refused in one message, and nothing is written,', () => {
  test.each([
    [['--branches'], '`--branches` is about what moves by itself'],
    [['--auto', '--branches', '--commit'], '`--branches` makes a commit of each step on a branch of its own, and `--commit` one of all where you are'],
    [['--auto', '--branches', '--no-synth'], '`--branches` commits what each step renders'],
  ])('with the flags %j', async (flags, message) => {
    const { status, stdout, stderr } = serve(repository, ['promote', ...flags]);
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      expect.stringMatching(new RegExp(`^error rollout\n  ${message.replace(/[.`]/g, '\\$&')}[\\s\\S]*\n1 error\n$`)),
    ]);
  });

  function refused(workspace: RolloutWorkspace, message: string): void {
    const before = stateOf(workspace);
    const { status, stdout, stderr } = workspace.fleet('promote', '--auto', '--branches');
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(message)]);
    expect(stderr).toContain('\n1 error\n');
    expect(stateOf(workspace)).toEqual(before);
  }

  test('where nothing can be written beside the repository', async () => {
    const workspace = known(await example());
    workspace.run('rm', ['-rf', '.git/cdk8s-fleet']);
    refused(workspace.write({ '.git/cdk8s-fleet': 'in the way' }), 'the system refuses: ENOTDIR');
  });

  test('without a repository, and without a commit', async () => {
    const workspace = known(new RolloutWorkspace('typescript', false));
    const { status, stderr } = await workspace.serve('promote', '--auto', '--branches');
    expect([status, stderr]).toEqual([1, expect.stringContaining("no Git repository holds 'config': nothing can be committed")]);
    expect(stderr).toContain('run it without --branches');
    refused(known(signed(new RolloutWorkspace('typescript'))), 'nothing is committed yet: there is no commit that a branch could begin at');
  });

  test('where the configuration or its output has changes, or a merge stands still', async () => {
    const workspace = known(await example());
    workspace.write({ 'notes.txt': 'mine' });
    expect(proposed(workspace, '--dry-run').branches).toHaveLength(2);
    workspace.write({ 'config/management-cluster/notes.md': 'mine' });
    refused(workspace, "'config/management-cluster/notes.md' has changes that are not committed, and each branch begins at the last commit");
    workspace.run('rm', ['config/management-cluster/notes.md']);
    workspace.edit('dist/management-cluster/stage/stage-sector-2/ap-east1/templates/hypershift.yaml', (text) => `${text}# mine\n`);
    refused(workspace, "templates/hypershift.yaml' has changes that are not committed");
    workspace.git('checkout', '-q', '--', 'dist');
    // What it imports is configuration, too, wherever it lies.
    workspace.write({ 'shared/versions.ts': "export const fixed = 'v1.19.0';\n" });
    workspace.edit(
      'config/management-cluster/cert-manager.ts',
      (text) => `import { fixed } from '../../shared/versions';\n${text.replace("targetRevision: 'v1.19.0'", 'targetRevision: fixed')}`,
    );
    workspace.commit('Share it');
    expect(proposed(workspace).branches).toHaveLength(2);
    workspace.edit('shared/versions.ts', (text) => `${text}// mine\n`);
    refused(workspace, "'shared/versions.ts' has changes that are not committed, and each branch begins at the last commit");
    workspace.git('checkout', '-q', '--', 'shared');
    workspace.run('touch', ['.git/MERGE_HEAD']);
    refused(workspace, 'a merge, a rebase or a pick stands still in this repository');
  });

  longTest('where Git does not know who commits', async () => {
    const workspace = known(await example());
    for (const key of ['name', 'email']) workspace.git('config', '--unset', `user.${key}`);
    workspace.git('config', 'user.useConfigOnly', 'true');
    const { status, stderr } = workspace.run(process.execPath, [join(repository, 'cli/fleet.js'), 'promote', '--auto', '--branches'], {
      GIT_CONFIG_GLOBAL: '/dev/null',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('Git does not know who commits')]);
    expect(workspace.git('branch', '--list', 'fleet/*')).toBe('');
  });
});

longTest('what Git refuses of one branch it may take of the others, and the exit status says so', async () => {
  const workspace = known(await example());
  workspace.git('branch', '-q', 'fleet/steps/management-cluster/hypershift/below');
  const { status, stdout } = await workspace.serve('promote', '--auto', '--branches', '--json');
  const told = JSON.parse(stdout);
  expect([status, told.ok, told.branches.map(({ name }: { readonly name: string }) => name)]).toEqual([1, false, [certManager]]);
  expect(told.problems).toEqual([expect.objectContaining({ code: 'commit', message: `Git did not make the branch '${hypershift}'` })]);
  expect(told.obsolete).toEqual([]);
});

longTest('output that was not current keeps the app from moving whose files these are, and no other', async () => {
  const workspace = known(await example());
  workspace.edit('dist/management-cluster/stage/stage-sector-2/ap-east1/templates/cert-manager.yaml', (text) => `${text}# by hand\n`).commit('By hand');
  const told = proposed(workspace);
  expect(told.branches.map(({ name }) => name)).toEqual([hypershift]);
  expect(told.waiting[0]?.reason).toContain('is not what the configuration renders, so that the commit would hold what others changed');
});

longTest('filters and ends of lines of the repository hold, and no hook runs', async () => {
  const workspace = known(await example());
  workspace.write({ '.gitattributes': 'dist/** filter=marked\nconfig/** text eol=crlf\n' });
  workspace.git('config', 'filter.marked.clean', "sed 's/^kind: Application$/kind: Application # filtered/'");
  workspace.git('add', '--renormalize', '.');
  workspace.commit('Filter');
  for (const name of ['pre-commit', 'commit-msg', 'post-index-change', 'reference-transaction', 'post-commit']) {
    workspace.write({ [`.git/hooks/${name}`]: '#!/bin/sh\ntouch hooked\nexit 1\n' });
    chmodSync(join(workspace.path, '.git/hooks', name), 0o755);
  }
  const told = proposed(workspace);
  expect(told.branches).toHaveLength(2);
  expect(workspace.has('hooked') || workspace.has('.git/hooked')).toBe(false);
  const file = 'dist/management-cluster/stage/stage-sector-2/ap-east1/templates/cert-manager.yaml';
  expect(workspace.git('show', `${certManager}:${file}`)).toContain('kind: Application # filtered');
  expect(workspace.git('show', `${certManager}:config/management-cluster/cert-manager.ts`)).not.toContain('\r');
  // What is rendered elsewhere stays as it was.
  expect(
    workspace
      .git('diff', '--name-only', 'HEAD', certManager)
      .split('\n')
      .filter((path) => path.includes('production')),
  ).toEqual([]);
});

longTest('commits are signed where Git is told to, and one that cannot be signed is none', async () => {
  const workspace = known(await example());
  workspace.git('config', 'commit.gpgSign', 'true');
  workspace.git('config', 'gpg.program', 'false');
  const { status, stderr } = await workspace.serve('promote', '--auto', '--branches');
  expect([status, stderr]).toEqual([1, expect.stringContaining('Git did not make the commit: `git commit-tree` ended with status')]);
  expect(workspace.git('branch', '--list', 'fleet/*')).toBe('');
});

longTest('a fleet in a folder has branches of its own, wherever the command runs, and a detached HEAD is one to begin at', async () => {
  const workspace = known(await example());
  workspace.run('mkdir', ['-p', 'plat form/a']);
  workspace.git('mv', 'config', 'plat form/a/config');
  workspace.git('mv', 'dist', 'plat form/a/dist');
  workspace.edit('plat form/a/config/fleet.ts', (text) => text.replace("path: 'dist'", "path: 'plat form/a/dist'"));
  workspace.fleet('synth', '--config', 'plat form/a/config');
  workspace.commit('Move').git('checkout', '-q', '--detach');
  const { stdout } = serve('/', ['promote', '--auto', '--branches', '--json', '--config', join(workspace.path, 'plat form/a/config')]);
  const names = (JSON.parse(stdout) as { readonly branches: readonly { readonly name: string }[] }).branches.map(({ name }) => name);
  expect(names).toEqual([certManager, hypershift].map((name) => name.replace('steps/', 'steps-plat=20form+a/')));
  expect(workspace.git('rev-parse', `${names[0]}^`)).toBe(workspace.git('rev-parse', 'HEAD'));
  expect(workspace.git('status', '--porcelain')).toBe('');
});

describe('the text of its request', () => {
  test('has the step, the plan with who approves, what was seen, the lines of the commit, and what changes', async () => {
    const workspace = known(await withEvidence('exit 0', (text) => text.replace("name: 'production',", "name: 'production', approvers: ['@company/sre'],")));
    const [first] = proposed(workspace).branches;
    expect(first?.title).toBe('management-cluster/cert-manager: roll patch-001 out to stage/stage-sector-2');
    expect(first?.body.replace(/from `[0-9a-f]{12}`/, 'from `BASE`')).toMatchInlineSnapshot(`
"\`patch-001 of cert-manager in management-cluster: Security update: cert-manager v1.19.0\`

| this step |  |
| --- | --- |
| enters | \`stage/stage-sector-2 (1 target)\` |
| coalesces | \`stage/stage-sector-1, stage/stage-sector-2 → stage\` |
| covers | \`5 → 6 of 9 targets\` |

## The plan

The first of these steps is this one.

\`\`\`
patch-001 of cert-manager in management-cluster: Security update: cert-manager v1.19.0

  1. enters      stage/stage-sector-2 (1 target)
     coalesces   stage/stage-sector-1, stage/stage-sector-2 → stage
     covers      5 → 6 of 9 targets
  2. enters      production/prod-canary (1 target)
     gate        production is manual
     covers      6 → 7 of 9 targets
  3. enters      production/prod-sector-1 (2 targets)
     gate        production/prod-sector-1 is manual
     coalesces   production/prod-canary, production/prod-sector-1 → production
     covers      7 → 9 of 9 targets
  4. integrates  into the base; the patch is removed
     folds       source.targetRevision into the override production
\`\`\`

| gate | approved by |
| --- | --- |
| \`production\` | \`@company/sre\` |
| \`production/prod-sector-1\` | \`@company/sre\` |

## Evidence

| target | evidence | answer | since, or why |
| --- | --- | --- | --- |
| \`integration/int-sector-1/us-central1\` | \`command\` | \`good\` | \`now\` |
| \`integration/int-sector-1/europe-west1\` | \`command\` | \`good\` | \`now\` |
| \`integration/int-sector-2/us-central1\` | \`command\` | \`good\` | \`now\` |
| \`stage/stage-sector-1/us-east1\` | \`command\` | \`good\` | \`now\` |
| \`stage/stage-sector-1/europe-west1\` | \`command\` | \`good\` | \`now\` |

## On record

These lines end the message of the commit, and are what the rules of the fleet read: whoever squashes it keeps them.

\`\`\`
Fleet-Evidence: management-cluster/cert-manager patch-001 integration,stage/stage-sector-1 command good#d41e74ff ee84d76abf869098
\`\`\`

## What changes

**1 app changed at 1 target**, from \`BASE\` to \`fleet/steps/management-cluster/cert-manager\`

### \`management-cluster/cert-manager\`

| field | change | where | why |
| --- | --- | --- | --- |
| \`source.targetRevision\` | \`v1.18.2\` → \`v1.19.0\` | \`stage/stage-sector-2\` | \`patch-001 stage; before: base\` |

2 values of 1 app come from another layer now and say the same."
`);
    // Merged, it passes the rules, which ask for what was seen.
    workspace.git('merge', '-q', '--no-ff', '-m', 'Merge', certManager);
    const judged = await workspace.serve('check', '--since', 'HEAD^1');
    expect([judged.status, judged.stdout]).toEqual([0, expect.stringContaining('nothing is refused')]);
  });

  longTest('is code where people wrote it', async () => {
    const hostile = 'x`</details> @company/all [a](https://evil.example) | <img src=x> ``` #1';
    const workspace = known(await example());
    const file = 'config/management-cluster/cert-manager.ts';
    workspace.edit(file, (text) => text.replace("'Security update: cert-manager v1.19.0'", JSON.stringify(hostile))).fleet('synth');
    workspace.commit('Hostile');
    const body = proposed(workspace).branches[0]?.body ?? '';
    expect(body.split('\n')[0]).toBe(`\`\`\`\`patch-001 of cert-manager in management-cluster: ${hostile}\`\`\`\``);
    expect(body).toContain(`\`\`\`\`\npatch-001 of cert-manager in management-cluster: ${hostile}\n`);
  });
});

longTest('what is bad is taken back on a branch, before anything of the app goes on', async () => {
  const workspace = known(await withEvidence('test "$FLEET_PATCH $FLEET_REGION" != "patch-002 us-east1"'));
  const stopped = proposed(workspace);
  expect(stopped.branches.map(({ name, patch }) => [name, patch])).toEqual([
    [certManager, 'patch-001'],
    [hypershift, 'patch-001'],
    // Why the other one stops.
    ['fleet/evidence', undefined],
  ]);
  expect(stopped.waiting).toEqual([expect.objectContaining({ patch: 'patch-002', isStopped: true })]);
  const told = proposed(workspace, '--rollback-on-bad');
  expect(told.branches[0]).toMatchObject({ name: certManager, became: 'updated', patch: 'patch-002', step: 'back' });
  expect(told.branches[0]?.title).toContain('take patch-002 back from stage/stage-sector-1/us-east1');
  expect(told.branches[0]?.body).toContain('| leaves | `stage/stage-sector-1/us-east1 (1 target)` |');
  expect(told.waiting[0]?.reason).toBe(`it goes on after patch-002, whose step is on the branch ${certManager}`);
});

longTest('of patches that are bad at the same target the one that came there last is taken back on a branch, and the other has it on record', async () => {
  const workspace = known(await withEvidence('test "$FLEET_APP $FLEET_REGION" != "cert-manager us-east1"'));
  workspace.edit('config/management-cluster/cert-manager.ts', (text) => text.replace('renewBeforeExpiryPercentage: 40', 'renewBeforeExpiryPercentage: 30'));
  await workspace.serve('synth');
  workspace.commit('Renew later');
  const told = proposed(workspace, '--rollback-on-bad');
  expect(told.branches.map(({ name, patch, step }) => [name, patch, step])).toEqual([
    [certManager, 'patch-002', 'back'],
    [hypershift, 'patch-001', expect.anything()],
    ['fleet/evidence', undefined, 'record'],
  ]);
  expect(told.waiting).toEqual([
    expect.objectContaining({ patch: 'patch-001', isStopped: true, reason: expect.stringContaining('patch-002 came there last, and goes back first') }),
  ]);
  expect(workspace.git('log', '-1', '--format=%B', 'fleet/evidence')).toContain('cert-manager patch-001 stage/stage-sector-1/us-east1 command bad');
});

longTest('evidence whose time has to begin is on a branch of its own', async () => {
  const workspace = known(await withEvidence('exit 0', (text) => text.replace("'int-sector-1', ", "'int-sector-1', soak: '1h', ")));
  const told = proposed(workspace);
  expect(told.branches).toEqual([expect.objectContaining({ name: 'fleet/evidence', title: 'Record what evidence says', step: 'record', became: 'new' })]);
  expect(workspace.git('diff', 'HEAD', 'fleet/evidence')).toBe('');
  expect(workspace.git('log', '-1', '--format=%(trailers:key=Fleet-Evidence,valueonly)', 'fleet/evidence')).toContain(
    'management-cluster/cert-manager patch-001 integration/int-sector-1',
  );
  expect(told.branches[0]?.body).toContain('Fleet-Evidence: management-cluster/cert-manager patch-001');
  expect(proposed(workspace).branches[0]?.became).toBe('unchanged');
  workspace.git('merge', '-q', '--no-ff', '-m', 'Merge', 'fleet/evidence');
  expect(proposed(workspace)).toMatchObject({ branches: [], obsolete: [] });
});

longTest('of a fleet of hubs, with files of its own for each member', async () => {
  const workspace = known(signed<HubWorkspace>(await startedHub()));
  const config = workspace.read('config/fleet.ts');
  workspace.write({ 'config/fleet.ts': config.replaceAll("promotion: 'manual'", "promotion: 'automated'") });
  await workspace.serve('synth');
  workspace.git('add', '-A');
  workspace.git('commit', '-q', '-m', 'Automated');
  const head = workspace.git('rev-parse', 'HEAD');
  const before = workspace.everything();
  const told = JSON.parse((await workspace.serve('promote', '--auto', '--branches', '--json')).stdout);
  expect([workspace.everything(), workspace.git('status', '--porcelain'), workspace.git('rev-parse', 'HEAD')]).toEqual([before, '', head]);
  expect(told.branches.length).toBeGreaterThan(0);
  for (const { name, clusterType, app, patch } of told.branches) {
    const byHand = known(signed<HubWorkspace>(new HubWorkspace(workspace.path)));
    expect((await byHand.serve('promote', clusterType, app, patch, '--commit')).status).toBe(0);
    expect(workspace.git('rev-parse', `${name}^{tree}`)).toBe(byHand.git('rev-parse', 'HEAD^{tree}'));
  }
});

longTest('a kill at any time leaves finished branches and none that is half made', async () => {
  const start = known(await example());
  const reference = known(signed(new RolloutWorkspace('typescript', true, start.path)));
  const made = proposed(reference).branches;
  for (let at = 1; ; at += 1) {
    const workspace = known(signed(new RolloutWorkspace('typescript', true, start.path)));
    workspace.write({
      '../bin-of-kill/git': `#!/bin/sh\n/usr/bin/env PATH="$REAL" git "$@" || exit\ncase "$*" in *read-tree*|*pathspec-from-file*|*write-tree*|*commit-tree*|*update-ref*) echo x >> "$COUNT"; [ "$(wc -l < "$COUNT")" = ${at} ] && kill -9 $PPID;; esac\nexit 0\n`,
    });
    const bin = join(workspace.path, '../bin-of-kill');
    chmodSync(join(bin, 'git'), 0o755);
    const env = { PATH: `${bin}:${process.env['PATH']}`, REAL: process.env['PATH'], COUNT: join(workspace.path, '.git/count') };
    const { status } = workspace.run(process.execPath, [join(repository, 'cli/fleet.js'), 'promote', '--auto', '--branches'], env);
    // A branch is what it would be, or not there.
    for (const { name, commit } of made) {
      const tree = (folder: RolloutWorkspace, ref: string) => folder.run('git', ['rev-parse', '--quiet', '--verify', `${ref}^{tree}`]).stdout;
      expect([tree(reference, commit ?? ''), '']).toContain(tree(workspace, name));
    }
    expect(workspace.run('git', ['fsck', '--connectivity-only']).status).toBe(0);
    const next = proposed(workspace);
    expect(next.branches.map(({ name }) => name)).toEqual(made.map(({ name }) => name));
    expect(workspace.run('git', ['status', '--porcelain']).stdout).toBe('');
    if (status === 0) {
      expect(at).toBeGreaterThan(8);
      return;
    }
  }
});
