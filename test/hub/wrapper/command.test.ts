import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { longTest } from '../../long-test';
import { tree } from '../../workspaces/temporary-folder';
import { Workspace } from '../../workspaces/workspace';

jest.setTimeout(300_000);

const workspaces: Workspace[] = [];

afterAll(() => {
  for (const workspace of workspaces) workspace.remove();
});

/** A checkout with the layout of the fixture at its top. */
function checkout(): Workspace {
  const workspace = new Workspace({});
  workspaces.push(workspace);
  cpSync(join(__dirname, 'layout'), workspace.path, { recursive: true });
  return workspace;
}

describe('migrate, of a wrapper layout', () => {
  test('writes nothing where a file of it cannot be used, and says which', () => {
    const workspace = checkout().write({ 'addons/defaults/addons/metrics-server/values.yaml': 'a: [\n' });
    const before = tree(workspace.path);
    const { status, stdout, stderr } = workspace.fleet('migrate', '--from', '.', '--to', 'config');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error yaml-syntax addons\/defaults\/addons\/metrics-server\/values\.yaml:/);
    expect(tree(workspace.path)).toEqual(before);
  });

  test.each(['addons/new', 'fleet/bootstrap/new', 'charts/new', 'resources/new', 'addons'])('writes nothing into the layout: %s', (to) => {
    const workspace = checkout();
    const before = tree(workspace.path);
    const { status, stderr } = workspace.fleet('migrate', '--from', '.', '--to', to);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error migrate-target\n/);
    expect(tree(workspace.path)).toEqual(before);
  });

  test('says what it expects where there is only a part of one', () => {
    const workspace = new Workspace({ 'old/fleet/bootstrap/addons.yaml': 'kind: ApplicationSet\n' });
    workspaces.push(workspace);
    const { status, stderr } = workspace.fleet('migrate', '--from', 'old', '--to', 'config');
    expect(status).toBe(1);
    expect(stderr).toContain('expected a folder with config.yaml in it, or a wrapper layout with fleet/bootstrap and fleet/fleet-bootstrap\n');
    mkdirSync(join(workspace.path, 'old/fleet/fleet-bootstrap'));
    expect(workspace.fleet('migrate', '--from', 'old', '--to', 'config').stderr).toMatch(
      /^error migrate-from old\/fleet\/fleet-bootstrap\n {2}'old' has no hub\n/,
    );
    expect(workspace.has('config')).toBe(false);
  });

  longTest('ends with 1 where something could not be said, and tells it in words and as JSON', () => {
    const workspace = checkout().edit('charts/application-sets/values/addons.yaml', (text) =>
      text.replace("txtOwnerId: '{{ .name }}'", "txtOwnerId: '{{ .name | upper }}'"),
    );
    const { status, stdout, stderr } = workspace.fleet('migrate', '--from', '.', '--to', 'config');
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout.split('\n').slice(0, 18)).toEqual([
      'config/: 25 files written',
      '',
      '1 thing of the old layout could not be said:',
      '  charts/application-sets/values/addons.yaml:74:5',
      '    {{ .name | upper }}',
      '    only annotations, labels, name and server of the cluster can be said: it stands there without its braces',
      '',
      'types: no mistake',
      'compared: 5 clusters, 37 components of clusters, identical',
      '2 labels of cluster secrets by which ApplicationSets choose, said otherwise here:',
      "  fleet_member 'hub-cluster' → 'hub'",
      "  use_remote_argo 'true' → 'false'",
      'not compared: what the templates of the wrapper chart make of all this; the dry run of the plan shows it',
      'Applications: 37 keep their names, 0 get new ones',
      '',
      'To take over the live fleet, in 8 steps, spokes that try things first:',
      expect.stringContaining('  1. commit config '),
      expect.stringContaining('     wait until: '),
    ]);
    const { ok, plan, written, ...json } = JSON.parse(workspace.fleet('migrate', '--from', '.', '--to', 'again', '--json').stdout);
    expect([ok, plan.length, written.length]).toEqual([false, 8, 25]);
    expect(json).toMatchObject({
      components: 37,
      differing: [],
      missing: [],
      extra: [],
      renamed: [],
      unread: [],
      unused: [],
      types: '',
      notCompared: [expect.any(String)],
    });
    expect(json.unsaid).toMatchObject([{ file: 'charts/application-sets/values/addons.yaml', line: 74, column: 5, text: '{{ .name | upper }}' }]);
  });

  longTest('names Applications that get new names where those of the wrapper cannot stay', () => {
    const workspace = checkout().edit('charts/application-sets/templates/application-sets.yaml', (text) =>
      text.replace(
        "name: '{{ $name | trunc 20 }}-{{ `{{ .name }}` }}'",
        "name: '{{ $all.releaseType }}-{{ `{{ .name | trunc 30 }}` }}-{{ $name | trunc 20 }}-{{ `{{ .values.addonChartVersion }}` }}'",
      ),
    );
    const { status, stdout } = workspace.fleet('migrate', '--from', '.', '--to', 'config');
    expect(status).toBe(0);
    expect(stdout).toContain(
      'Applications: 0 keep their names, 37 get new ones\n  default-hub-1-metrics-server-3.12.2 → metrics-server-hub-1, in the Argo CD of hub-1\n',
    );
    expect(stdout).toContain('  7. kubectl delete Applications of old names when those of new names are Synced: both deploy the same\n');
  });
});
