import { longTest } from '../long-test';
import { RolloutWorkspace } from '../workspaces/rollout-workspace';

jest.setTimeout(120_000);

const workspaces: RolloutWorkspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

const app = 'config/management-cluster/cert-manager';
const override = 'applications:\n  cert-manager:\n    source:\n      helm:\n        valuesObject:\n          fromB: 1\n';

interface Layers {
  readonly problems: readonly { readonly code: string; readonly file?: string; readonly found?: string; readonly hint?: string }[];
}

/** The example in YAML with `main` checked out, and branches that are made of it. */
class Branches extends RolloutWorkspace {
  constructor() {
    super('yaml');
    workspaces.push(this);
    this.commit('Start');
  }

  async branch(name: string, edit: () => Promise<unknown> | unknown, from = 'main'): Promise<this> {
    this.git('checkout', '-q', '-b', name, from);
    await edit();
    return this.commit(name);
  }

  /** Merges as somebody does who takes what Git suggests. */
  merge(...names: readonly string[]): this {
    this.git('-c', 'merge.directoryRenames=true', 'merge', '-q', '--no-ff', '-m', 'Merge', ...names);
    return this.commit('Merge');
  }

  async moved(): Promise<Layers['problems']> {
    await this.serve('synth');
    const { stdout } = await this.serve('check', '--json');
    return (JSON.parse(stdout) as Layers).problems.filter(({ code }) => code === 'layer-moved');
  }
}

/** One branch promotes a patch, which coalesces; another one adds an override in the folder that is gone by then. */
async function merged(): Promise<Branches> {
  const workspace = new Branches();
  workspace.write({ [`${app}/stage/stage-sector-2/ap-east1/patch-001.yaml`]: workspace.read(`${app}/integration/patch-001.yaml`) });
  workspace.git('rm', '-q', `${app}/stage/stage-sector-1/us-east1/patch-002.yaml`);
  workspace.commit('Prepare');
  await workspace.branch('promotes', () => {
    workspace.git('mv', `${app}/stage/stage-sector-2/ap-east1/patch-001.yaml`, `${app}/stage/stage-sector-2/patch-001.yaml`);
  });
  await workspace.branch('overrides', () => workspace.write({ [`${app}/stage/stage-sector-2/ap-east1/override.yaml`]: override }));
  return workspace;
}

longTest('an override that came with a merge where no commit put it is told of, with both paths, and moves back as the message says', async () => {
  const workspace = await merged();
  workspace.git('checkout', '-q', 'promotes');
  workspace.merge('overrides');
  expect(workspace.has(`${app}/stage/stage-sector-2/override.yaml`)).toBe(true);
  const [found, ...others] = await workspace.moved();
  expect([found, others]).toMatchObject([
    { file: `${app}/stage/stage-sector-2/override.yaml`, found: `the branch that was merged has it at '${app}/stage/stage-sector-2/ap-east1/override.yaml'` },
    [],
  ]);
  expect((await workspace.serve('check')).stderr).toContain('warning layer-moved');
  const [, command = ''] = /`(mkdir [^`]+)`/.exec(found?.hint ?? '') ?? [];
  workspace.run('sh', ['-ec', command]);
  workspace.commit('Move it back');
  expect(await workspace.moved()).toEqual([]);
  expect(workspace.read(`${app}/stage/stage-sector-2/ap-east1/override.yaml`)).toBe(override);
});

longTest('it is told of however long ago that was, and whatever was merged since, until a commit edits it there', async () => {
  const workspace = await merged();
  workspace.git('checkout', '-q', 'promotes');
  workspace.merge('overrides');
  await workspace.branch('more', () => workspace.write({ 'README.md': 'x', [`${app}/production/prod-canary/override.yaml`]: override }), 'main');
  workspace.git('checkout', '-q', 'promotes');
  workspace.merge('more');
  workspace.git('checkout', '-q', 'main');
  workspace.merge('promotes');
  expect(await workspace.moved()).toHaveLength(1);
  workspace.edit(`${app}/stage/stage-sector-2/override.yaml`, (text) => `# Meant for the sector.\n${text}`).commit('Mean it');
  expect(await workspace.moved()).toEqual([]);
});

longTest('nothing is told of what commits put somewhere: on a branch, on both, by a rename of their own, or in a merge that changes a file', async () => {
  const workspace = new Branches();
  await workspace.branch('one', () => {
    workspace.write({ [`${app}/production/prod-canary/override.yaml`]: override });
    workspace.git('mv', `${app}/stage/override.yaml`, `${app}/stage/stage-sector-2/override.yaml`);
  });
  await workspace.branch('two', () =>
    workspace.write({ [`${app}/production/prod-canary/override.yaml`]: override, [`${app}/stage/stage-sector-1/override.yaml`]: override }),
  );
  workspace.merge('one');
  expect(await workspace.moved()).toEqual([]);
});

longTest('nothing is told without a repository, and without a commit', async () => {
  const outside = new RolloutWorkspace('yaml', false);
  const fresh = new RolloutWorkspace('yaml');
  workspaces.push(outside, fresh);
  for (const workspace of [outside, fresh]) {
    await workspace.serve('synth');
    expect(await workspace.serve('check')).toMatchObject({ status: 0, stderr: expect.not.stringContaining('layer-moved') });
  }
});
