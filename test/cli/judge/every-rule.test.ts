import { ownRules } from '../../../changes/judge/rules';
import { startedHub } from '../../workspaces/hub-workspace';
import { formsOr, startedWorkspace } from '../../workspaces/rollout-workspace';
import type { Workspace } from '../../workspaces/workspace';
import { committed, HandEdits, judgedOf } from './edits';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

const ids = ownRules.map(({ id }) => id).sort();

/** Fleets in YAML, and of hubs and spokes, hold no objects but those of Argo CD and External Secrets. */
const withoutObjects = ids.filter((id) => !['immutable', 'permission'].includes(id));

/** The rules that refuse something of what came after a commit. */
function refusing(workspace: Workspace, since: string): readonly string[] {
  const { judged } = judgedOf(workspace.fleet('check', '--since', since, '--json'));
  return [...new Set(judged.changes.flatMap(({ verdicts }) => verdicts.flatMap(({ rule, kind }) => (kind === 'refused' ? [rule] : []))))].sort();
}

describe('a commit that breaks every rule is refused by every rule', () => {
  test.each(formsOr('typescript'))('of a fleet in %s', async (form) => {
    const workspace = await startedWorkspace(form);
    try {
      const edits = new HandEdits(workspace).objects('get', 'a');
      await committed(workspace, 'Bring objects');
      edits.stricterLaw();
      if (form === 'typescript')
        workspace.edit('config/fleet.ts', (text) => text.replace("name: 'integration',", "name: 'integration', evidence: [() => ({ is: 'good' })],"));
      await committed(workspace, 'Demand more');
      expect(refusing(workspace, 'HEAD~1')).toEqual([]);
      edits.objects('list', 'b').baseValue().olderVersion().delete('prometheus').openGate().patchAt('stage/stage-sector-2');
      await committed(workspace, 'Break');
      expect(refusing(workspace, 'HEAD~1')).toEqual(form === 'yaml' ? withoutObjects.filter((id) => id !== 'evidence') : ids);
    } finally {
      workspace.remove();
    }
  });

  test('of a fleet of hubs and spokes', async () => {
    const workspace = await startedHub();
    const commit = async (message: string) => {
      expect(await workspace.serve('synth', '--json')).toMatchObject({ status: 0 });
      workspace.git('add', '-A');
      workspace.git('commit', '-q', '-m', message);
    };
    try {
      const tenant = "name: 'tenant1',\n      environments: ['dev', { name: 'prod', promotion: 'manual' }]";
      const stricter =
        "name: 'tenant1',\n      environments: [{ name: 'dev', soak: '24h', evidence: [() => ({ is: 'good' })] }, { name: 'prod', promotion: 'manual', freeze: 'holidays', budget: { targets: 1 } }]";
      workspace.edit('config/fleet.ts', (text) => text.replace(tenant, stricter).replace("'tenant2',", "'tenant2', budget: { clusters: 1 },"));
      await commit('Demand more');
      expect(refusing(workspace, 'HEAD~1')).toEqual([]);
      // A release that goes on too early, an older version for everybody else, a spoke that leaves, and a law that demands less.
      workspace.edit('config/addons/releases.ts', (text) =>
        text.replace("rolledOutTo: ['tenant1/dev']", "rolledOutTo: ['tenant1']").replace("'1.15.0'", "'1.14.0'"),
      );
      workspace.git('rm', '-q', 'config/spokes/tenant2-prod-workload2.ts');
      workspace.edit('config/fleet.ts', (text) => text.replace("soak: '24h'", "soak: '1h'"));
      await commit('Break');
      expect(refusing(workspace, 'HEAD~1')).toEqual(withoutObjects);
    } finally {
      workspace.remove();
    }
  });
});
