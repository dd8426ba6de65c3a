import { inTurn } from '../../runs';
import { startedHub } from '../../workspaces/hub-workspace';
import { startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Run, Workspace } from '../../workspaces/workspace';
import { type Judged, refusals } from './edits';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

/** What is edited in each fleet, and the rule that minds. */
const kinds = {
  typescript: {
    start: () => startedWorkspace('typescript'),
    file: 'config/management-cluster/cert-manager.ts',
    edit: (text: string) => text.replace(/securePort: \d+/, 'securePort: 10261'),
    app: 'management-cluster/cert-manager',
    field: /securePort$/,
    hasPlace: true,
  },
  hubs: {
    start: startedHub,
    file: 'config/addons/cert-manager.ts',
    edit: (text: string) => text.replace(/replicaCount: \d+/, 'replicaCount: 7'),
    app: 'addons/cert-manager',
    field: /replicaCount$/,
    hasPlace: false,
  },
} as const;

type Started = Workspace & { git(...args: string[]): string; serve(...args: string[]): Promise<Run> };

describe.each(Object.keys(kinds) as (keyof typeof kinds)[])('rules of a fleet of the kind %s', (kind) => {
  const { start, file, edit, app, field } = kinds[kind];
  let workspace: Started;
  let first = '';

  beforeAll(async () => {
    workspace = (await start()) as Started;
    first = workspace.git('rev-parse', 'HEAD').trim();
  });

  afterEach(() => {
    workspace.git('reset', '-q', '--hard', first);
    workspace.git('clean', '-fdq');
  });

  afterAll(() => workspace.remove());

  const head = "import { defineRule, defineRules } from 'cdk8s-fleet';\nexport default defineRules([\n";
  const about = "what: 'no port changes', why: 'it is open', wayOut: 'leave it'";

  /** One rule to a line, below the first two. */
  function write(...rules: readonly string[]): void {
    workspace.write({ 'config/rules.ts': `${head}${rules.map((rule) => `  ${rule},\n`).join('')}]);\n` });
  }

  const mindful = `defineRule({ id: 'no-port', ${about}, *judge({ fields, name, commits }) { const found = fields.filter(({ field }) => ${field}.test(field)); if (found.length > 0) yield { message: \`a port changes in \${name}\`, app: '${app}', targets: found.map(({ target }) => target), found: commits.map(({ author, trailers }) => author.email + JSON.stringify(trailers)).join() }; } })`;

  const everything = () => ({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') });
  const check = async (...flags: string[]) => {
    const { status, stdout } = await workspace.serve('check', '--since', first, '--as-one', '--json', ...flags);
    return { status, judged: JSON.parse(stdout) as Judged };
  };

  async function commit(message: string): Promise<void> {
    const { status, stderr } = await workspace.serve('synth', '--json');
    if (status !== 0) throw new Error(stderr);
    workspace.git('add', '-A');
    workspace.git('commit', '-q', '-m', message);
  }

  test('judge beside those of the tool, and let pass what a statement names', async () => {
    write(mindful);
    expect((await workspace.serve('check', '--since', first)).status).toBe(0);
    workspace.edit(file, edit);
    await commit('Another port\n\nReviewed-by: A B <a@b>');
    const before = everything();
    const { status, judged } = await check();
    expect([status, refusals(judged).filter((one) => one.startsWith('no-port'))]).toEqual([1, [expect.stringMatching(/^no-port /)]]);
    const verdict = judged.judged.changes.flatMap(({ verdicts }) => verdicts).find(({ rule }) => rule === 'no-port');
    expect(verdict).toMatchObject({
      what: app,
      message: expect.stringMatching(/^a port changes in [0-9a-f]{7} \(Another port\)$/),
      found: 'test@example.com[{"key":"Reviewed-by","value":"A B <a@b>"}]',
      hint: 'leave it',
      statement: expect.stringMatching(new RegExp(`^Fleet-Allows: no-port ${app} \\S+ [0-9a-f]{16}$`)),
    });
    if (kinds[kind].hasPlace) expect([verdict?.file, verdict?.line]).toEqual([file, expect.any(Number)]);
    expect(everything()).toEqual(before);

    workspace.git('commit', '-q', '--amend', '-m', `Another port\n\n${verdict?.statement}`);
    const passed = await check();
    expect(refusals(passed.judged).filter((one) => one.startsWith('no-port'))).toEqual([]);
  });

  test('are listed with those of the tool', async () => {
    write(mindful);
    const before = everything();
    const text = await workspace.serve('check', '--rules');
    expect(text).toMatchObject({ status: 0, stderr: '' });
    expect(text.stdout).toMatch(/^removal: no app, no target/);
    expect(text.stdout).toMatch(/\nno-port: no port changes\n {2}why {6}it is open\n {2}way out {2}leave it\n {2}in {7}config\/rules\.ts\n$/);
    const { rules } = JSON.parse((await workspace.serve('check', '--rules', '--json')).stdout);
    expect(rules).toContainEqual({ id: 'no-port', what: 'no port changes', why: 'it is open', wayOut: 'leave it', file: 'config/rules.ts' });
    expect(rules).toContainEqual({ id: 'soak', what: expect.any(String), why: expect.any(String), wayOut: expect.any(String) });
    expect(everything()).toEqual(before);
  });

  test.each(
    inTurn(
      [
        ['throws', "*judge() { throw new Error('no such thing'); }", 'own-rule', "the rule 'bad': it threw: no such thing"],
        ['tells nonsense', 'judge: () => [9 as never]', 'own-rule', "the rule 'bad': what it yields is no finding"],
        ['ends the command', '*judge() { process.exit(0); }', 'config-throws', 'code of the configuration called process.exit(0)'],
        [
          'hides that it ends the command',
          '*judge() { try { process.exit(0); } catch {} }',
          'config-throws',
          'code of the configuration called process.exit(0)',
        ],
      ],
      kind === 'hubs' ? 1 : 2,
    ),
  )('that %s is one error in that file', async (_, judge, code, message) => {
    write(mindful, `defineRule({ id: 'bad', ${about}, ${judge} })`);
    workspace.edit(file, edit);
    await commit('Another port');
    const before = everything();
    const args = ['check', '--since', first, '--as-one'];
    // Only a process of its own can be ended.
    const { status, stdout, stderr } = code === 'own-rule' ? await workspace.serve(...args) : workspace.fleetProcess(...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^error ${code} config/rules\\.ts:4:\\d+\\n  ${message.replace(/[()]/g, '\\$&')}\\n`));
    expect(stderr).toMatch(/\n1 error\n$/);
    expect(stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
    expect(everything()).toEqual(before);
  });

  const good = `${about}, *judge() {}`;

  test.each<readonly [string, string, string, string]>(
    inTurn(
      [
        ['with the id of a rule of the tool', `{ id: 'soak', ${good} }`, 'duplicate-name', "'soak' is a rule of the tool itself"],
        ['with the id of another', `{ id: 'no-port', ${good} }`, 'duplicate-name', "two rules are called 'no-port'"],
        ['with an id that no statement can name', `{ id: 'No Port', ${good} }`, 'invalid-name', "'No Port' cannot be the id of a rule"],
        ['without a reason', "{ id: 'bad', what: 'x', wayOut: 'y', *judge() {} } as never", 'missing-field', "the rule needs 'why'"],
        ['that does not judge', `{ id: 'bad', ${about} } as never`, 'missing-field', "the rule needs 'judge'"],
        ['with another key', `{ id: 'bad', ${good}, severity: 'error' } as never`, 'unknown-key', "'severity' is not known here"],
        ['that is a text', "'no-port' as never", 'config-shape', 'a rule cannot be read'],
      ],
      kind === 'hubs' ? 1 : 0,
    ),
  )('%s is told in one message', async (_, rule, code, message) => {
    write(mindful, rule);
    const before = everything();
    for (const command of [['synth'], ['check'], ['check', '--rules']]) {
      const { status, stderr } = await workspace.serve(...command);
      expect([status, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^error ${code} config/rules\\.ts:4`, 'm'))]);
      expect(stderr).toContain(`\n  ${message}`);
      expect(stderr).toMatch(/^1 error(,|$)/m);
    }
    expect(everything()).toEqual(before);
  });

  test('are those that an exemption may name', async () => {
    const exempt = (rule: string) => {
      const one = { rule, app: '*', path: '*', reason: 'x', owner: '@y', until: '2099-12-31' };
      workspace.write({ 'config/exemptions.ts': `export default [\n  ${JSON.stringify(one)},\n];\n` });
    };
    write(mindful);
    exempt('no-port');
    expect((await workspace.serve('synth')).status).toBe(0);
    exempt('no-prot');
    const { status, stderr } = await workspace.serve('check');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^error unknown-rule config\/exemptions\.ts:2:\d+$/m)]);
    expect(stderr).toContain("\n  an exemption is of the rule 'no-prot', which does not exist\n");
    expect(stderr).toContain("\n  hint     did you mean 'no-port'?\n");
    // What cannot be read may be it.
    workspace.write({ 'config/rules.ts': 'export default defineRules([\n' });
    const broken = await workspace.serve('check');
    expect(broken.stderr).toMatch(/^error config-compile config\/rules\.ts/m);
    expect(broken.stderr).not.toContain('unknown-rule');
  });

  test('a file of nearly that name is told of', async () => {
    workspace.write({ 'config/rule.ts': 'export default [];\n' });
    const { status, stderr } = await workspace.serve('check');
    expect([status, stderr]).toEqual([1, expect.stringContaining("did you mean 'rules.ts'?")]);
  });
});

test('a fleet in YAML runs none, and says so', async () => {
  const workspace = await startedWorkspace('yaml');
  try {
    workspace.write({ 'config/rules.ts': "require('node:fs').writeFileSync('ran', '');\n" });
    const { status, stderr } = await workspace.serve('check');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning file-unused config\/rules\.ts\n {2}the file is not read\n {2}hint {5}a fleet in YAML is data, and no code of it runs/m);
    expect(workspace.top()).not.toContain('ran');
    expect((await workspace.serve('check', '--rules')).stdout).toMatch(/^removal: /);
  } finally {
    workspace.remove();
  }
});
