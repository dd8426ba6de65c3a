import { chmodSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { small } from '../../builders/yaml-fleets';
import { longTest } from '../../long-test';
import { type Run, Workspace } from '../../workspaces/workspace';

// Each of these starts commands, which take as long as they take.
jest.setTimeout(120_000);

/** Prints the files of objects of a chart. */
const helm = `#!/bin/sh
if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v3.99.1"}'; exit; fi
for one in "$2"/objects/*; do echo '---'; cat "$one"; done
`;
/** Prints those that lie beside the kustomization, and beside its base. */
const kustomize = `#!/bin/sh
PATH=/bin:/usr/bin
if [ "$1" = version ]; then echo v5.9.8; exit; fi
for one in objects/* ../base/objects/*; do [ -f "$one" ] && { echo '---'; cat "$one"; }; done
exit 0
`;
const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: shop}\n';
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: shop}\ndata: {level: one}\n';

const appIn = (folder: string) =>
  small['mc/web/values.yaml']
    .replace('https://charts.example.com\n      chart: web\n', `https://example.com/fleet.git\n      path: ${folder}\n`)
    .replace('targetRevision: 1.0.0', 'targetRevision: HEAD');

/** A fleet in YAML whose app is closed, and made of a folder of the repository. */
class FoldersWorkspace extends Workspace {
  constructor(folder: string, files: Readonly<Record<string, string>>) {
    super({
      'config/config.yaml': `repository: https://example.com/fleet.git\n${small['config.yaml']}`,
      'config/mc/defaults.yaml': small['mc/defaults.yaml'],
      'config/mc/web/values.yaml': appIn(folder),
      '.bin/helm': helm,
      '.bin/kustomize': kustomize,
      '.gitignore': '.bin\n.cache\n',
      ...files,
    });
    for (const name of ['helm', 'kustomize']) chmodSync(join(this.path, '.bin', name), 0o755);
    this.run('git', ['init', '-q', '-b', 'main', '--template=']);
    this.run('git', ['config', 'user.email', 'test@example.com']);
    this.run('git', ['config', 'user.name', 'Test']);
    expect(this.fleet('synth', '--json')).toMatchObject({ status: 0 });
    this.commit('Begin');
  }

  commit(message: string): void {
    this.run('git', ['add', '-A']);
    expect(this.run('git', ['commit', '-q', '-m', message])).toMatchObject({ status: 0 });
  }

  /** With the stand-ins. */
  rendered(...args: readonly string[]): Run {
    return { ...fleetServer.run(this.path, [...args, '--manifests'], [join(this.path, '.bin'), process.env['PATH']].join(delimiter)) };
  }
}

const ofHelm = () =>
  new FoldersWorkspace('charts/web', {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/objects/claim.yaml': claim,
    'charts/web/objects/map.yaml': map,
  });
const ofKustomize = () =>
  new FoldersWorkspace('apps/web', {
    'apps/web/kustomization.yaml': 'resources: [../base]\n',
    'apps/web/objects/map.yaml': map,
    'apps/base/kustomization.yaml': 'kind: Kustomization\n',
    'apps/base/objects/claim.yaml': claim,
  });

const gone = `Removed (where Argo CD prunes, it leaves the clusters too)
  - mc/web: PersistentVolumeClaim shop/data
`;

describe.each<readonly [string, () => FoldersWorkspace, string, string]>([
  ['a chart in a folder', ofHelm, 'charts/web/objects/claim.yaml', 'charts/web/objects/map.yaml'],
  ['a folder of Kustomize, and its base', ofKustomize, 'apps/base/objects/claim.yaml', 'apps/web/objects/map.yaml'],
])('of %s that no Application says anything new of', (_, begin, lost, changed) => {
  let workspace: FoldersWorkspace;
  beforeAll(() => {
    workspace = begin();
  });
  afterAll(() => workspace.remove());

  test('each moment is rendered as it was then, and what leaves it is refused', () => {
    rmSync(join(workspace.path, lost));
    workspace.edit(changed, (text) => text.replace('one', 'two'));
    const { status, stdout, stderr } = workspace.rendered('diff');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(gone);
    expect(stdout).toContain('mc/web: ConfigMap shop/web\n  data.level\n      one → two\n');
    expect(workspace.rendered('check', '--since', 'HEAD')).toMatchObject({ status: 1, stderr: expect.stringMatching(/error removal.*PersistentVolumeClaim/s) });
    expect(workspace.fleet('check', '--since', 'HEAD')).toMatchObject({ status: 0 });
  });

  test('so it is from commit to commit', () => {
    workspace.commit('Take the claim out');
    expect(workspace.rendered('diff', 'HEAD~1..HEAD').stdout).toContain(gone);
    expect(workspace.rendered('diff').stdout).toContain('Nothing changes');
    expect(workspace.rendered('check', '--since', 'HEAD~1')).toMatchObject({ status: 1, stderr: expect.stringContaining('error removal') });
  });
});

test('a folder that is no chart, and was none, is no news; one that is none any more is', () => {
  const workspace = new FoldersWorkspace('apps/plain', { 'apps/plain/map.yaml': map, 'notes.md': 'one\n' });
  try {
    workspace.edit('apps/plain/map.yaml', (text) => text.replace('one', 'two'));
    expect(workspace.rendered('diff')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Nothing changes: [^\n]*\n$/) });
    workspace.write({ 'apps/plain/Chart.yaml': 'name: plain\nversion: 1.0.0\n', 'apps/plain/objects/map.yaml': map });
    expect(workspace.rendered('diff').stdout).toContain("Note: mc/web is not shown in full: the chart in 'apps/plain' is no Helm chart");
  } finally {
    workspace.remove();
  }
});

longTest('of a chart that gives something else each time it is rendered, another one is refused, and the same one passes', () => {
  const at = `read -r at </proc/sys/kernel/random/uuid; printf -- '---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: r}\\ndata: {at: "%s"}\\n' "$at"\n`;
  const random = helm.replace('for one', () => `${at}for one`);
  const workspace = new FoldersWorkspace('charts/web', {
    '.bin/helm': random.replace('v3.99.1', 'v3.99.4'),
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/objects/claim.yaml': claim,
    'charts/web/objects/map.yaml': map,
    'charts/web/templates/r.yaml': '{{ randAlphaNum 8 }}\n',
    'notes.md': 'one\n',
  });
  try {
    workspace.edit('notes.md', () => 'two\n');
    workspace.commit('Note it');
    expect(workspace.rendered('check', '--since', 'HEAD~1')).toMatchObject({ status: 0, stderr: '' });
    rmSync(join(workspace.path, 'charts/web/objects/claim.yaml'));
    const told = /Note: mc\/web is not shown in full: .*data\.at/;
    const { stdout } = workspace.rendered('diff');
    expect(stdout).toMatch(told);
    expect(stdout).toMatch(/^Nothing changes that can be shown, and of 3 apps nobody can tell, from HEAD/);
    expect(workspace.rendered('diff', '--format', 'markdown').stdout).toContain('**Nothing changes that can be shown, and of 3 apps nobody can tell**');
    const judged = workspace.rendered('check', '--since', 'HEAD');
    expect(judged).toMatchObject({ status: 1, stderr: expect.stringContaining("what becomes of the objects of 'web' at") });
    expect(judged.stdout + judged.stderr).toMatch(told);
  } finally {
    workspace.remove();
  }
});

longTest('links of a commit lead to nothing outside of it', () => {
  const workspace = ofHelm();
  try {
    workspace.run('ln', ['-s', '/etc/hostname', 'charts/web/objects/host.yaml']);
    workspace.commit('Link');
    workspace.run('rm', ['charts/web/objects/host.yaml']);
    expect(workspace.rendered('diff').stdout).toContain(": a link in the chart in 'charts/web' leads out of the repository");
  } finally {
    workspace.remove();
  }
});
