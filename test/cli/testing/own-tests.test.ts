import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLongForm } from '../../runs';
import { RolloutWorkspace } from '../../workspaces/rollout-workspace';
import { type Run, repository } from '../../workspaces/workspace';

// A test runner is started for each of these.
const inLongForm = isLongForm ? describe : describe.skip;

const settings = `module.exports = {
  transform: { '\\\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^cdk8s-fleet/testing$': ${JSON.stringify(join(repository, 'cli/testing/index.ts'))} },
};
`;

/** The example with the tests that a user keeps, once they have run. */
class OwnTests extends RolloutWorkspace {
  constructor() {
    super('typescript');
    this.write({ 'jest.config.js': settings, 'package.json': '{}', 'test/fleet.test.ts': readFileSync(join(repository, 'test/fleet.test.ts'), 'utf8') });
    this.write({ '.gitignore': 'node_modules\nbase\n' });
    this.run('ln', ['-s', join(repository, 'node_modules'), 'node_modules']);
    expect(this.fleet('synth').status).toBe(0);
    // What runs these tests may be a pipeline, in which Jest writes no snapshot unless it is asked for.
    expect(this.jest('-u').status).toBe(0);
    this.commit('Start');
  }

  jest(...args: string[]): Run {
    return this.#jest(args, {});
  }

  /** As the pipeline of a pull request runs them: against what is committed. */
  pullRequest(): Run {
    this.git('worktree', 'add', '-f', '--detach', 'base', 'HEAD');
    return this.#jest(['-u'], { FLEET_BASE: 'base/config' });
  }

  #jest(args: readonly string[], env: NodeJS.ProcessEnv): Run {
    return this.run(
      process.execPath,
      [join(repository, 'node_modules/jest/bin/jest.js'), 'test/fleet.test.ts', '--testPathIgnorePatterns=/base/', ...args],
      env,
    );
  }

  /** The lines that a commit would change below a folder. */
  changed(folder: string): readonly string[] {
    return this.git('diff', '-U0', '--', folder)
      .split('\n')
      .filter((line) => /^[-+] /.test(line));
  }
}

inLongForm('the tests that a user keeps', () => {
  let own: OwnTests;
  beforeAll(() => {
    own = new OwnTests();
  });
  beforeEach(() => {
    own.git('checkout', '-q', '--', '.');
  });
  afterAll(() => own.remove());

  test('show an ordinary edit as a diff, and take it with -u', () => {
    own.edit('config/management-cluster/hypershift.ts', (text) => text.replace('v0.1.62', 'v0.1.63'));
    const { status, stderr } = own.jest('--ci');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ +- +targetRevision: v0\.1\.62\n +\+ +targetRevision: v0\.1\.63$/m);
    expect(own.jest('-u').status).toBe(0);
    expect(own.changed('test')).toEqual(['-    targetRevision: v0.1.62', '+    targetRevision: v0.1.63']);
    expect(own.jest('--ci').status).toBe(0);
  });

  test('follow a promotion in the pipeline that the documents show', () => {
    for (const approve of [[], ['--approve', 'production'], ['--approve', 'production/prod-sector-1']])
      expect(own.promote(...approve)).resolves.toMatchObject({ status: 0 });
    expect(own.jest('--ci').status).toBe(1);
    expect(own.jest('-u').status).toBe(0);
    own.run('git', ['add', '-A', 'config', 'dist', 'test']);
    expect(own.jest('--ci').status).toBe(0);
    expect(own.git('diff', '--cached', '-U0', '--', 'test')).toMatch(/^- {4}targetRevision: v1\.17\.0\n\+ {4}targetRevision: v1\.19\.0$/m);
    own.git('reset', '-q', '--hard');
  });

  test.each<[string, string, (text: string) => string, string]>([
    [
      'production never runs a release candidate',
      'management-cluster/cert-manager',
      (text) => text.replace('v1.17.0', 'v1.20.0-rc.1'),
      'cert-manager of management-cluster at production/prod-canary/us-east1 (v1.20.0-rc.1)',
    ],
    ['every app has an owner', 'infra-cluster/argocd', (text) => text.replace(/^ {2}owners: .*\n/m, ''), 'argocd of infra-cluster'],
  ])('%s: else it fails, -u or not, and names what it is', (name, file, edit, named) => {
    own.edit(`config/${file}.ts`, edit);
    const { status, stderr } = own.jest('-u');
    expect(status).toBe(1);
    expect(stderr).toContain(`● ${name}`);
    expect(stderr).toContain(`+   "${named}",`);
  });

  test('nothing outside production changes with production: a pull request that changes both fails, and names what else changes', () => {
    const both = (text: string) => text.replace('cainjector: { enabled: true }', 'cainjector: { enabled: false }');
    own.edit('config/management-cluster/cert-manager.ts', both);
    const { status, stderr } = own.pullRequest();
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('● nothing outside production changes with production') });
    expect(stderr).toContain('+   "changed management-cluster at integration/int-sector-1/us-central1: templates/cert-manager.yaml",');
    expect(stderr).not.toContain('at production/');
    own.git('checkout', '-q', '--', '.');
    own.edit('config/management-cluster/cert-manager.ts', (text) => text.replace('v1.17.0', 'v1.17.1'));
    expect(own.pullRequest().status).toBe(0);
    own.git('checkout', '-q', '--', '.');
    own.edit('config/management-cluster/cert-manager.ts', (text) => text.replace('replicaCount: 2', 'replicaCount: 4'));
    expect(own.pullRequest().status).toBe(0);
  });
});
