import { join } from 'node:path';
import { RolloutWorkspace } from '../../workspaces/rollout-workspace';
import { type Run, repository } from '../../workspaces/workspace';
import { asGitHasIt, askedExample, type LiveApplication } from './running-fleet';
import { StandIn } from './stand-in';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(180_000);

let standIn: StandIn;
let workspace: RolloutWorkspace;

beforeAll(async () => {
  standIn = await StandIn.start();
  workspace = await askedExample(standIn, "tokenEnv: 'ARGOCD'");
});

afterAll(() => {
  standIn.stop();
  workspace.remove();
});

const secret = 's3cr3t-of-argocd';

function run(own: RolloutWorkspace, env: NodeJS.ProcessEnv, ...args: string[]): Run {
  return own.run(process.execPath, [join(repository, 'cli/fleet.js'), ...args], { ARGOCD: secret, ...env });
}

/** What runs, in every form in which it is shown. */
function shown(): readonly string[] {
  const [text, data, board] = [
    ['status', '--live'],
    ['status', '--live', '--json'],
    ['board', '--live', '--output', '-'],
  ].map((args) => run(workspace, {}, ...args));
  return [text, data, board].map((one) => `${one?.stdout}${one?.stderr}`);
}

test('a token that a server repeats is shown nowhere, and what is long is cut behind it', () => {
  asGitHasIt(standIn, workspace);
  standIn.write('fails', `invalid session: AUTHORIZATION ${'x'.repeat(2 ** 20)}`);
  try {
    const all = shown();
    for (const one of all) {
      expect(one).not.toContain(secret);
      expect(one.length).toBeLessThan(2 ** 20);
    }
    expect(all[0]).toMatch(/does not answer: it answers: invalid session: Bearer \*\*\* x+…/);
    expect(all[1]).toContain('invalid session: Bearer ***');
    const { stdout } = run(workspace, {}, 'promote', '--auto', '--dry-run', '--json');
    expect(stdout).toContain('invalid session: Bearer ***');
    expect([stdout.includes(secret), stdout.length < 2 ** 16]).toEqual([false, true]);
  } finally {
    standIn.remove('fails');
  }
});

test('secrets of what runs are not shown, but that they are there', () => {
  const here = 'management-cluster/integration/int-sector-1/us-central1';
  const git = asGitHasIt(standIn, workspace);
  const github = `ghp_${'aB3dE5gH7j'.repeat(4)}`;
  const change = ({ spec, status, ...rest }: LiveApplication) => {
    const { helm, ...source } = spec['source'] as { readonly helm: { readonly valuesObject: object } };
    const parameters = [
      { name: 'db.password', value: 'hunter2-of-the-cluster' },
      { name: 'replicas', value: '2' },
    ];
    const valuesObject = { ...helm.valuesObject, note: `push with ${github}`, extra: { apiToken: 'token-of-the-cluster' } };
    const health = { status: 'Degraded', message: `cannot clone https://robot:pass-of-the-cluster@git.example.com/x with ${github}` };
    return { ...rest, spec: { ...spec, source: { ...source, helm: { ...helm, parameters, valuesObject } } }, status: { ...status, health } };
  };
  standIn.applications(
    here,
    (git.get(here) ?? []).map((one) => (one.metadata.name === 'cert-manager' ? change(one) : one)),
  );
  const all = shown();
  for (const one of all) expect(one).not.toMatch(/of-the-cluster|ghp_/);
  expect(all[0]).toContain(
    'spec.source.helm.parameters: [{"name":"db.password","value":"*** (a password, by its name)"},{"name":"replicas","value":"2"}] runs',
  );
  expect(all[0]).toContain('spec.source.helm.valuesObject.note: *** (a GitHub token) runs, nothing is rendered');
  expect(all[0]).toContain('spec.source.helm.valuesObject.extra: {"apiToken":"*** (a token, by its name)"} runs, nothing is rendered');
  expect(all[0]).toContain('Degraded, Synced: cannot clone *** with ***');
  expect(all[1]).toContain('"value": "*** (a password, by its name)"');
});

test('neither the token of a target that is not asked, nor one that no fleet names, is shown of what a command prints', async () => {
  const own = new RolloutWorkspace('typescript');
  try {
    const server = `({ path, environment }) => ({ url: \`${standIn.url}/argocd/\${path}\`, tokenEnv: environment.toUpperCase() + '_ENTRY' })`;
    own.edit('config/fleet.ts', (text) =>
      text
        .replace('import { defineFleet }', 'import { argoCD, command, defineFleet }')
        .replace("  path: 'dist',", `  path: 'dist',\n  evidence: [argoCD({ server: ${server} }), command('./smoke.sh')],`),
    );
    own.write({ 'config/smoke.sh': 'echo "tried: $INTEGRATION_ENTRY $STAGE_ENTRY $PRODUCTION_ENTRY $NPM_TOKEN $TEAM_ROOM $PLAIN"; exit 1' });
    own.run('chmod', ['+x', 'config/smoke.sh']);
    expect((await own.serve('synth', '--json')).status).toBe(0);
    own.commit('Start', 72);
    const env = {
      ...{ INTEGRATION_ENTRY: 'one-of-int', STAGE_ENTRY: 'one-of-stage', PRODUCTION_ENTRY: 'one-of-prod', NPM_TOKEN: 'one-of-npm', PLAIN: 'plain' },
      TEAM_ROOM: `https://hooks.slack.com/services/T0AB12CD3/B0AB12CD3/${'aB3dE5gH7j'.repeat(2)}`,
    };
    const { stdout } = run(own, env, 'promote', '--auto', '--dry-run', '--json');
    expect(stdout).toContain('tried: *** *** *** *** *** plain');
    expect(stdout).not.toMatch(/one-of|hooks\.slack/);
  } finally {
    own.remove();
  }
});

test('a long secret in a long line is hidden before the line is cut', async () => {
  const own = new RolloutWorkspace('typescript');
  try {
    const line = JSON.stringify(`printf '{"request":"%s","answer":"%03600d"}' "$SESSION" 0; exit 1`);
    own.edit('config/fleet.ts', (text) =>
      text.replace('import { defineFleet }', 'import { command, defineFleet }').replace("  path: 'dist',", `  path: 'dist',\n  evidence: [command(${line})],`),
    );
    expect((await own.serve('synth', '--json')).status).toBe(0);
    own.commit('Start', 72);
    const token = `eyJhbGciOiJIUzI1NiJ9.eyJ${'aB3dE5gH7j'.repeat(80)}.aB3dE5gH7jaB3dE5`;
    const { stdout } = run(own, { SESSION: token }, 'promote', '--auto', '--dry-run', '--json');
    expect(stdout).toContain('{\\"request\\":\\"***\\",\\"answer\\":\\"000');
    expect(stdout).not.toContain('aB3dE5gH7j');
  } finally {
    own.remove();
  }
});
