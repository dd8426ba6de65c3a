import { removal } from '../../../changes/judge/rules/removal';
import { removalRule } from '../../../layers/law/law';
import { startedHub } from '../../workspaces/hub-workspace';
import { formsOr, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const fleets = [...formsOr('yaml'), 'hubs'] as const;

/** What exists in each fleet, and what nearly does. */
const names = {
  typescript: {
    app: 'management-cluster/cert-manager',
    path: 'stage/stage-sector-1',
    nearApp: 'management-cluster/cert-manger',
    nearPath: 'stage/stage-sektor-1',
  },
  yaml: { app: 'management-cluster/cert-manager', path: 'stage/stage-sector-1', nearApp: 'management-cluster/cert-manger', nearPath: 'stage/stage-sektor-1' },
  hubs: { app: 'addons/cert-manager', path: 'tenant1/prod', nearApp: 'addons/cert-manger', nearPath: 'tenant1/prd' },
} as const;

describe.each(fleets)('exemptions of a fleet of the kind %s', (kind) => {
  const isYaml = kind === 'yaml';
  const file = `config/exemptions.${isYaml ? 'yaml' : 'ts'}`;
  const { app, path, nearApp, nearPath } = names[kind];
  const good = { rule: 'soak', app, path, reason: 'a security fix', owner: '@company/sre', until: '2099-12-31' };
  let workspace: Workspace & { serve: Awaited<ReturnType<typeof startedHub>>['serve'] };

  beforeAll(async () => {
    workspace = kind === 'hubs' ? await startedHub() : await startedWorkspace(kind);
  });

  afterAll(() => workspace.remove());

  /** One line for each, below the first two; JSON is TypeScript and YAML as well. */
  function write(...exemptions: readonly unknown[]): void {
    const lines = exemptions.map((one) => JSON.stringify(one));
    const text = isYaml
      ? `# For a while.\nexemptions:\n${lines.map((line) => `  - ${line}\n`).join('')}`
      : `import { defineExemptions } from 'cdk8s-fleet';\nexport default defineExemptions([\n${lines.map((line) => `  ${line} as never,\n`).join('')}]);\n`;
    workspace.write({ [file]: text });
  }

  const everything = () => ({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') });

  test('are recorded, hold to the end of their last day in UTC, and are an error of check from then on', async () => {
    const today = new Date().toISOString().slice(0, 10);
    write(good, { ...good, app: '*', path: '*', until: today });
    expect((await workspace.serve('check')).status).toBe(1);
    const synth = await workspace.serve('synth');
    expect([synth.status, synth.stdout]).toEqual([0, expect.stringMatching(/: 1 written, 0 removed/)]);
    const recorded = workspace.read('dist/_record/fleet.yaml');
    expect(recorded).toContain(
      `  exemptions:\n    - rule: soak\n      app: ${app}\n      path: ${path}\n      reason: a security fix\n      owner: '@company/sre'\n      until: '2099-12-31'\n`,
    );
    expect(recorded).toContain(`    - rule: soak\n      app: '*'\n      path: '*'\n`);
    // A run shortly before midnight may find the day over.
    if (today === new Date().toISOString().slice(0, 10))
      expect(await workspace.serve('check')).toMatchObject({ status: 0, stderr: expect.not.stringContaining('exemption') });

    write(good, { ...good, until: '2020-02-29' });
    expect((await workspace.serve('synth')).stderr).not.toContain('exemption');
    const before = everything();
    const { status, stderr, stdout } = await workspace.serve('check');
    expect([status, stdout]).toEqual([1, expect.stringContaining('dist/ is current')]);
    expect(stderr).toMatch(new RegExp(`^error exemption-over ${file}:4:\\d+$`, 'm'));
    expect(stderr).toContain(`\n  the exemption of '${app}' at '${path}' from the rule 'soak' is over\n`);
    expect(stderr).toContain('\n  found    until 2020-02-29: a security fix (@company/sre)\n');
    expect(stderr).toContain('\n  hint     take it out, or have @company/sre say until when it goes on\n');
    const json = await workspace.serve('check', '--json');
    expect([json.status, JSON.parse(json.stdout)]).toEqual([
      1,
      expect.objectContaining({ ok: false, problems: expect.arrayContaining([expect.objectContaining({ code: 'exemption-over', file, line: 4 })]) }),
    ]);
    expect(everything()).toEqual(before);
  });

  const { until: _, ...endless } = good;

  test.each<[string, unknown, string, ...string[]]>([
    ['no last day', endless, 'missing-field', "the exemption needs 'until'", "expected its last day, in UTC: until: '2026-12-31'"],
    [
      'an empty reason',
      { ...good, reason: ' ' },
      'invalid-field',
      "'reason' is empty",
      'expected why it does not hold there'.replace('it does', 'the rule does'),
    ],
    ['no such day', { ...good, until: '2026-02-30' }, 'wrong-type', 'the last day of the exemption cannot be read', "expected a day such as '2026-12-31'"],
    [
      'a moment',
      { ...good, until: '2026-12-31T18:00Z' },
      'wrong-type',
      'the last day of the exemption cannot be read',
      "found    the string '2026-12-31T18:00Z'",
    ],
    ['an unknown key', { ...good, expires: '2026-12-31' }, 'unknown-key', "'expires' is not known here", 'hint '],
    ['a misspelt key', { ...endless, untill: '2026-12-31' }, 'unknown-key', "'untill' is not known here", "hint     did you mean 'until'?"],
    [
      'a node that does not exist',
      { ...good, path: nearPath },
      'unknown-path',
      `an exemption is of the dimension path '${nearPath}', which does not exist`,
      `hint     did you mean '${path}'?`,
    ],
    [
      'an app that does not exist',
      { ...good, app: nearApp },
      'unknown-app',
      `an exemption is of the app '${nearApp}', which does not exist`,
      `hint     did you mean '${app}'?`,
    ],
    [
      'a rule that does not exist',
      { ...good, rule: 'soka' },
      'unknown-rule',
      "an exemption is of the rule 'soka', which does not exist",
      "hint     did you mean 'soak'?",
    ],
    ['a text', 'soak', 'config-shape', 'an exemption cannot be read', 'expected { rule, app, path, reason, owner, until }'],
  ])('%s is told in one message, and nothing is written', async (_, exemption, code, message, ...rest) => {
    write(good, exemption);
    const before = everything();
    for (const command of ['synth', 'check']) {
      const { status, stderr } = await workspace.serve(command);
      expect([status, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^error ${code} ${file}:4(:\\d+)?$`, 'm'))]);
      for (const line of [message, ...rest]) expect(stderr).toContain(`\n  ${line}`);
      expect(stderr).toMatch(/^1 error(,|$)/m);
    }
    expect(everything()).toEqual(before);
  });

  test('of what was let go stand a while longer', async () => {
    write({ ...good, rule: 'removal', app: nearApp, path: nearPath });
    expect((await workspace.serve('synth')).status).toBe(0);
  });

  test.each(
    isYaml
      ? [
          ['exemptions: {}\n', 'config-shape', 'the exemptions cannot be read'],
          ['exemption: []\n', 'missing-field', "exemptions.yaml needs 'exemptions'"],
          ['', 'file-empty', 'the file is empty'],
        ]
      : [
          ['export default {};\n', 'config-shape', 'the exemptions cannot be read'],
          ['export const exemptions = [];\n', 'config-export', 'the file has no default export'],
        ],
  )('a file that holds no list is one mistake: %j', async (text, code, message) => {
    workspace.write({ [file]: text });
    const { status, stderr } = await workspace.serve('synth');
    expect([status, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^error ${code} ${file}`, 'm'))]);
    expect(stderr).toContain(`\n  ${message}\n`);
  });

  test('another name than theirs is told of', async () => {
    write(good);
    const other = file.replace('exemptions', 'exemption');
    workspace.run('mv', [file, other]);
    const { stderr } = await workspace.serve('check');
    expect(stderr).toMatch(new RegExp(`(error config-misplaced|warning file-unused) ${other}\\n`));
    expect(stderr).toContain(`hint     did you mean '${file.replace('config/', '')}'?`);
    workspace.run('rm', [other]);
  });
});

test.each(formsOr('typescript'))('a budget of a fleet in %s is recorded by the dimensions in the singular', async (form) => {
  const workspace = await startedWorkspace(form);
  const file = form === 'yaml' ? 'config/config.yaml' : 'config/fleet.ts';
  workspace.edit(file, (text) =>
    form === 'yaml'
      ? text.replace('- name: stage\n', '- name: stage\n      budget: { sectors: 1, targets: 5 }\n')
      : text.replace("name: 'stage',", "name: 'stage', budget: { sectors: 1, targets: 5 },"),
  );
  const { status, stdout } = await workspace.serve('synth');
  expect([status, stdout]).toEqual([0, expect.stringMatching(/: 1 written, 0 removed/)]);
  expect(workspace.read('dist/_record/fleet.yaml')).toContain(
    '    - path: stage\n      promotion: manual\n      budget:\n        sector: 1\n        targets: 5\n',
  );
  workspace.edit(file, (text) => text.replace('sectors: 1', 'sectrs: 1'));
  const wrong = await workspace.serve('synth');
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringMatching(new RegExp(`^error invalid-dimension ${file}:\\d+:\\d+$`, 'm'))]);
  expect(wrong.stderr).toContain("\n  the budget of 'stage' counts 'sectrs', which is no dimension\n");
  expect(wrong.stderr).toContain("\n  hint     did you mean 'sectors'?\n");
  workspace.remove();
});

test('the rule whose exemptions outlive what they name is the one about what leaves', () => {
  expect(removal.id).toBe(removalRule);
});
