import { compareStates } from '../../../changes/compare-states';
import type { Content, State } from '../../../changes/state';
import { switchedApps } from '../../../cli/read/manifests/switched-apps';
import { type ManifestOptions, withManifests } from '../../../cli/read/manifests/with-manifests';
import type { ChartFinding, ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { knowsNothing } from '../../builders/chart-renderer';
import { application, type Manifests, stateOf } from '../../builders/state-builder';

const repository = 'https://example.com/fleet.git';
const own = { repository, revision: 'HEAD' };
const targets = ['mgmt/stage/one/eu', 'mgmt/stage/one/us'];

type Map_ = { readonly [key: string]: Plain };

const chart = (version: string, helm: Map_ = {}): Map_ => ({ repoURL: 'https://charts.example.com', chart: 'web', targetRevision: version, helm });
const web = (version: string, helm: Map_ = {}) => application({ source: chart(version, helm), destination: { namespace: 'shop' } });

function at(content: (target: string) => Content, objects: Readonly<Record<string, Content>> = {}): Manifests {
  return Object.fromEntries(
    targets.flatMap((target) => [
      [`${target}/templates/web.yaml`, content(target)] as const,
      ...Object.entries(objects).map(([name, object]) => [`${target}/manifests/web/${name}.yaml`, object] as const),
    ]),
  );
}

/** What the stand-in for a chart gives: what it was told, and in version 2 a role; in version 3 nothing. */
function given({ id, releaseName, namespace, values }: ChartInput): ChartObjects {
  const version = 'version' in id ? id.version : '';
  if (version === '0') return { problems: [{ code: 'chart-lock', message: 'web 0 was not pulled', hint: 'run `npx fleet charts pull`' }] };
  const map: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: releaseName }, data: { version, namespace, values: [...values] } } as never;
  const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }];
  const role: Manifest = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'web' }, rules } as never;
  if (version.startsWith('secret-')) {
    const entries = { data: { password: Buffer.from(version).toString('base64') }, stringData: { pin: version } };
    return { objects: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', labels: { version } }, ...entries } as never] };
  }
  return { objects: version === '3' ? [] : version === '2' ? [map, role] : [map] };
}

interface Shown {
  readonly changes: readonly string[];
  readonly notes: readonly string[];
  readonly asked: readonly ChartInput[];
}

function shown(before: Manifests, after: Manifests, edit: (state: State) => State = (state) => state, options: Partial<ManifestOptions> = {}): Shown {
  const asked: ChartInput[] = [];
  const renderer = {
    ...knowsNothing,
    render(inputs: readonly ChartInput[]) {
      asked.push(...inputs);
      return inputs.map(given);
    },
  };
  const states = withManifests(edit(stateOf(before)), edit(stateOf(after)), { renderers: [renderer, renderer], own, ...options });
  const { changes, notes } = compareStates(...states);
  const texts = changes.map((change) => {
    const object = 'object' in change ? `${change.manifest}` : '(own)';
    const marks = 'marks' in change ? (change.marks ?? []).map(({ kind }) => ` [${kind}]`).join('') : '';
    return `${change.kind} ${object}${'field' in change ? ` ${change.field}: ${change.before} → ${change.after}` : ''} at ${change.targets.length}${marks}`;
  });
  return { changes: texts, notes, asked };
}

test('a new version of a chart shows its objects, once for all targets, and each distinct input is rendered once', () => {
  const { changes, notes, asked } = shown(
    at(() => web('1')),
    at(() => web('2')),
  );
  expect(changes).toEqual([
    'object-added ClusterRole web at 2 [permission]',
    'field (own) source.targetRevision: 1 → 2 at 2',
    'field ConfigMap web data.version: 1 → 2 at 2',
  ]);
  expect(notes).toEqual([]);
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatchObject({ releaseName: 'web', namespace: 'shop', values: [] });
});

test('what a Secret holds is not shown, and that it is another value is', () => {
  const { changes } = shown(
    at(() => web('secret-one')),
    at(() => web('secret-two')),
  );
  const [one, two] = [/\(hidden, [0-9a-f]{6}\) → \(hidden, [0-9a-f]{6}\) at 2$/, 'field Secret db metadata.labels.version: secret-one → secret-two at 2'];
  expect(changes).toEqual(['field (own) source.targetRevision: secret-one → secret-two at 2', expect.stringMatching(one), two, expect.stringMatching(one)]);
  for (const change of [changes[1], changes[3]]) {
    expect(new Set(change?.match(/[0-9a-f]{6}(?=\))/g)).size).toBe(2);
    expect(change).not.toMatch(/secret-|c2Vjc/);
  }
});

test('where an Application says the same, nothing is rendered', () => {
  expect(
    shown(
      at(() => web('1')),
      at(() => web('1')),
    ),
  ).toEqual({ changes: [], notes: [], asked: [] });
});

test('what only the cluster knows is shown where it goes', () => {
  const named = (version: string) => at(() => web(version, { valuesObject: { host: 'web.{{ .Values.cluster.name }}', tpl: '{{ .Release.Name }}' } }));
  const { changes, asked } = shown(
    named('1'),
    at(() => web('1', { valuesObject: { host: 'web.{{ .Values.cluster.region }}', tpl: '{{ .Release.Name }}' } })),
  );
  expect(asked.map(({ values }) => values[0])).toEqual([
    expect.stringMatching(/^\{"host":"web\.token-[0-9a-f]{16}-token","tpl":"\{\{ \.Release\.Name \}\}"\}$/),
    expect.stringMatching(/^\{"host":"web\.token-[0-9a-f]{16}-token",/),
  ]);
  expect(changes[1]).toContain('{"host":"web.{{ .Values.cluster.name }}","tpl":"{{ .Release.Name }}"} → {"host":"web.{{ .Values.cluster.region }}"');
});

test('a chart that is opened shows what that changes, which is nothing', () => {
  const opened = (target: string) => application({ source: { repoURL: repository, path: `dist/${target}/manifests/web` }, destination: { namespace: 'shop' } });
  const objects = {
    'configmap-web': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { version: '1', namespace: 'shop', values: [] } },
  };
  const { changes } = shown(
    at(() => web('1')),
    at(opened, objects),
  );
  expect(changes.filter((text) => !text.includes('(own)'))).toEqual([]);
  const back = shown(
    at(opened, objects),
    at(() => web('2')),
  );
  expect(back.changes.filter((text) => !text.includes('(own)'))).toEqual([
    'object-added ClusterRole web at 2 [permission]',
    'field ConfigMap web data.version: 1 → 2 at 2',
  ]);
});

test('where it was called after app and cluster, and is called after the app where it is opened, its objects are others', () => {
  const named = 'web-{{ .Values.cluster.name }}';
  const opened = (target: string) => application({ source: { repoURL: repository, path: `dist/${target}/manifests/web` }, destination: { namespace: 'shop' } });
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: {} };
  const { changes } = shown(
    at(() => ({ ...web('1'), metadata: { name: named } })),
    at((target) => ({ ...opened(target), metadata: { name: named } }), { 'configmap-web': map }),
  );
  expect(changes.filter((text) => !text.includes('(own)'))).toEqual([`object-removed ConfigMap ${named} at 2`, 'object-added ConfigMap web at 2']);
});

test('those alone are rendered that are asked for', () => {
  const opened = (target: string) => application({ source: { repoURL: repository, path: `dist/${target}/manifests/web` }, destination: { namespace: 'shop' } });
  const objects = { c: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { version: '1', namespace: 'shop', values: [] } } };
  const api = (version: string) => ({ 'mgmt/stage/one/eu/templates/api.yaml': web(version) });
  const [before, after] = [
    { ...at(opened, objects), ...api('1') },
    { ...at(() => web('2')), ...api('2') },
  ];
  const only = switchedApps([before, after].map((one) => stateOf(one)));
  const { changes, asked } = shown(before, after, undefined, { only });
  expect(changes.filter((text) => !text.includes('(own)'))).toEqual([
    'object-added ClusterRole web at 2 [permission]',
    'field ConfigMap web data.version: 1 → 2 at 2',
  ]);
  expect(asked).toHaveLength(1);
  expect(shown(before, after, undefined, { only: new Set() }).asked).toEqual([]);
});

test('a chart that gives nothing any more where it is closed takes everything away', () => {
  const info = [{ name: 'chart', value: 'https://charts.example.com web 3' }];
  const opened = (target: string) => application({ info, source: { repoURL: repository, path: `dist/${target}/manifests/web` } });
  const claim = { c: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' } } };
  const { changes } = shown(
    at(opened, claim),
    at(() => web('3')),
  );
  expect(changes[0]).toBe('object-removed PersistentVolumeClaim data at 2 [removal]');
});

test('an app is switched at a target where it is opened in one of several states and closed in another', () => {
  const opened = (target: string) => application({ source: { repoURL: repository, path: `dist/${target}/manifests/web` } });
  const objects = { c: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } } };
  const [open, closed] = [stateOf(at(opened, objects)), stateOf(at(() => web('1')))];
  const half = stateOf({ ...at(opened, objects), 'mgmt/stage/one/eu/templates/web.yaml': web('1') });
  const others = stateOf(at((target) => application({ ...(opened(target).spec as Map_), project: 'other' }), objects));
  const places = targets.map((target) => `mgmt\n${target.slice(5)}\ntemplates/web.yaml`);
  expect(switchedApps([open, open, closed, open])).toEqual(new Set(places));
  expect(switchedApps([closed, open])).toEqual(new Set(places));
  expect(switchedApps([open, half, open])).toEqual(new Set(places.slice(0, 1)));
  for (const states of [[open, others], [closed, stateOf(at(() => web('2')))], [open], []]) expect(switchedApps(states)).toEqual(new Set());
  const hubs: State = { ...closed, fleet: { ...closed.fleet, topology: 'hub-and-spoke' } };
  expect(switchedApps([open, hubs])).toEqual(new Set());
});

test('what cannot be rendered is said, with the command for what is missing, and the rest is shown', () => {
  const others = (version: string): Manifests => ({ ...at(() => web(version)), 'mgmt/stage/one/eu/templates/api.yaml': web(version === '1' ? '0' : '1') });
  const { changes, notes } = shown(others('1'), others('2'));
  expect(changes).toContain('field ConfigMap web data.version: 1 → 2 at 2');
  expect(changes.filter((text) => text.includes('api'))).toEqual([]);
  expect(notes).toEqual(['mgmt/api is not shown in full: web 0 was not pulled: run `npx fleet charts pull` (1 target)']);
});

test('of several sources those are shown that are charts, and the others are told', () => {
  const several = (version: string, other: Map_ = { repoURL: 'https://example.com/other.git', path: 'x', targetRevision: 'HEAD' }) =>
    at(() => application({ sources: [chart(version), other], destination: { namespace: 'shop' } }));
  const { changes, notes } = shown(several('1'), several('2'));
  expect(changes).toContain('field ConfigMap web data.version: 1 → 2 at 2');
  expect(notes).toEqual(['mgmt/web is not shown in full: spec.sources.1: a source in another repository cannot be opened (2 targets)']);
  // What one moment alone shows would come or go as a whole.
  const plugin = shown(several('1'), several('2', { ...chart('3'), plugin: {} }));
  expect(plugin.changes.filter((text) => text.includes('ConfigMap'))).toEqual([]);
  expect(plugin.notes).toHaveLength(2);
});

test('a folder of this repository at another revision is a line, and not what lies here', () => {
  const folder = (targetRevision: string) => at(() => application({ source: { repoURL: repository, path: 'charts/web', targetRevision } }));
  const { notes, asked } = shown(folder('v1'), folder('v2'));
  expect(asked).toEqual([]);
  expect(notes).toEqual(['v1', 'v2'].map((one) => expect.stringContaining(`'charts/web' is read at '${one}', another revision than the fleet's`)));
  expect(shown(folder('HEAD'), folder('')).notes).toEqual([]);
});

test('where a fleet becomes one of hubs and spokes it says that it shows none', () => {
  const hub = (state: State): State => ({ ...state, fleet: { ...state.fleet, topology: 'hub-and-spoke' } });
  const renderers = [undefined, undefined] as never;
  const note = 'what charts give is not shown where hubs and spokes come or go';
  for (const states of [[stateOf({}), hub(stateOf({}))] as const, [hub(stateOf({})), stateOf({})] as const]) {
    expect(withManifests(...states, { renderers, own })[1].notes).toEqual([note]);
    expect(withManifests(...states, { renderers, own, only: new Set(['x']) })[1].notes).toBeUndefined();
  }
});

describe('of an app whose Application says the same, and whose chart may not', () => {
  const folder = { repoURL: repository, path: 'charts/web', targetRevision: 'HEAD' };
  const same = at(() => application({ source: folder, destination: { namespace: 'shop' } }));
  const map = (level: string): ChartObjects => ({ objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { level } } as never] });
  const broken = (code: ChartFinding['code']): ChartObjects => ({ problems: [{ code, message: 'it is none' }] });
  const compared = (before: ChartObjects, after: ChartObjects, foldersDiffer = true, state: Manifests = same) => {
    const renderers = [before, after].map((given) => ({ ...knowsNothing, render: (inputs: readonly ChartInput[]) => inputs.map(() => given) }));
    const options = { renderers: renderers as never, foldersDiffer, own };
    const { changes, notes } = compareStates(...withManifests(stateOf(state), stateOf(state), options));
    return { changes: changes.map((change) => ('object' in change ? `${change.kind} ${change.manifest}` : change.kind)), notes };
  };

  test('both moments are rendered, each by its own renderer', () => {
    expect(compared(map('1'), map('2'))).toEqual({ changes: ['field ConfigMap web'], notes: [] });
    expect(compared(map('1'), map('1'))).toEqual({ changes: [], notes: [] });
    expect(compared(map('1'), map('2'), false)).toEqual({ changes: [], notes: [] });
  });

  test('at another revision, which may move, what lies here tells nothing of it, and that is said', () => {
    const moved = at(() => application({ source: { ...folder, targetRevision: 'main' }, destination: { namespace: 'shop' } }));
    expect(compared(map('1'), map('2'), true, moved)).toEqual({
      changes: [],
      notes: [expect.stringContaining("'charts/web' is read at 'main', another revision")],
    });
    expect(compared(map('1'), map('2'), false, moved)).toEqual({ changes: [], notes: [] });
  });

  test('a chart that comes from elsewhere is the same', () => {
    expect(
      compared(
        map('1'),
        map('2'),
        true,
        at(() => web('1')),
      ),
    ).toEqual({ changes: [], notes: [] });
  });

  test('where nothing changes, one target stands for all that get the same', () => {
    const renderers = [map('1'), map('1')].map((given) => ({ ...knowsNothing, render: (inputs: readonly ChartInput[]) => inputs.map(() => given) })) as never;
    const states = withManifests(stateOf(same), stateOf(same), { renderers, foldersDiffer: true, own });
    expect(states.map(({ files }) => files.filter(({ path }) => path.startsWith('manifests/')).map(({ target }) => target))).toEqual([
      ['stage/one/eu'],
      ['stage/one/eu'],
    ]);
  });

  const note = 'mgmt/web is not shown in full: it is none (2 targets)';
  const noChart: ChartObjects = { problems: [{ code: 'chart-broken', message: 'it is none', isNoChart: true }] };
  const unseen = (before: ChartObjects, after: ChartObjects, digests: readonly (string | undefined)[] = []) => {
    const renderers = [before, after].map((given, side) => ({
      render: (inputs: readonly ChartInput[]) => inputs.map(() => given),
      digests: (inputs: readonly ChartInput[]) => inputs.map(() => digests[side]),
    }));
    const [, state] = withManifests(stateOf(same), stateOf(same), { renderers: renderers as never, foldersDiffer: true, own });
    return { unseen: [...(state.unseen?.values() ?? [])].map(({ app, target, why }) => `${app} ${target}: ${why.join()}`), notes: state.notes ?? [] };
  };
  const both = ['stage/one/eu', 'stage/one/us'].map((target) => `web ${target}: it is none`);

  test('what was no chart and is none is no news, and whatever else keeps it from being seen is said', () => {
    expect(compared(noChart, noChart).notes).toEqual([]);
    expect(compared(noChart, map('1')).notes).toEqual([note]);
    expect(compared(map('1'), noChart).notes).toEqual([note]);
    for (const code of ['chart-render', 'chart-broken', 'chart-random', 'chart-token', 'chart-lock', 'hydrate'] as const) {
      expect(compared(broken(code), broken(code)).notes).toEqual([note]);
      expect(unseen(broken(code), broken(code))).toEqual({ unseen: both, notes: [note] });
    }
  });

  test('where the files of the chart are the same, nothing is different, whether it can be rendered or not', () => {
    expect(unseen(broken('chart-random'), broken('chart-random'), ['1', '1'])).toEqual({ unseen: [], notes: [] });
    expect(unseen(broken('chart-random'), broken('chart-random'), ['1', '2'])).toEqual({ unseen: both, notes: [note] });
    expect(unseen(map('1'), broken('chart-random'), ['1', '2'])).toEqual({ unseen: both, notes: [note] });
    expect(unseen(noChart, noChart, ['1', '2'])).toEqual({ unseen: [], notes: [] });
  });

  test('a folder that is no chart hides nothing of a chart beside it', () => {
    const beside = at(() => application({ sources: [folder, { ...folder, path: 'plain' }], destination: { namespace: 'shop' } }));
    const renderers = ['1', '2'].map((level) => ({
      ...knowsNothing,
      render: (inputs: readonly ChartInput[]) => inputs.map(({ id }) => ('folder' in id && id.folder === 'plain' ? noChart : map(level))),
    }));
    const { changes, notes } = compareStates(...withManifests(stateOf(beside), stateOf(beside), { renderers: renderers as never, foldersDiffer: true, own }));
    expect(changes.map((change) => 'object' in change && change.manifest)).toEqual(['ConfigMap web']);
    expect(notes).toEqual([]);
  });
});

describe('of an app that is closed with a chart that cannot be rendered', () => {
  const info = [{ name: 'chart', value: 'https://charts.example.com web 0' }];
  const opened = (target: string) => application({ info, source: { repoURL: repository, path: `dist/${target}/manifests/web` } });
  const objects = {
    claim: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' } },
    map: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } },
  };

  test('what holds data is told as going, and the rest as in Git no more', () => {
    const { changes, notes } = shown(
      at(opened, objects),
      at(() => web('0')),
    );
    expect(changes.slice(0, 2)).toEqual(['object-removed PersistentVolumeClaim data at 2 [removal]', 'object-removed ConfigMap web at 2']);
    expect(notes).toEqual([expect.stringContaining('web 0 was not pulled')]);
    const renderer = { ...knowsNothing, render: (inputs: readonly ChartInput[]) => inputs.map(given) };
    const states = withManifests(stateOf(at(opened, objects)), stateOf(at(() => web('0'))), { renderers: [renderer, renderer], own });
    const gone = compareStates(...states).changes.filter(({ kind }) => kind === 'object-removed');
    expect(gone.map((change) => 'gitOnly' in change && change.gitOnly === true)).toEqual([false, true]);
  });
});
