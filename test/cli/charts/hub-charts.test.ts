import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { standInHelm } from '../../builders/chart-builder';
import { HubWorkspace } from '../../workspaces/hub-workspace';

/** Two versions of a component's chart, in two releases. */
const charts = [
  {
    name: 'cert-manager',
    version: 'v1.18.2',
    values: 'crds: {enabled: false}\nreplicaCount: 1\n',
  },
  {
    name: 'cert-manager',
    version: 'v1.19.0',
    values: 'crds: {install: false}\nreplicaCount: 1\n',
  },
];

const workspace = new HubWorkspace();
afterAll(() => workspace.remove());

test('components of hubs and spokes are imported in the versions of all releases, and check looks at their values', () => {
  const path = `${standInHelm(join(workspace.path, '.stand-in'), charts)}${delimiter}${process.env.PATH}`;
  const { status, stdout, stderr } = fleetServer.run(workspace.path, ['import', 'cert-manager'], path);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('… satisfies ComponentConfig<CertManagerValues>');
  expect(workspace.read('imports/charts/cert-manager.ts')).toContain('readonly install?: ChartValue<boolean>;');
  const check = workspace.fleet('check');
  expect(check.stderr).toMatchInlineSnapshot(`
   "warning chart-value config/addons/releases.ts:34:17
     'patch-001' moves cert-manager to v1.19.0, which no longer knows the value 'crds.enabled'
     at       patches.patch-001.change.release
     app      cert-manager
     target   addons/tenant1/dev/tenant1-dev-workload1 and 6 more targets
     found    set by base; known to v1.18.2
     hint     it has no schema: what it knows is what its values.yaml shows; where it is gone, a patch of the component can say \`unset\`; if it is meant so, say why in the file of the app: \`silence: { 'chart-value values.crds.enabled': 'why' }\`

   0 errors, 1 warning
   "
  `);
  const checked = fleetServer.run(workspace.path, ['charts', 'check', 'cert-manager', '--json'], path);
  expect(JSON.parse(checked.stdout)).toMatchObject({
    ok: true,
    charts: [{ apps: ['addons/cert-manager'], versions: [{ version: 'v1.18.2' }, { version: 'v1.19.0' }], newest: 'v1.19.0', newer: false }],
  });
  // An archive that is gone is told of, and stops nothing.
  rmSync(join(workspace.path, 'imports/charts/archives'), { recursive: true });
  expect(workspace.fleet('check').stderr).toMatch(/warning chart-lock.*nothing there/s);
});
