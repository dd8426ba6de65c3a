import { chmodSync, cpSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { partly } from '../../runs';
import { type Run, repository, Workspace } from '../../workspaces/workspace';

jest.setTimeout(300_000);

const place = 'examples/opened-charts';
const standard = ['/usr/bin', '/bin'].join(delimiter);

/** Prints the values that it is given; no other test has one of that version. */
const helm = `#!/bin/sh
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.77"}'; exit; fi
while [ $# -gt 0 ]; do [ "$1" = --values ] && values=$(cat "$2"); [ "$1" = --name-template ] && name="$2"; shift; done
printf -- '---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: %s}\\ndata: %s\\n' "$name" "$values"
`;

const fleet = new Workspace({ '.bin/helm': helm, '.gitignore': '.bin\n' });
chmodSync(join(fleet.path, '.bin/helm'), 0o755);
for (const folder of ['config', 'charts', 'imports']) cpSync(join(repository, place, folder), join(fleet.path, place, folder), { recursive: true });
const git = (...args: readonly string[]) => expect(fleet.run('git', args)).toMatchObject({ status: 0 });

/** @param path where programs are looked for */
function run(args: readonly string[], path: string): Run {
  return { ...fleetServer.run(fleet.path, [...args, '--config', `${place}/config`], path) };
}

const withHelm = (...args: readonly string[]) => run(args, [join(fleet.path, '.bin'), standard].join(delimiter));
const without = (...args: readonly string[]) => run(args, standard);

beforeAll(() => {
  git('init', '-q', '-b', 'main', '--template=');
  git('config', 'user.email', 'test@example.com');
  git('config', 'user.name', 'Test');
  expect(withHelm('synth')).toMatchObject({ status: 0 });
  git('add', '-A');
  git('commit', '-qm', 'Begin');
});
afterAll(() => fleet.remove());

const shop = ['workload-cluster', 'shop', 'patch-001'];
const chart = ['--chart', 'api', '--repo', 'https://charts.example.com', '--version', '1.0.0'];
const newApp = ['new', 'app', 'workload-cluster', 'api', ...chart, '--approve', 'production'];

test.each(
  partly<readonly [string, readonly string[]]>(
    [
      ['status', ['status']],
      ['plan', ['plan', ...shop]],
      ['owners', ['owners']],
      ['owners for a forge', ['owners', '--codeowners']],
      ['rollback of the configuration', ['rollback', ...shop, '--no-synth']],
      ['new patch in the configuration', ['new', 'patch', 'workload-cluster', 'limits', '--set', 'source.helm.valuesObject.memory=8Gi', '--no-synth']],
      ['charts bump in the configuration', ['charts', 'bump', 'shop', '--to', '1.1.0', '--no-synth']],
      ['versions', ['versions']],
      ['versions of a field', ['versions', 'shop', '--field', 'source.helm.valuesObject.replicas', '--json']],
      ['explain', ['explain', 'us-east-1', 'shop']],
      ['history', ['history', '*']],
      ['board', ['board', '--output', '-']],
      ['notify', ['notify', '--since', 'HEAD', '--dry-run', '--json']],
      ['move', ['move', 'workload-cluster', '--to', 'cluster']],
      ['bootstrap', ['bootstrap', 'workload-cluster/production/prod-1/us-east-1', '--cluster', 'one']],
      ['the rules', ['check', '--rules']],
      ['charts pull', ['charts', 'pull', '--dry-run']],
      ['import', ['import', '--dry-run']],
      ['freeze in the configuration', ['freeze', 'production', '--reason', 'a sale', '--no-synth']],
      ['new app in the configuration', [...newApp, '--no-synth']],
    ],
    9,
  ),
)('without Helm, %s says what it says with it', (_, args) => {
  const said = withHelm(...args);
  const config = fleet.run('git', ['diff']).stdout;
  git('checkout', '-q', '--', '.');
  git('clean', '-fdq');
  expect(said).toMatchObject({ status: expect.any(Number), stdout: expect.stringMatching(/\S/) });
  expect(said.stderr).not.toMatch(/^error/m);
  expect(without(...args)).toEqual(said);
  expect(fleet.run('git', ['diff']).stdout).toBe(config);
  git('checkout', '-q', '--', '.');
  git('clean', '-fdq');
});

test.each(
  partly<readonly [string, readonly string[]]>(
    [
      ['synth', ['synth']],
      ['promote', ['promote', ...shop, '--approve', 'production', '--dry-run']],
      ['rollback', ['rollback', ...shop]],
      ['check', ['check']],
      ['diff', ['diff']],
      ['diff of two nodes', ['diff', 'integration', 'production']],
      ['new patch', ['new', 'patch', 'workload-cluster', 'limits', '--set', 'source.helm.valuesObject.memory=8Gi']],
      ['freeze', ['freeze', 'production', '--reason', 'a sale']],
      ['new app', newApp],
    ],
    4,
  ),
)('without Helm, %s, which judges or writes objects, says that it is missing, once, and writes nothing', (_, args) => {
  const { status, stderr } = without(...args);
  expect(status).toBe(1);
  expect(stderr).toContain('helm is not installed, and no chart can be rendered');
  expect(stderr).not.toContain('fleet-proof');
  expect(stderr.match(/helm is not installed/g)).toHaveLength(1);
  expect(fleet.run('git', ['status', '--porcelain']).stdout).toBe('');
});
