import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stable } from '../../../changes/judge/effect';
import { type Content, type State, subjectOf } from '../../../changes/state';
import { withManifests } from '../../../cli/read/manifests/with-manifests';
import { gitState } from '../../../cli/read/state/git-state';
import { getOr } from '../../../layers/get-or';
import { Revisions } from '../../../store/git/revisions';
import { chartRenderer } from '../../../store/read/read-config';
import { interpret } from '../../hub/argo-cd';
import { HubWorkspace } from '../../workspaces/hub-workspace';
import { examples } from '../../workspaces/workspace';

import { byGo } from '../go-reader';
import { describeWithHelm } from '../helm';

jest.setTimeout(600_000);

const namespaces = 'examples/hub-spoke/charts/namespaces';

/** The chart of the example, and one that shows what it was told, holds a claim and may permit something. */
const charts = {
  ...Object.fromEntries(
    ['Chart.yaml', 'values.yaml', 'templates/namespaces.yaml'].map((file) => [
      `${namespaces}/${file}`,
      readFileSync(join(examples.hub, '../charts/namespaces', file), 'utf8'),
    ]),
  ),
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'charts/web/values.yaml': 'claim: true\nadmin: false\n',
  'charts/web/templates/web.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: {{ .Release.Name }}, annotations: { told: {{ toJson .Values | quote }}, namespace: {{ .Release.Namespace }} } }
spec: { serviceName: {{ .Values.service | quote }}, replicas: {{ .Values.replicas }} }
{{- if .Values.claim }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
{{- end }}
{{- if .Values.admin }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [{ apiGroups: [''], resources: [secrets], verbs: [get] }]
{{- end }}
`,
};

const web = `import { cluster } from 'cdk8s-fleet';
export default {
  description: 'A web server',
  owners: ['team-web@example.com'],
  path: 'charts/web',
  alsoReads: [],
  namespace: 'web',
  values: { service: 'web', replicas: 1, nothing: null, region: cluster.annotation('company.example/region'), host: \`web.\${cluster.name}\`, text: '{{ $value }}' },
  helm: { valuesObject: { above: { a: 1 } }, parameters: [{ name: 'tenant', value: cluster.label('tenant') }] },
  overrides: { '*': { enabled: true }, tenant2: { values: { replicas: 3, list: ['a'] } } },
};
`;

describeWithHelm('charts of components with the real Helm', () => {
  let workspace: HubWorkspace;
  beforeAll(async () => {
    workspace = await new HubWorkspace().started((one) => one.write({ ...charts, 'config/resources/web.ts': web }));
  });
  afterAll(() => workspace.remove());

  function recorded(commit: string): State {
    const revisions = new Revisions(join(workspace.path, 'config'));
    return gitState(revisions.repository, revisions.resolve(commit), { config: join(workspace.path, 'config'), path: 'dist', dimensions: [], sequence: [] });
  }

  /** What `helm template` makes of what the Argo CDs of the fleet tell it, by component and cluster. */
  function expected(): ReadonlyMap<string, unknown> {
    const files = new Map(
      Object.entries(workspace.rendered()).flatMap(([path, text]) => (path.startsWith('_record/') ? [] : [[`dist/${path}`, text] as const])),
    );
    const found = new Map<string, unknown>();
    for (const { cluster, metadata, spec } of interpret(files).applications) {
      const { 'fleet/component': component = '' } = metadata.labels;
      const [{ path, helm }] = spec.sources ?? [spec.source];
      if (path === undefined || !['web', 'namespaces'].includes(component)) continue;
      workspace.write({ 'above.yaml': JSON.stringify(helm.valuesObject ?? {}) });
      const values = [...helm.valueFiles.map((file: string) => file.replace('$values/', '')), 'above.yaml'];
      const sets = (helm.parameters ?? []).flatMap(({ name, value }: { readonly name: string; readonly value: string }) => ['--set', `${name}=${value}`]);
      const args = [
        '--name-template',
        helm.releaseName,
        '--namespace',
        spec.destination.namespace,
        ...values.flatMap((file) => ['--values', join(workspace.path, file)]),
        ...sets,
      ];
      const { status, stdout, stderr } = spawnSync('helm', ['template', join(workspace.path, path), ...args], { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      const documents = stdout.split(/^---.*$/m).filter((text) => text.trim() !== '');
      const all = Object.fromEntries(documents.map((text, index) => [`documents/${String(index).padStart(4, '0')}`, text]));
      const each = '{{ $all = append $all ($.Files.Get $path | fromYaml) }}';
      found.set(`${component} ${cluster}`, byGo(`$all := list }}{{ range $path, $_ := .Files.Glob "documents/*" }}${each}{{ end }}{{ $all`, all));
    }
    return found;
  }

  test('what is shown is what Helm makes of what Argo CD tells it, at every cluster', async () => {
    workspace.edit('config/resources/web.ts', (text) => text.replace("service: 'web'", "service: 'other'"));
    workspace.edit('config/resources/namespaces.ts', (text) => text.replace('pods: 50', 'pods: 60').replace('pods: 200', 'pods: 300'));
    expect(await workspace.serve('synth', '--json')).toMatchObject({ status: 0 });
    workspace.git('commit', '-q', '-a', '-m', 'Edit');
    const renderer = chartRenderer(join(workspace.path, 'config'));
    const [, after] = withManifests(recorded('HEAD~1'), recorded('HEAD'), { renderers: [renderer, renderer], repository: 'https://github.com/company/fleet' });
    expect(after.notes ?? []).toEqual([]);
    const shown = new Map<string, Content[]>();
    const files = after.files.filter((file) => subjectOf(file, 'hub-and-spoke').object?.startsWith('manifests/'));
    for (const [index, content] of after.read(files).entries()) {
      const { target = '', clusterType = '', path = '' } = files[index] ?? {};
      const { app } = subjectOf({ clusterType, path }, 'hub-and-spoke');
      getOr(shown, `${app} ${target.split('/').at(-1)}`, () => []).push(content);
    }
    const sorted = (map: ReadonlyMap<string, unknown>) =>
      Object.fromEntries([...map].map(([key, all]) => [key, (all as Content[]).map((one) => stable(one)).sort()]));
    const byHelm = expected();
    expect(byHelm.size).toBe(7 + 6);
    expect(sorted(shown)).toEqual(sorted(byHelm));
    // From commit to commit it is shown as it was then, whatever lies there now.
    workspace.write({ [`${namespaces}/templates/namespaces.yaml`]: 'broken: {{\n' });
    expect((await workspace.serve('diff', 'HEAD~1..HEAD', '--manifests')).stdout).toContain('resources/web: StatefulSet web\n');
    workspace.git('checkout', '-q', '.');
  });

  test('a diff and a judgement go by the objects', async () => {
    workspace.edit('config/resources/web.ts', (text) => text.replace("service: 'other'", "service: 'last', claim: false, admin: true"));
    const diff = await workspace.serve('diff', 'HEAD', '--manifests');
    expect(diff).toMatchObject({ status: 0, stderr: '' });
    expect(diff.stdout).toContain(`Removed
  - resources/web: PersistentVolumeClaim data
      at    everywhere (7 clusters)
      then  where Argo CD prunes, it leaves the clusters too; with it goes the volume, as its reclaim policy says
`);
    expect(diff.stdout).toContain(
      '  + resources/web: ClusterRole web\n      at    everywhere (7 clusters)\n      then  new in the whole cluster: get secrets\n',
    );
    expect(diff.stdout).toContain(
      'resources/web: StatefulSet web\n  ! spec.serviceName of a StatefulSet cannot change: Kubernetes refuses it until somebody deletes the object\n',
    );
    expect((await workspace.serve('diff', 'HEAD')).stdout).not.toContain('StatefulSet');
    await workspace.serve('synth', '--json');
    const judged = await workspace.serve('check', '--since', 'HEAD', '--manifests');
    expect(judged.status).toBe(1);
    for (const rule of ['removal', 'immutable', 'permission']) expect(judged.stderr).toContain(`error ${rule}\n`);
    expect((await workspace.serve('check', '--since', 'HEAD')).stderr).not.toMatch(/error (removal|immutable|permission)/);
    const data = JSON.parse((await workspace.serve('diff', 'HEAD', '--app', 'web', '--manifests', '--json')).stdout);
    expect(data.changes.map(({ kind, manifest }: { readonly kind: string; readonly manifest?: string }) => `${kind} ${manifest}`)).toContain(
      'field StatefulSet web',
    );
    workspace.git('checkout', '-q', '.');
  });
});
