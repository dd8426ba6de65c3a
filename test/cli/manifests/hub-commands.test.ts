import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { HubWorkspace } from '../../workspaces/hub-workspace';
import type { Run } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(300_000);

/** Prints the last file of values that it is given as the spec of a StatefulSet, most of which Kubernetes lets nobody change. */
const helm = `#!/bin/sh
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.2"}'; exit; fi
while [ $# -gt 0 ]; do [ "$1" = --values ] && values=$(cat "$2"); [ "$1" = --name-template ] && name="$2"; shift; done
printf -- '---\\napiVersion: apps/v1\\nkind: StatefulSet\\nmetadata: {name: %s}\\nspec: %s\\n' "$name" "$values"
`;

const web = `import { cluster } from 'cdk8s-fleet';
export default {
  description: 'A web server',
  owners: ['team-web@example.com'],
  path: 'charts/web',
  alsoReads: [],
  namespace: 'web',
  values: { level: \`1 in \${cluster.annotation('company.example/region')}\` },
  overrides: { '*': { enabled: true } },
  patches: { 'patch-001': { description: 'Another level', rolledOutTo: ['tenant1/dev'], change: { values: { level: '2' } } } },
};
`;

const refused = 'spec.level of a StatefulSet cannot change: Kubernetes refuses it until somebody deletes the object';

let workspace: HubWorkspace;
const withHelm = (...args: readonly string[]): Run => ({
  ...fleetServer.run(workspace.path, args, [join(workspace.path, '.bin'), process.env['PATH']].join(delimiter)),
});

beforeAll(async () => {
  workspace = await new HubWorkspace().started((one) => {
    one.write({
      'config/resources/web.ts': web,
      'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      // What is remembered of a chart is so of its files: with another stand-in it is another one.
      'charts/web/stand-in': helm,
      '.bin/helm': helm,
      '.gitignore': '.bin\n',
    });
    chmodSync(join(one.path, '.bin/helm'), 0o755);
  });
});
afterAll(() => workspace.remove());

test('a promotion shows what comes of the chart of a component where it goes, in place of what only the cluster knew', () => {
  const promote = (...flags: readonly string[]) => withHelm('promote', 'resources', 'web', 'patch-001', '--dry-run', '--approve', 'tenant1/prod', ...flags);
  const { status, stdout, stderr } = promote('--manifests');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(
    `resources/web: StatefulSet web\n  ! ${refused}\n  spec.level\n      1 in eu-west-1 → "2"\n      at   tenant1/prod\n      why  patch-001 tenant1; before: base\n`,
  );
  expect(promote().stdout).not.toContain('StatefulSet');
});

test('so does a diff of two commits, and of one app alone, and it is judged so', () => {
  workspace.edit('config/resources/web.ts', (text) => text.replace('1 in', '3 in'));
  expect(withHelm('synth', '--json')).toMatchObject({ status: 0 });
  workspace.git('commit', '-q', '-a', '-m', 'Change the level');
  const east = '      1 in us-east-1 → 3 in us-east-1\n      at   tenant2 (3 clusters)\n';
  const shown = `resources/web: StatefulSet web\n  ! ${refused}\n  spec.level\n      1 in eu-west-1 → 3 in eu-west-1\n      at   tenant1/prod, platform (2 clusters)\n${east}`;
  for (const args of [['HEAD~1..HEAD'], ['HEAD~1', '--app', 'web']]) {
    const { status, stdout, stderr } = withHelm('diff', ...args, '--manifests');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(shown);
    expect(stdout).not.toContain('Note:');
  }
  const judged = withHelm('check', '--since', 'HEAD~1', '--manifests');
  expect(judged.stderr).toContain("error immutable\n  the StatefulSet 'web' of 'web' changes what cannot change at tenant1/prod/tenant1-prod-workload1, ");
  expect(workspace.fleet('check', '--since', 'HEAD~1').stderr).not.toContain('immutable');
});
