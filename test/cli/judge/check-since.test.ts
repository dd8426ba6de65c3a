import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../../long-test';
import { formsOr, type RolloutWorkspace, startedWorkspace } from '../../workspaces/rollout-workspace';
import { committed, HandEdits, judgedOf, refusals, statements } from './edits';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

describe.each(formsOr('typescript'))('fleet check --since, of a fleet in %s', (form) => {
  let workspace: RolloutWorkspace;
  let edits: HandEdits;
  let start = '';

  beforeAll(async () => {
    workspace = await startedWorkspace(form);
    edits = new HandEdits(workspace);
    start = workspace.git('rev-parse', 'HEAD').trim();
  });

  afterEach(() => {
    workspace.git('checkout', '-q', '-f', 'main');
    workspace.git('reset', '-q', '--hard', start);
    workspace.git('clean', '-fdq');
  });

  afterAll(() => workspace.remove());

  const check = (...flags: readonly string[]) => judgedOf(workspace.fleet('check', '--since', start, '--json', ...flags));

  test('where nothing changed there is nothing to judge', () => {
    expect(check()).toMatchObject({ ok: true, judged: { changes: [], notes: [] } });
    expect(workspace.fleet('check', '--since', 'main').stdout).toMatch(/^dist\/ is current: .*\n0 changes since main \([0-9a-f]{7}\): nothing is refused\n$/);
  });

  describe('edits by hand', () => {
    test('a value of the base, which reaches every environment at once', async () => {
      await committed(workspace, 'Edit', 0);
      edits.baseValue();
      await committed(workspace, 'A value');
      const judged = check();
      expect(refusals(judged)).toEqual(['gate production', 'gate stage', 'sequence *']);
      const [verdict] = judged.judged.changes[0]?.verdicts ?? [];
      expect(verdict?.message).toMatch(
        /^'base' reaches integration\/int-sector-2\/us-central1, .* before integration\/int-sector-1\/us-central1 had it: source\.helm\.valuesObject\.webhook\.securePort: 10261$/,
      );
      expect(verdict?.hint).toContain('npx fleet new patch management-cluster cert-manager --set source.helm.valuesObject.webhook.securePort=10261');
      expect(verdict?.file).toMatch(/^config\/management-cluster\/cert-manager/);
      expect(verdict?.line).toBeGreaterThan(0);
    });

    test('a patch that is written straight into production', async () => {
      edits.patchAt('production/prod-canary');
      await committed(workspace, 'A patch');
      const judged = check();
      expect(refusals(judged)).toEqual(['gate production', 'sequence production/prod-canary/us-east1']);
      const { hint } = judged.judged.changes[0]?.verdicts.find(({ rule }) => rule === 'sequence') ?? {};
      expect(hint).toContain('npx fleet promote management-cluster cert-manager patch-001');
    });

    test('an app whose file is deleted', async () => {
      edits.delete('prometheus');
      await committed(workspace, 'Delete');
      const judged = check();
      expect(refusals(judged)).toEqual(['removal *']);
      expect(judged.judged.changes[0]?.verdicts[0]).toMatchObject({
        what: 'management-cluster/prometheus',
        hint: expect.stringContaining('npx fleet retire management-cluster prometheus'),
      });
    });

    test('an app whose file is renamed is another one, which needs approvals of its own', async () => {
      edits.rename('prometheus', 'metrics');
      await committed(workspace, 'Rename');
      const judged = check();
      expect(refusals(judged)).toEqual(['gate production', 'gate production/prod-sector-1', 'gate stage', 'removal *']);
      expect(judged.judged.changes[0]?.verdicts.find(({ rule }) => rule === 'removal')?.message).toContain("'metrics' comes, and is another one to Argo CD");
    });

    test('a region of production that is removed', async () => {
      edits.removeLastRegion();
      await committed(workspace, 'Remove');
      const judged = check();
      expect(refusals(judged)).toEqual(['removal production/prod-sector-1/europe-east1']);
      expect(judged.judged.changes[0]?.verdicts[0]?.hint).toContain('npx fleet retire production/prod-sector-1/europe-east1');
    });

    test('self-heal that is switched off everywhere', async () => {
      edits.selfHealOff();
      await committed(workspace, 'Self-heal');
      expect(refusals(check())).toEqual(['gate production', 'gate production/prod-sector-1', 'gate stage', 'removal *', 'sequence *']);
    });

    test('a gate that is opened in the same commit still holds, and opening it is refused', async () => {
      edits.openGate().patchAt('stage/stage-sector-2', 'production/prod-canary');
      await committed(workspace, 'Open');
      const judged = check();
      expect(refusals(judged)).toEqual(['gate production', 'law production', 'sequence production/prod-canary/us-east1']);
      expect(statements(judged)).toContainEqual(expect.stringMatching(/^Fleet-Approved: production law [0-9a-f]{16}$/));
    });

    test('what is not committed is judged, too', () => {
      edits.baseValue();
      const run = workspace.fleet('check', '--since', 'HEAD');
      expect(run.status).toBe(1);
      expect(run.stderr).toContain('found    in what is not committed');
      expect(run.stdout).toContain('1 change since HEAD');
    });
  });

  describe('what passes', () => {
    test('a promotion, and one into a gate with the approval in its message, but with no other', async () => {
      expect((await workspace.promote('--json')).status).toBe(0);
      workspace.commit('Promote');
      expect(check()).toMatchObject({ ok: true });
      edits.patchAt('production/prod-canary');
      await committed(workspace, 'Into production');
      const refused = check();
      expect(refusals(refused)).toEqual(['gate production']);
      const [line = ''] = statements(refused);
      expect(line).toMatch(/^Fleet-Approved: production management-cluster\/cert-manager [0-9a-f]{16}$/);
      workspace.git('commit', '-q', '--amend', '-m', 'Into production', '-m', line);
      const allowed = check();
      expect(allowed).toMatchObject({ ok: true });
      expect(allowed.judged.changes.at(-1)?.verdicts).toMatchObject([{ rule: 'gate', kind: 'allowed', by: line }]);
      const other = line.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
      workspace.git('commit', '-q', '--amend', '-m', 'Into production', '-m', other);
      expect(check().judged.changes.at(-1)?.verdicts).toMatchObject([{ rule: 'gate', kind: 'refused', stale: other, statement: line }]);
    });

    longTest('what was approved for a node spreads below it, and has to be approved for a gate in there', async () => {
      edits.patchAt('stage/stage-sector-2', 'production/prod-canary');
      await committed(workspace, 'Before');
      const since = workspace.git('rev-parse', 'HEAD').trim();
      edits.patchAt('production/prod-sector-1');
      await committed(workspace, 'On');
      expect(refusals(judgedOf(workspace.fleet('check', '--since', since, '--json')))).toEqual(['gate production/prod-sector-1']);
    });

    test('what no commit but this one says: no code of another one runs', async () => {
      const file = form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts';
      const good = workspace.read(file);
      workspace.edit(file, (text) => (form === 'yaml' ? `${text}\nnonsense: [\n` : `throw new Error('it runs');\n${text}`));
      workspace.commit('Broken');
      const since = workspace.git('rev-parse', 'HEAD').trim();
      workspace.write({ [file]: good });
      workspace.commit('Mended');
      expect(judgedOf(workspace.fleet('check', '--since', since, '--json'))).toMatchObject({ ok: true });
      expect(judgedOf(workspace.fleet('check', '--since', start, '--json'))).toMatchObject({ ok: true });
    });

    test('git revert of a promotion, also out of a gate', async () => {
      edits.patchAt('stage/stage-sector-2', 'production/prod-canary');
      await committed(workspace, 'Before');
      const since = workspace.git('rev-parse', 'HEAD').trim();
      workspace.git('revert', '--no-edit', 'HEAD');
      expect(judgedOf(workspace.fleet('check', '--since', since, '--json'))).toMatchObject({ ok: true });
      // What was taken back once and comes again is new.
      workspace.git('revert', '--no-edit', 'HEAD');
      expect(refusals(judgedOf(workspace.fleet('check', '--since', 'HEAD~1', '--json')))).toContain('gate production');
    });

    longTest('a branch that is squashed keeps its approval, wherever it stands in the message', async () => {
      expect((await workspace.promote('--json')).status).toBe(0);
      workspace.commit('Promote');
      const base = workspace.git('rev-parse', 'HEAD').trim();
      edits.patchAt('production/prod-canary');
      await committed(workspace, 'Into production');
      const judge = () => judgedOf(workspace.fleet('check', '--since', base, '--json'));
      const [line = ''] = statements(judge());
      workspace.git('commit', '-q', '--amend', '-m', `Into production (#7)\n\n* Roll out\n\n  ${line}\n\n* Fix a typo\n\nCo-authored-by: A <a@example.com>`);
      expect(judge()).toMatchObject({ ok: true });
      // Git takes the lines of the first paragraph for one; each of them is a line still.
      workspace.git('commit', '-q', '--amend', '-m', `Into production (#7)\n${line}`);
      expect(judge()).toMatchObject({ ok: true });
      workspace.git('commit', '-q', '--amend', '-m', 'Into production (#7)');
      expect(judge()).toMatchObject({ ok: false });
    });

    longTest('a branch that is merged counts as one, with what its commits say', async () => {
      workspace.git('checkout', '-q', '-b', 'roll-out');
      expect((await workspace.promote('--json')).status).toBe(0);
      workspace.commit('Promote');
      edits.patchAt('production/prod-canary');
      await committed(workspace, 'Into production');
      // One by one they are two steps; as one, production comes before stage had it.
      expect(refusals(check())).toEqual(['gate production']);
      expect(refusals(check('--as-one'))).toEqual(['gate production', 'sequence production/prod-canary/us-east1']);
      workspace.git('checkout', '-q', 'main');
      workspace.git('merge', '-q', '--no-ff', '-m', 'Merge', 'roll-out');
      expect(refusals(check())).toEqual(['gate production', 'sequence production/prod-canary/us-east1']);
      expect(check().judged.changes).toHaveLength(1);
    });
  });

  test('every format tells the same, and nothing is written', async () => {
    edits.baseValue();
    await committed(workspace, 'A value of `x` for @team');
    const before = workspace.snapshot('.');
    const markdown = workspace.fleet('check', '--since', start, '--format', 'markdown');
    expect(markdown.status).toBe(1);
    expect(markdown.stdout).toContain('### Refused');
    expect(markdown.stdout).toContain('- **sequence** `management-cluster/cert-manager`:');
    // A subject of somebody's pings nobody.
    expect(markdown.stdout).toMatch(/in: ``[0-9a-f]{7} \(A value of `x` for @team\)``/);
    const github = workspace.fleet('check', '--since', start, '--format', 'github');
    expect(github).toMatchObject({ status: 1, stderr: '' });
    expect(github.stdout).toMatch(/^::error file=config\/management-cluster\/cert-manager[^,]*,line=\d+,title=sequence::'base' reaches /m);
    expect(github.stdout).toContain('%0Aapp: management-cluster/cert-manager%0Aat: management-cluster/integration/int-sector-2/us-central1 and 4 more%0A');
    expect(github.stdout).toContain('%0Ahint: ');
    expect(workspace.snapshot('.')).toEqual(before);
  });

  test('a configuration that cannot be read is annotated at its file and line', () => {
    workspace.edit(form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts', (text) => text.replace('sectors', 'sektors'));
    const { status, stdout, stderr } = workspace.fleet('check', '--since', start, '--format', 'github');
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^::error file=config\/[^,]+,line=\d+,title=[\w-]+::.*sektors/m);
  });

  test('what somebody wrote into the output is code in Markdown', () => {
    const file = 'dist/management-cluster/production/prod-canary/us-east1/Chart.yaml';
    workspace.edit(file, (text) => `${text}# \`\`\`\` @team <img src=x>\n`);
    const { status, stdout } = workspace.fleet('check', '--since', start, '--format', 'markdown');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^`````\ndist\/ is not what [\s\S]*\n {2}found {4}# ```` @team <img src=x>\n[\s\S]*\n`````\n$/m);
  });

  describe('bad input', () => {
    test('a commit that is not there', () => {
      const run = workspace.fleet('check', '--since', 'mian');
      expect(run.status).toBe(1);
      expect(run.stderr).toContain('error unknown-revision');
      expect(run.stderr).toContain("did you mean 'main'?");
    });

    test('flags that say how changes are judged, without any to judge', () => {
      expect(workspace.fleet('check', '--as-one').stderr).toContain('expected the commit since which they are: `--since origin/main`');
      expect(workspace.fleet('check', '--format', 'markdown').status).toBe(1);
    });

    test('output that is left where it was, while the fleet is rendered elsewhere', async () => {
      if (form === 'typescript') workspace.edit('config/fleet.ts', (text) => text.replace("path: 'dist'", "path: 'out'"));
      else workspace.edit('config/config.yaml', (text) => `path: out\n${text}`);
      await committed(workspace, 'Another folder');
      const run = workspace.fleet('check', '--since', start);
      expect(run.status).toBe(1);
      expect(run.stderr).toMatch(/^error no-output\n {2}what was rendered in [0-9a-f]{7} lies in 'dist', and is rendered to 'out' now\n/);
    });

    test('a line that looks like a statement and is none', async () => {
      expect((await workspace.promote('--json')).status).toBe(0);
      workspace.commit('Promote\n\nFleet-Approved: production cert-manager');
      const run = workspace.fleet('check', '--since', start);
      expect(run.status).toBe(1);
      expect(run.stderr).toContain('error statement\n');
      expect(run.stderr).toContain('expected Fleet-Approved: PATH CLUSTER-TYPE/APP DIGEST');
    });

    longTest('a line about a node that is not there', async () => {
      expect((await workspace.promote('--json')).status).toBe(0);
      workspace.commit('Promote\n\nFleet-Approved: prodution management-cluster/cert-manager 0123456789abcdef');
      const run = workspace.fleet('check', '--since', start);
      expect(run.status).toBe(1);
      expect(run.stderr).toContain("expected a node of the fleet in place of 'prodution': 'production'?");
      expect(run.stderr).toContain('found    Fleet-Approved: prodution management-cluster/cert-manager 0123456789abcdef');
    });

    longTest('a clone without its history', () => {
      workspace.commit('More\n\nof it').git('commit', '-q', '--allow-empty', '-m', 'Last');
      const clone = join(workspace.path, 'clone');
      workspace.git('clone', '-q', '--depth', '1', `file://${workspace.path}`, clone);
      expect(existsSync(join(clone, 'config'))).toBe(true);
      const run = workspace.fleet('check', '--config', 'clone/config', '--since', start);
      expect(run.status).toBe(1);
      expect(run.stderr).toMatch(/git fetch --unshallow|fetch-depth: 0/);
    });
  });
});
