import { ChartsWorkspace, chartsURL } from '../../workspaces/charts-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const app = (version: string, patches = '') =>
  `export default { hydrate: true, source: { repoURL: '${chartsURL}', chart: 'web', targetRevision: '${version}' }${patches} };\n`;
const patched = ", patches: { 'patch-001': { rolledOutTo: ['integration', 'production'], change: { source: { targetRevision: 'v1.1.0' } } } }";

describe('fleet rollback to a version of a chart that nobody names any more', () => {
  const fleet = new ChartsWorkspace({ 'config/apps/web.ts': app('v1.0.0', patched) });
  const git = (...args: readonly string[]) => fleet.run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);
  beforeAll(() => {
    git('add', '-A', '--', 'config');
    git('commit', '-qm', 'Roll it out');
    fleet.write({ 'config/apps/web.ts': app('v1.1.0') });
    git('commit', '-qam', 'Make it the base');
    expect(fleet.charts('pull')).toMatchObject({ status: 0 });
  });
  afterEach(() => git('checkout', '-q', '--', 'config'));
  afterAll(() => fleet.remove());

  test.each([['--no-synth'], [undefined]])('writes configuration alone, and says what comes then (%s)', (flag) => {
    const { status, stdout, stderr } = fleet.withHelm('rollback', 'apps', 'web', 'patch-001', ...(flag === undefined ? [] : [flag]));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/\nThen:\n {2}npx fleet charts pull\n {2}npx fleet synth\n {2}npx fleet check --since HEAD\n$/);
    expect(fleet.read('config/apps/web.ts')).toMatch(/'patch-001-back'.*targetRevision: 'v1\.0\.0'/s);
    expect(fleet.has('dist')).toBe(false);
    expect(fleet.charts('pull')).toMatchObject({ status: 0, stdout: expect.stringContaining('v1.0.0') });
    git('checkout', '-q', '--', 'config');
    expect(fleet.charts('pull')).toMatchObject({ status: 0 });
  });

  test.each([['--dry-run'], ['--commit']])('with %s writes nothing, and names the command that fetches it', (flag) => {
    const before = fleet.read('config/apps/web.ts');
    const { status, stderr } = fleet.withHelm('rollback', 'apps', 'web', 'patch-001', flag);
    expect(status).toBe(1);
    expect(stderr).toContain(`web v1.0.0 of ${chartsURL} was not pulled`);
    expect(stderr).toContain(`\`npx fleet charts pull web --repo ${chartsURL} --version v1.0.0\``);
    expect(fleet.read('config/apps/web.ts')).toBe(before);
    expect(fleet.charts('pull', 'web', '--repo', chartsURL, '--version', 'v1.0.0', '--dry-run')).toMatchObject({ status: 0 });
  });
});
