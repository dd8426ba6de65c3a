import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ChartsWorkspace } from '../../workspaces/charts-workspace';
import type { Run } from '../../workspaces/workspace';

jest.setTimeout(180_000);

/** What the chart gives is a ConfigMap of its values. */
const helm = `#!/bin/sh
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.0"}'; exit; fi
while [ $# -gt 0 ]; do if [ "$1" = --values ]; then values=$(cat "$2"); fi; shift; done
printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: { name: settings }\\ndata: %s\\n' "\${values:-{\\}}"
`;
const root = "export default { kind: 'RootApplicationSet', clusterType: 'apps' };\n";
const web = (more: string) => `import { cluster, type FleetAppConfig } from 'cdk8s-fleet';

export default {
  source: {
    repoURL: 'https://example.com/company/fleet',
    path: 'charts/web',
    targetRevision: 'HEAD',
    helm: { valuesObject: { host: \`\${cluster.name}.example.com\`, size: 1 } },
  },
  ${more}
} satisfies FleetAppConfig;
`;

let fleet: ChartsWorkspace;
beforeAll(() => {
  fleet = new ChartsWorkspace({
    'config/apps/web.ts': web(''),
    'config/infra/root.ts': root,
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    '.bin/helm': helm,
  });
  chmodSync(join(fleet.path, '.bin/helm'), 0o755);
});
afterAll(() => fleet.remove());

const run = (...args: readonly string[]): Run => fleet.withPath(`${join(fleet.path, '.bin')}${delimiter}${process.env.PATH}`, ...args);
const dist = 'dist/apps/integration/one/eu';
const objectsIn = (folder = dist) => Object.keys(fleet.snapshot(folder)).filter((path) => path.startsWith('manifests/'));

function commit(message: string): void {
  fleet.run('git', ['add', '-A']);
  fleet.run('git', ['commit', '-qm', message]);
}

test('an app whose values only the cluster knows is opened and closed again, and nothing of it stays behind', () => {
  expect(run('synth')).toMatchObject({ status: 0 });
  commit('Deploy web');
  fleet.write({
    'config/apps/web.ts': web(
      "overrides: { integration: { hydrate: true } },\n  patches: { 'patch-001': { rolledOutTo: ['integration/one/eu'], change: { source: { helm: { valuesObject: { size: 2 } } } } } },",
    ),
  });
  const diff = run('diff');
  expect(diff).toMatchObject({ status: 0 });
  expect(diff.stdout).toContain('{{ .Values.cluster.name }}.example.com');
  expect(run('synth')).toMatchObject({ status: 0 });
  expect(objectsIn()).toEqual(['manifests/web/Chart.yaml', 'manifests/web/templates/configmap-settings.yaml']);
  expect(objectsIn('dist/apps/production/canary/eu')).toEqual([]);
  expect(fleet.read(`${dist}/templates/web.yaml`)).toMatch(/valuesObject:\n {8}cluster:\n {10}name: "\{\{ .*\.Values\.cluster\.name/);
  expect(run('check')).toMatchObject({ status: 0 });
  commit('Open web');
  expect(run('diff')).toMatchObject({ status: 0, stdout: expect.stringContaining('Nothing changes') });
  // The proof of a step covers objects: only those of the target that is entered may change.
  const dry = run('promote', 'apps', 'web', 'patch-001', '--dry-run');
  expect(dry).toMatchObject({ status: 0, stderr: '' });
  expect(dry.stdout).toMatch(/apps\/web: ConfigMap settings\n *data\.size\n *1 → 2/);
  expect(run('promote', 'apps', 'web', 'patch-001')).toMatchObject({ status: 0 });
  expect(
    fleet
      .run('git', ['status', '--porcelain', 'dist'])
      .stdout.split('\n')
      .filter((line) => line.includes('manifests/')),
  ).toEqual([' M dist/apps/integration/one/us/manifests/web/templates/configmap-settings.yaml']);
  commit('Promote web');
  expect(run('explain', 'integration/one/eu', 'web', 'source.helm.valuesObject.size').stdout).not.toContain('not committed');
  expect(run('history', 'integration/one/us')).toMatchObject({ stderr: '', stdout: expect.stringContaining('Promote web') });
  fleet.write({ 'config/apps/web.ts': web('') });
  expect(run('synth')).toMatchObject({ status: 0, stdout: expect.stringContaining('removed') });
  expect(objectsIn()).toEqual([]);
});
