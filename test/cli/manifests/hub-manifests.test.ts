import { compareStates } from '../../../changes/compare-states';
import type { State } from '../../../changes/state';
import { changesText } from '../../../cli/print/changes/changes-text';
import { placedChanges } from '../../../cli/read/changes/change-places';
import { type ManifestOptions, withManifests } from '../../../cli/read/manifests/with-manifests';
import { configState } from '../../../cli/read/state/config-state';
import { cluster } from '../../../constructs';
import type { ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import type { Manifest } from '../../../layers/output';
import { knowsNothing } from '../../builders/chart-renderer';
import { addons, bootstrap, buildHubFleet, certManager, fleetFile, type HubContent, releases, smallHubFleet, spoke1, spoke2 } from '../../builders/hub-builder';

const repository = fleetFile.repository;

/** What the stand-in for a chart gives: what it was told, and of version 1.1.0 a role; in version 9 nothing is right. */
function given({ id, releaseName, namespace, values, parameters }: ChartInput): ChartObjects {
  const version = 'version' in id ? id.version : '';
  if (version === '9.0.0') return { problems: [{ code: 'chart-lock', message: 'it was not pulled', hint: 'run `npx fleet charts pull`' }] };
  const told = Object.assign({}, ...values.map((text) => JSON.parse(text)), ...parameters.map(({ name, value }) => ({ [name]: value })));
  const map: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: releaseName }, data: { version, namespace, ...told } } as never;
  const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }];
  const role: Manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: releaseName }, rules } as never;
  return { objects: version === '1.1.0' ? [map, role] : [map] };
}

interface Shown {
  readonly changes: readonly string[];
  readonly notes: readonly string[];
  readonly asked: readonly ChartInput[];
  readonly text: string;
}

const stateOf = (content: HubContent): State => configState(buildHubFleet(content).synth());

function shown(before: HubContent, after: HubContent, options: Partial<ManifestOptions> = {}): Shown {
  const asked: ChartInput[] = [];
  const renderer = {
    ...knowsNothing,
    render(inputs: readonly ChartInput[]) {
      asked.push(...inputs);
      return inputs.map(given);
    },
  };
  const found = compareStates(
    ...withManifests(stateOf(before), stateOf(after), { renderers: [renderer, renderer], own: { repository, revision: 'HEAD' }, ...options }),
  );
  const objects = found.changes.filter((change) => 'object' in change && change.object?.startsWith('manifests/'));
  const changes = objects.map((change) => {
    const marks = 'marks' in change ? (change.marks ?? []).map(({ kind }) => ` [${kind}]`).join('') : '';
    const name = 'manifest' in change ? change.manifest : '';
    const what = 'field' in change ? ` ${change.field}: ${change.before} → ${change.after}` : '';
    return `${change.kind} ${name}${what} at ${change.targets.map((target) => target.split('/').at(-1)).join(', ')}${marks}`;
  });
  return { changes, notes: found.notes, asked, text: changesText(found, placedChanges(found.changes, undefined)) };
}

const withManager = (fields: object, rest: HubContent = {}): HubContent => ({
  ...rest,
  groups: { addons: { ...addons, components: { ...addons.components, 'cert-manager': { ...certManager, ...fields } } }, bootstrap },
});
const withReleases = (fields: object): HubContent => ({ groups: { addons: { ...addons, releases: { ...releases, ...fields } }, bootstrap } });

test('a release shows what comes of its charts, once for all clusters that share it, and each distinct input is rendered once', () => {
  const { changes, notes, asked, text } = shown({}, withReleases({ patches: { next: { rolledOutTo: ['shop'], change: { release: 'next' } } } }));
  expect(changes).toEqual([
    'object-added ClusterRole cert-manager at spoke-1, spoke-2 [permission]',
    'field ConfigMap cert-manager data.version: 1.0.0 → 1.1.0 at spoke-1, spoke-2',
  ]);
  expect(notes).toEqual([]);
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatchObject({
    releaseName: 'cert-manager',
    namespace: 'cert-manager',
    values: ['{"crds":{"enabled":true}}'],
    id: { chart: 'cert-manager' },
  });
  expect(text).toContain(
    'Added\n  + addons/cert-manager: ClusterRole cert-manager\n      at    shop (2 clusters)\n      why   next shop\n      then  new in the whole cluster: get secrets\n',
  );
  expect(text).toContain(
    'addons/cert-manager: ConfigMap cert-manager\n  data.version\n      1.0.0 → 1.1.0\n      at   shop (2 clusters)\n      why  next shop; before: base\n',
  );
});

test('where clusters are told the same, nothing is rendered', () => {
  expect(shown({}, {})).toMatchObject({ changes: [], notes: [], asked: [] });
  const synced = shown({}, withManager({ syncPolicy: { syncOptions: ['CreateNamespace=true'] } }));
  expect(synced).toMatchObject({ changes: [], notes: [], asked: [] });
});

test('each cluster is told its own values, what only it knows is known where Git says it, and stands as it is asked for elsewhere', () => {
  const manager = (level: number) =>
    withManager(
      {
        values: { level, role: cluster.annotation('x/role'), name: `c-${cluster.name}` },
        namespace: `ns-${cluster.label('tenant')}`,
        helm: { valuesObject: { above: true }, parameters: [{ name: 'zone', value: cluster.annotation('x/role') }] },
        overrides: { '*': { enabled: true }, 'shop/prod': { values: { level: 7 } } },
      },
      { spokes: { ...smallHubFleet.spokes, 'spoke-1': { ...spoke1, annotations: { 'x/role': '{{ admin }}' } } } },
    );
  const { changes, asked, notes } = shown(manager(1), manager(2));
  expect({ changes, notes }).toEqual({ changes: ['field ConfigMap cert-manager data.level: 1 → 2 at spoke-1, hub-1'], notes: [] });
  const role = /"token-[0-9a-f]{16}-token"/;
  expect(asked.map(({ values, namespace }) => [...values.map((text) => text.replace(role, 'TOKEN')), namespace])).toEqual(
    [1, 2, 1, 2].map((level, index) => {
      const above = index < 2 ? '"name":"c-spoke-1","role":"{{ admin }}"' : '"name":"c-hub-1","role":TOKEN';
      return [`{"level":${level}}`, `{"above":true,${above}}`, index < 2 ? 'ns-shop' : 'ns-platform'];
    }),
  );
  const zone = '{{ index (get .metadata "annotations" | default dict) "x/role" | default "" }}';
  const moved = shown(
    manager(1),
    withManager({ values: { level: 1, role: cluster.annotation('x/role'), name: 'c' }, helm: { valuesObject: { above: true }, parameters: [] } }),
  );
  expect(moved.changes).toContain(`field ConfigMap cert-manager data.zone: ${zone} → undefined at spoke-2, hub-1`);
});

test('an annotation that Git says otherwise changes what a cluster gets, though its Application is the same', () => {
  const at = (role: string) =>
    withManager(
      { values: { role: cluster.annotation('x/role') } },
      { spokes: { ...smallHubFleet.spokes, 'spoke-1': { ...spoke1, annotations: { 'x/role': role } } } },
    );
  expect(shown(at('a'), at('b')).changes).toEqual(['field ConfigMap cert-manager data.role: a → b at spoke-1']);
});

test('a cluster that lacks what its Application needs gets nothing, and that is said', () => {
  const { changes, notes } = shown(withManager({ values: { zone: 'a' } }), withManager({ values: { zone: cluster.label('zone') } }));
  expect(changes).toEqual([]);
  expect(notes).toEqual(['addons/cert-manager is not shown in full: spec.sources.0.targetRevision: the cluster secret has no label zone (3 clusters)']);
});

test('who deploys it makes no difference to what a cluster gets', () => {
  const distributed = (version: string): HubContent => ({
    spokes: { 'spoke-1': { ...spoke1, model: 'distributed', manages: ['addons'] }, 'spoke-2': spoke2 },
    groups: { addons: { ...addons, releases: { releases: { default: { components: { 'cert-manager': version } } } } }, bootstrap },
  });
  expect(shown({}, distributed('1.0.0')).changes).toEqual([]);
  expect(shown({}, distributed('1.2.0')).changes).toEqual(['field ConfigMap cert-manager data.version: 1.0.0 → 1.2.0 at spoke-1, spoke-2, hub-1']);
});

test('of what cannot be rendered it says why, and the rest is shown', () => {
  const elsewhere = [{ repoURL: 'https://example.com/other.git', path: 'x', targetRevision: 'HEAD' }];
  const several = shown(withManager({ extraSources: elsewhere, values: {} }), withManager({ extraSources: elsewhere, values: { a: '1' } }));
  expect(several.changes).toEqual(['field ConfigMap cert-manager data.a: undefined → 1 at spoke-1, spoke-2, hub-1']);
  expect(several.notes).toEqual(['addons/cert-manager is not shown in full: spec.sources.2: a source in another repository cannot be opened (3 clusters)']);
  const unknown = shown({}, withReleases({ releases: { default: { components: { 'cert-manager': '9.0.0' } } } }));
  expect(unknown.changes).toEqual([]);
  expect(unknown.notes).toEqual(['addons/cert-manager is not shown in full: it was not pulled: run `npx fleet charts pull` (3 clusters)']);
  // What only the cluster knows decides which chart it is.
  const live = (value: string) =>
    withManager({ extraSources: [{ repoURL: 'https://charts.example.com', chart: 'x', targetRevision: cluster.annotation('x/y') }], values: { value } });
  expect(shown(live('1'), live('2')).notes).toEqual([
    "addons/cert-manager is not shown in full: spec.sources.2.targetRevision: which chart it is must be known here: 'targetRevision' holds a token (3 clusters)",
  ]);
});

test('clusters that read a mirror are told what it holds, which is what the repository holds', () => {
  const mirrored = (value: string) =>
    withManager(
      { values: { value }, helm: { valueFiles: ['$values/shared.yaml'] } },
      {
        members: {
          settings: {
            ...(smallHubFleet.members['settings'] as object),
            overrides: { shop: { repository: 'https://mirror.example.com/fleet', path: 'of/fleet' } },
          },
        },
      },
    );
  const { changes, notes, asked } = shown(mirrored('1'), mirrored('2'));
  expect({ changes, notes }).toEqual({ changes: ['field ConfigMap cert-manager data.value: 1 → 2 at spoke-1, spoke-2, hub-1'], notes: [] });
  expect(asked).toHaveLength(2);
  expect(asked[0]?.valueFiles).toEqual([{ path: 'shared.yaml', of: 'repository' }]);
});

test('charts in folders are looked at where files may differ, by their own renderers, at the clusters that are asked for', () => {
  const web = { path: 'charts/web', namespace: 'web', values: {}, overrides: { '*': { enabled: true } } };
  const folder: HubContent = { groups: { addons: { components: { web } }, bootstrap } };
  const map = (level: string): ChartObjects => ({ objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { level } } as never] });
  const compared = (foldersDiffer: boolean) => {
    const renderers = [map('1'), map('2')].map((objects) => ({ render: (inputs: readonly ChartInput[]) => inputs.map(() => objects) }));
    const isAsked = (_: string, target: string) => target.startsWith('shop/');
    return shown(folder, folder, { renderers: renderers as never, foldersDiffer, isAsked }).changes;
  };
  expect(compared(true)).toEqual(['field ConfigMap web data.level: 1 → 2 at spoke-1, spoke-2']);
  expect(compared(false)).toEqual([]);
});

test('objects that leave are told to leave the clusters, and those of several namespaces by their names alone', () => {
  const objects = (...namespaces: readonly string[]) => ({
    objects: namespaces.map(
      (namespace) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace }, spec: { level: namespaces.length } }) as never,
    ),
  });
  const told = (input: ChartInput) => JSON.parse(input.values[0] ?? '{}').namespaces as readonly string[];
  const renderer = { ...knowsNothing, render: (inputs: readonly ChartInput[]) => inputs.map((input) => objects(...told(input))) };
  const at = (shop: readonly string[], others: readonly string[]) =>
    withManager({ values: { namespaces: others }, overrides: { '*': { enabled: true }, 'shop/dev': { values: { namespaces: shop } } } });
  const { text } = shown(at(['a', 'b'], ['c']), at(['a'], ['c']), { renderers: [renderer, renderer] });
  expect(text).toContain(
    'Removed\n  - addons/cert-manager: PersistentVolumeClaim b/data\n      at    shop/dev\n      then  where Argo CD prunes, it leaves the clusters too; with it goes the volume, as its reclaim policy says\n',
  );
  const labelled = { asked: () => [], render: (inputs: readonly ChartInput[]) => inputs.map((input) => objects(told(input)[0] as string)) };
  const other = {
    asked: () => [],
    render: (inputs: readonly ChartInput[]) =>
      inputs.map((input) => ({ objects: objects(told(input)[0] as string).objects.map((one: object) => ({ ...one, data: 1 })) })),
  };
  expect(shown(at(['a'], ['c']), at(['a', 'x'], ['c', 'x']), { renderers: [labelled, other] as never }).changes).toEqual([
    'field PersistentVolumeClaim data data: undefined → 1 at spoke-1, spoke-2, hub-1',
  ]);
});
