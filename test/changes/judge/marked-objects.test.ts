import { judge, type Verdict } from '../../../changes/judge/judge';
import { ownRules } from '../../../changes/judge/rules';
import { statementsIn } from '../../../changes/judge/statements';
import type { Content, State } from '../../../changes/state';
import type { Plain } from '../../../layers/layer';
import type { AppRecord } from '../../../layers/record';
import { application, type Manifests, stateOf } from '../../builders/state-builder';

type Map_ = { readonly [key: string]: Plain };

const targets = ['stage/one/eu', 'stage/one/us', 'stage/two/eu'];
const asked = ownRules.filter(({ id }) => ['removal', 'immutable', 'permission'].includes(id));

const own = 'https://example.com/fleet.git';
const opened = { name: 'chart', value: 'oci://charts.example.com/shop web 1.0.0' };
const synced = { syncPolicy: { automated: { prune: true } } };
const destination = { namespace: 'shop' };

/** What an app has at targets, by their numbers; `web` is an app with objects beside it, `still` is there all the time. */
function fleet(...objects: readonly (Readonly<Record<string, Content>> | undefined)[]): Manifests {
  const files: Record<string, Content> = {};
  for (const [index, target] of targets.entries()) {
    files[`mgmt/${target}/templates/still.yaml`] = application({ project: 'p' }, 'still');
    if (objects[index] === undefined) continue;
    const path = `dist/mgmt/${target}/manifests/web`;
    files[`mgmt/${target}/templates/web.yaml`] = application({ info: [opened], source: { repoURL: own, path }, destination, ...synced });
    for (const [name, content] of Object.entries(objects[index] ?? {})) files[`mgmt/${target}/manifests/web/${name}.yaml`] = content;
  }
  return files;
}

/** Where the chart is closed: Git says which it is, and none of its objects. */
function closed(files: Manifests, source: Map_ = { repoURL: 'charts.example.com/shop/', chart: 'web', targetRevision: '1.0.0' }, more: Map_ = {}): Manifests {
  const own = Object.entries(files).filter(([path]) => !path.includes('/manifests/'));
  return Object.fromEntries(
    own.map(([path, content]) => [path, path.endsWith('/web.yaml') ? application({ source, destination, ...synced, ...more }) : content]),
  );
}

const request = { laws: [], statements: [], past: { contents: () => [], prepare: () => {} }, now: 0, rules: asked };

function judged(before: Manifests, after: Manifests, message = ''): readonly Verdict[] {
  return judge({ ...request, before: stateOf(before), after: stateOf(after), statements: statementsIn([message]).statements });
}

const said = (before: Manifests, after: Manifests, message?: string) =>
  judged(before, after, message).map(({ rule, kind, path, message: text }) => `${kind} by ${rule} at ${path}: ${text}`);

/** @param metadata beside its name */
function object(apiVersion: string, kind: string, fields: Map_ = {}, metadata: Map_ = {}): Content {
  return { apiVersion, kind, metadata: { name: 'web', ...metadata }, ...fields };
}

const deployment = (app: string, replicas = 1) => object('apps/v1', 'Deployment', { spec: { replicas, selector: { matchLabels: { app, tier: app } } } });
const role = (...verbs: readonly string[]) =>
  object('rbac.authorization.k8s.io/v1', 'ClusterRole', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs }] });
const claim = (metadata: Map_ = {}) => object('v1', 'PersistentVolumeClaim', {}, metadata);

describe('a field that cannot change', () => {
  const [before, after] = [fleet({ d: deployment('a') }, { d: deployment('a') }), fleet({ d: deployment('b') }, { d: deployment('b') })];

  test('is refused once for all of its object and all targets that share it, with what happens', () => {
    expect(judged(before, after)).toMatchObject([
      {
        rule: 'immutable',
        kind: 'refused',
        message: "the Deployment 'web' of 'web' changes what cannot change at stage/one/eu, stage/one/us",
        found: 'spec.selector of a Deployment cannot change: Kubernetes refuses it until somebody deletes the object',
        hint: expect.stringContaining('under another name'),
        what: 'mgmt/web',
        path: 'stage/one',
        statement: expect.stringMatching(/^Fleet-Allows: immutable mgmt\/web stage\/one [0-9a-f]{16}$/),
      },
    ]);
  });

  test('is allowed by the line that is printed, and by none about another effect', () => {
    const [{ statement = '' } = {}] = judged(before, after);
    const other = fleet({ d: deployment('c') }, { d: deployment('c') });
    expect(judged(before, after, statement).map(({ kind }) => kind)).toEqual(['allowed']);
    expect(judged(before, other, statement).map(({ kind, stale }) => [kind, stale])).toEqual([['refused', statement]]);
  });

  test('is none where another one changes', () => {
    expect(said(before, fleet({ d: deployment('a', 2) }, { d: deployment('a') }))).toEqual([]);
  });
});

describe('a permission in the whole cluster', () => {
  test('is refused where the app permitted it nowhere, and spreads where it did', () => {
    const first = fleet({ r: role('get') }, { r: role('get') });
    const second = fleet({ r: role('get', 'list') }, { r: role('get') });
    expect(said(first, second)).toEqual(["refused by permission at stage/one/eu: 'web' permits more in the whole cluster at stage/one/eu: list secrets"]);
    expect(said(second, fleet({ r: role('get', 'list') }, { r: role('get', 'list') }))).toEqual([]);
  });

  test('is refused of an app that comes, and of an object that does; at another target it is known', () => {
    const without = fleet({}, {});
    const here = fleet({ r: role('get') }, {});
    expect(said(fleet(), here)).toEqual(["refused by permission at stage/one/eu: 'web' permits more in the whole cluster at stage/one/eu: get secrets"]);
    expect(said(without, here)).toEqual(["refused by permission at stage/one/eu: 'web' permits more in the whole cluster at stage/one/eu: get secrets"]);
    expect(said(here, fleet({ r: role('get') }, { r: role('get') }))).toEqual([]);
    expect(said(here, fleet({ r: role('get') }, {}, { r: role('get') }))).toEqual([]);
  });

  test('is allowed for all of a node', () => {
    const [before, after] = [fleet({ r: role('get') }), fleet({ r: role('get', 'list') })];
    const [{ statement = '' } = {}] = judged(before, after);
    expect(statement).toMatch(/^Fleet-Allows: permission mgmt\/web stage\/one\/eu /);
    expect(judged(before, after, statement).map(({ kind }) => kind)).toEqual(['allowed']);
  });

  describe('is that of the role that has it', () => {
    const named = (name: string, verbs: readonly string[], metadata: Map_ = {}) =>
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs }] }, { name, ...metadata });
    const refused = (text: string) => [`refused by permission at stage/one/eu: 'web' permits more in the whole cluster at stage/one/eu: ${text}`];

    test('whatever another one has, which is given in one namespace, or goes to other roles', () => {
      const strong = named('strong', ['*']);
      expect(said(fleet({ strong, reader: named('reader', ['get']) }), fleet({ strong, reader: named('reader', ['*']) }))).toEqual(refused('* secrets'));
      expect(said(fleet({ strong }), fleet({ strong, reader: named('reader', ['*']) }))).toEqual(refused('* secrets'));
      const labels = { 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' };
      const weak = named('weak', ['get'], { labels });
      expect(said(fleet({ strong, weak }), fleet({ strong: named('strong', ['*'], { labels }), weak }))).toEqual(refused("its rules go to 'admin'"));
    });

    test('be it called after the target where it is', () => {
      const at = (node: string, ...verbs: readonly string[]) => ({ r: named(`web-${node}`, verbs) });
      expect(said(fleet(at('eu', 'get'), {}), fleet(at('eu', 'get'), at('us', 'get')))).toEqual([]);
      expect(said(fleet(at('eu', 'get'), {}), fleet(at('eu', 'get'), at('eu', 'get')))).toHaveLength(1);
      expect(said(fleet(at('eu', 'get'), {}), fleet(at('eu', 'get'), at('us', 'list')))).toHaveLength(1);
    });
  });

  test("of an object that names no namespace counts for the cluster's own, where its app is there", () => {
    const subjects = [{ kind: 'ServiceAccount', namespace: 'shop', name: 'a' }];
    const given = object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { kind: 'ClusterRole', name: 'admin' }, subjects });
    const more = { ...given, subjects: [...subjects, { kind: 'ServiceAccount', namespace: 'shop', name: 'b' }] };
    const inSystem = (files: Manifests) =>
      Object.fromEntries(
        Object.entries(files).map(([path, content]) => [
          path,
          path.endsWith('/web.yaml') ? { ...content, spec: { ...(content.spec as Map_), destination: { namespace: 'kube-system' } } } : content,
        ]),
      );
    expect(said(fleet({}), fleet({ given }))).toEqual([]);
    const says = (who: string) => [
      `refused by permission at stage/one/eu: 'web' permits more in the whole cluster at stage/one/eu: ServiceAccount shop/${who} gets admin in kube-system`,
    ];
    expect(said(inSystem(fleet()), inSystem(fleet({ given })))).toEqual(says('a'));
    expect(said(inSystem(fleet({})), inSystem(fleet({ given })))).toEqual(says('a'));
    expect(said(inSystem(fleet({ given })), inSystem(fleet({ given: more })))).toEqual(says('b'));
  });

  test('is none that is taken away', () => {
    expect(said(fleet({ r: role('get', 'list') }), fleet({ r: role('get') }))).toEqual([]);
    expect(said(fleet({ r: role('get', 'list') }), fleet({}))).toEqual([]);
  });
});

describe('an object that holds data', () => {
  test('leaves, and is another one in another namespace', () => {
    expect(said(fleet({ c: claim() }, { c: claim() }), fleet({}, {}))).toEqual([
      "refused by removal at stage/one: the PersistentVolumeClaim 'web' of 'web' leaves stage/one/eu, stage/one/us",
    ]);
    const [found] = judged(fleet({ c: claim({ namespace: 'a' }) }), fleet({ c: claim({ namespace: 'b' }) }));
    expect(found).toMatchObject({
      rule: 'removal',
      message: "the PersistentVolumeClaim 'b/web' of 'web' becomes another object at stage/one/eu",
      found: 'Argo CD prunes the old one, and with it goes the volume, as its reclaim policy says',
    });
  });

  test('goes where Argo CD makes it anew, whether it prunes or not, and is said once', () => {
    const anew = claim({ annotations: { 'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/sync-options': 'Prune=false', other: 'x' } });
    expect(judged(fleet({ c: claim() }), fleet({ c: anew }))).toMatchObject([
      {
        rule: 'removal',
        message: "the PersistentVolumeClaim 'web' of 'web' may be deleted and made anew at stage/one/eu",
        found: 'it becomes a hook, and Argo CD deletes it: with it goes the volume, as its reclaim policy says',
        hint: 'leave that annotation out',
      },
    ]);
  });

  test('loses it by itself, and stays', () => {
    const set = (replicas: number) => object('apps/v1', 'StatefulSet', { spec: { replicas, persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } } });
    expect(judged(fleet({ s: set(3) }), fleet({ s: set(1) }))).toMatchObject([
      {
        rule: 'removal',
        message: "the StatefulSet 'web' of 'web' loses what it holds at stage/one/eu",
        found: expect.stringContaining('with `whenScaled: Delete` the claims of the pods that go are deleted'),
      },
    ]);
  });

  test('may go where nobody can tell, and whoever makes the step may give a reason', () => {
    const [before, after] = [fleet({ c: claim() }), closed(fleet({ c: claim() }))].map((files) => stateOf(files)) as [State, State];
    const one = { clusterType: 'mgmt', target: 'stage/one/eu', app: 'web', why: ['it is broken'], digest: '1' };
    const unseen = new Map([['mgmt\nstage/one/eu\nweb', one]]);
    expect(judge({ ...request, before, after: { ...after, unseen } })).toMatchObject([
      {
        rule: 'removal',
        ofObjects: true,
        message: "what becomes of the objects of 'web' at stage/one/eu cannot be told: it is broken",
        found: expect.stringContaining("the PersistentVolumeClaim 'web' of 'web' may go"),
      },
    ]);
  });

  test('stays where its file alone has another name', () => {
    expect(said(fleet({ c: claim() }), fleet({ 'c-2': claim() }))).toEqual([]);
    expect(said(fleet({ c: claim() }), fleet({ 'c-2': claim({ name: 'other' }) }))).toHaveLength(1);
  });

  test('stays where a chart is closed or opened: clusters have it all the while', () => {
    const open = fleet({ c: claim(), r: role('get') });
    expect(said(open, closed(open))).toEqual([]);
    expect(said(closed(open), open)).toEqual([]);
    // Of a source that is there for files of values nothing is opened.
    const sources: readonly Map_[] = [
      { repoURL: own, ref: 'own' },
      { repoURL: 'oci://charts.example.com/shop', chart: 'web', targetRevision: '1.0.0' },
    ];
    expect(said(open, closed(open, undefined, { source: null, sources }))).toEqual([]);
  });

  test.each<readonly [what: string, source: Map_]>([
    ['of another version', { repoURL: 'charts.example.com/shop', chart: 'web', targetRevision: '2.0.0' }],
    ['another one', { repoURL: 'charts.example.com/shop', chart: 'api', targetRevision: '1.0.0' }],
    ['of another repository', { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' }],
    ['a folder', { repoURL: own, path: 'charts/web' }],
    ['of a version that the cluster knows', { repoURL: 'charts.example.com/shop', chart: 'web', targetRevision: '{{ .Values.cluster.version }}' }],
  ])('may go where the chart that is closed, or opened, is %s', (_, source) => {
    const open = fleet({ c: claim(), r: role('get') });
    expect(said(open, closed(open, source))).toEqual(["refused by removal at stage/one/eu: the PersistentVolumeClaim 'web' of 'web' leaves stage/one/eu"]);
    expect(said(closed(open, source), open)).toEqual([
      "refused by permission at stage/one/eu: 'web' permits more in the whole cluster at stage/one/eu: get secrets",
    ]);
  });

  test('may go where another layer says its values in the same change', () => {
    const open = fleet({ c: claim() });
    const records = (...fields: readonly string[]) => ({ 'mgmt/web': { rendered: ['*'], layers: [{ layer: 'override stage', at: ['stage'], fields }] } });
    const leaves = (after: Readonly<Record<string, AppRecord>>) =>
      judge({ ...request, before: stateOf(open, records('hydrate')), after: stateOf(closed(open), after) }).length;
    expect(leaves(records('kubernetes'))).toBe(0);
    expect(leaves(records('source.helm.valuesObject.persistence'))).toBe(1);
  });

  test('is the same one whether it names the namespace of its app or none', () => {
    const named = (namespace: string) => fleet({ c: claim({ namespace }) });
    expect(said(fleet({ c: claim() }), named('shop'))).toEqual([]);
    expect(said(named('shop'), fleet({ c: claim() }))).toEqual([]);
    expect(said(fleet({ c: claim() }), fleet({ 'c-2': claim({ namespace: 'shop' }) }))).toEqual([]);
    expect(said(fleet({ c: claim() }), named('other'))).toHaveLength(1);
    expect(said(named('other'), fleet({ c: claim() }))).toHaveLength(1);
    expect(said(fleet({ c: claim() }), fleet({ 'c-2': claim({ namespace: 'other' }) }))).toHaveLength(1);
  });

  test('is the same one in whatever namespace, where its kind knows none', () => {
    const definition = (metadata: Map_) => object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { spec: { group: 'a' } }, metadata);
    expect(said(fleet({ d: definition({}) }), fleet({ d: definition({ namespace: 'other' }) }))).toEqual([]);
    expect(said(fleet({ d: definition({}) }), fleet({ e: definition({ namespace: 'other' }) }))).toEqual([]);
    expect(said(fleet({ d: definition({}) }), fleet({ e: definition({ name: 'other' }) }))).toHaveLength(1);
  });
});

test('of an app that is closed, only that is judged, and none of its objects', () => {
  const info = [{ name: 'chart', value: 'https://charts.example.com web 1' }];
  const opened = fleet({ d: deployment('a') }, { d: deployment('a') }, { d: deployment('a') });
  const before = Object.fromEntries(
    Object.entries(opened).map(([path, content]) => [
      path,
      path.endsWith('/web.yaml')
        ? {
            ...content,
            spec: {
              ...(content['spec'] as Map_),
              info,
              source: { repoURL: 'x', targetRevision: 'HEAD', path: `dist/${path.slice(0, path.indexOf('/templates'))}/manifests/web` },
            },
          }
        : content,
    ]),
  );
  const past = { contents: () => [], prepare: () => {} };
  const request = { before: stateOf(before), after: stateOf(closed(before)), laws: [], statements: [], past, now: 0, rules: ownRules };
  const texts = judge(request).map(({ message }) => message);
  // Its own fields, and not the object beside them.
  expect(texts).toEqual([
    'what is rendered reaches stage/two/eu before stage/one/eu had it: hydrate is not set any more, source.repoURL: charts.example.com/shop/, source.targetRevision: 1.0.0',
  ]);
});

test('an object that comes to an app which was there is no app that comes', () => {
  const [one, both] = [{ d: deployment('a') }, { d: deployment('a'), e: object('v1', 'ConfigMap', {}, { name: 'e' }) }];
  const verdicts = judge({ ...request, rules: ownRules, before: stateOf(fleet(one, one, one)), after: stateOf(fleet(one, one, both)), statements: [] });
  expect(verdicts.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    expect.stringMatching(/^sequence: what is rendered reaches stage\/two\/eu before /),
  ]);
  expect(verdicts[0]?.hint).not.toContain('enabled: false');
});
