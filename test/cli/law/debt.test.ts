import { longTest } from '../../long-test';
import { HubWorkspace } from '../../workspaces/hub-workspace';
import { formsOr, RolloutWorkspace } from '../../workspaces/rollout-workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const days = 24;

describe.each(formsOr('typescript'))('what should not stay, in a fleet in %s', (form) => {
  const isYaml = form === 'yaml';
  const app = isYaml ? 'config/management-cluster/cert-manager/integration/patch-001.yaml' : 'config/management-cluster/cert-manager.ts';
  const names = 'management-cluster cert-manager patch-001';

  async function started(daysAgo: number): Promise<RolloutWorkspace> {
    const workspace = new RolloutWorkspace(form);
    const { status, stderr } = await workspace.serve('synth', '--json');
    if (status !== 0) throw new Error(stderr);
    return workspace.commit('Start', daysAgo * days);
  }

  test('is a patch that has not moved for 30 days: told with since when, and what to do; nothing is written, and the exit status is 0', async () => {
    const workspace = await started(31);
    try {
      const before = { ...workspace.snapshot('config'), ...workspace.snapshot('dist') };
      const { status, stdout, stderr } = await workspace.serve('check');
      const since = new Date(Date.now() - 31 * days * 3_600_000).toISOString().slice(0, 10);
      expect([status, stdout]).toEqual([0, expect.stringMatching(/^dist\/ is current/)]);
      expect(stderr).toMatch(
        new RegExp(`^warning patch-stalled ${isYaml ? 'config/management-cluster/cert-manager/integration/patch-001\\.yaml' : app.replace('.', '\\.')}`, 'm'),
      );
      expect(stderr).toContain("\n  'patch-001' has not moved for 31 days\n");
      expect(stderr).toContain(` since ${since}, at 5 of 9 targets\n`);
      expect(stderr).toContain(`let it go on (\`npx fleet promote ${names}\`), or back (\`npx fleet rollback ${names}\`)`);
      expect({ ...workspace.snapshot('config'), ...workspace.snapshot('dist') }).toEqual(before);

      // Where it moves, it is none.
      expect((await workspace.promote('--approve', 'stage/stage-sector-2')).status).toBe(0);
      workspace.commit('Promote', days);
      expect((await workspace.serve('check')).stderr).not.toContain("'patch-001' has not moved");
    } finally {
      workspace.remove();
    }
  });

  longTest('is none that is younger, nor one that a freeze holds, nor where nobody can tell', async () => {
    const workspace = await started(29);
    try {
      expect((await workspace.serve('check')).stderr).not.toContain('patch-stalled');
    } finally {
      workspace.remove();
    }
    const frozen = await started(40);
    try {
      expect((await frozen.serve('freeze', 'stage', '--reason', 'the holidays')).status).toBe(0);
      expect((await frozen.serve('check')).stderr).not.toContain('patch-stalled');
    } finally {
      frozen.remove();
    }
    const without = new RolloutWorkspace(form, false);
    try {
      await without.serve('synth', '--json');
      expect((await without.serve('check')).stderr).not.toContain('patch-stalled');
    } finally {
      without.remove();
    }
  });

  test('is an override that changes nothing, which says why it stays or goes', async () => {
    const workspace = await started(1);
    try {
      const file = isYaml ? 'config/management-cluster/cert-manager/production/prod-sector-1/override.yaml' : app;
      workspace.edit(file, (text) => text.replace('securePort: 10270', 'securePort: 10260'));
      await workspace.serve('synth', '--json');
      const { status, stderr } = await workspace.serve('check');
      expect(status).toBe(0);
      expect(stderr).toMatch(new RegExp(`^warning layer-idle ${file.replaceAll('.', '\\.')}`, 'm'));
      expect(stderr).toContain('\n  the override production/prod-sector-1 changes nothing: what it says is so without it, everywhere\n');
      expect(stderr).toContain("`silence: { 'layer-idle production/prod-sector-1': 'why' }`");
    } finally {
      workspace.remove();
    }
  });
});

describe('what should not stay, in a fleet of hubs and spokes', () => {
  test('is told of components, and not of what a member says in its own file', async () => {
    const workspace = new HubWorkspace();
    try {
      await workspace.started((one) =>
        one.edit('config/addons/metrics-server.ts', (text) =>
          text.replace("'tenant1/prod': { values: { replicas: 2 } }", "'tenant1/prod': { values: { replicas: 1 } }"),
        ),
      );
      const { status, stderr } = await workspace.serve('check');
      expect(status).toBe(0);
      expect(stderr.match(/^warning .*$/gm)).toEqual([expect.stringMatching(/^warning layer-idle config\/addons\/metrics-server\.ts:\d+:\d+$/)]);
      expect(stderr).toContain('\n  found    values.replicas: base says the same\n');
      workspace.edit('config/addons/metrics-server.ts', (text) =>
        text.replace('values: {', "silence: { 'layer-idle tenant1/prod': 'it was another one once' },\n  values: {"),
      );
      const silenced = await workspace.serve('check');
      expect(silenced.stderr).toMatch(/^notice silenced config\/addons\/metrics-server\.ts/m);
      expect(silenced.stderr).toMatch(/^0 errors, 1 notice$/m);
    } finally {
      workspace.remove();
    }
  });
});
