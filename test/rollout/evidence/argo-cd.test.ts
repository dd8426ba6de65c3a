import { answerOfArgoCD, worstOf } from '../../../rollout/evidence/argo-cd';

const repository = 'https://github.com/company/fleet';
const folder = 'dist/management-cluster/integration/int-sector-1/us-central1';
const spec = { project: 'default', source: { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: 'v2' } };

function root(changes: object = {}) {
  const status = { sync: { status: 'Synced', revision: 'bbbbbbbb' }, health: { status: 'Healthy' } };
  return { metadata: { name: 'root' }, spec: { source: { repoURL: `${repository}.git`, path: folder } }, status, ...changes };
}

function web(status: object = {}, changes: object = {}) {
  const well = { sync: { status: 'Synced' }, health: { status: 'Healthy', lastTransitionTime: '2026-11-01T10:00:00Z' } };
  return { metadata: { name: 'web' }, spec, status: { ...well, ...status }, ...changes };
}

const older = { source: { ...spec.source, targetRevision: 'v1' } };
const having = {
  sync: { status: 'Synced', revision: 'bbbbbbbb' },
  health: { status: 'Healthy' },
  resources: [{ group: 'argoproj.io', kind: 'Application', name: 'web' }],
};

const known: Readonly<Record<string, boolean>> = { bbbbbbbb: true, aaaaaaaa: false };

function answer(...applications: readonly unknown[]) {
  return answerOfArgoCD({ applications, repository, folder, rendered: [{ name: 'web', spec }], contains: (commit) => known[commit] });
}

test('what is Synced and Healthy, and what is rendered, is good since it became so', () => {
  expect(answer(root(), web())).toEqual({ is: 'good', since: new Date('2026-11-01T10:00:00Z') });
});

test('a deployment after that begins the time anew: it may have been healthy before the change came', () => {
  const history = [{ deployedAt: '2026-10-01T00:00:00Z' }, { deployedAt: '2026-11-02T10:00:00Z' }];
  expect(answer(root(), web({ history }))).toEqual({ is: 'good', since: new Date('2026-11-02T10:00:00Z') });
  expect(answer(root(), web({ operationState: { phase: 'Succeeded', finishedAt: '2026-11-03T10:00:00Z' } }))).toEqual({
    is: 'good',
    since: new Date('2026-11-03T10:00:00Z'),
  });
});

test('an Argo CD that does not say since when gives an answer without a time', () => {
  expect(answer(root(), web({ health: { status: 'Healthy' } }))).toEqual({ is: 'good' });
});

test.each([
  ['there is no root', [web()], 'no-answer', `no Application applies ${folder} there`],
  ['a root of another repository', [root({ spec: { source: { repoURL: 'https://elsewhere', path: folder } } }), web()], 'no-answer', expect.anything()],
  [
    'the root has synced what is before the change, whatever else is newer',
    [root({ status: { sync: { status: 'Synced', revision: 'aaaaaaaa' } } }), web()],
    'not-yet',
    'root has synced aaaaaaa, which is without the change',
  ],
  [
    'the root compared the change, and did not apply it yet',
    [root({ status: { sync: { status: 'OutOfSync', revision: 'bbbbbbbb' }, history: [{ revision: 'aaaaaaaa' }] } }), web()],
    'not-yet',
    'root has synced aaaaaaa, which is without the change',
  ],
  ['the root has synced nothing', [root({ status: {} }), web()], 'not-yet', 'root has synced nothing yet'],
  [
    'the root has synced a commit that is not here',
    [root({ status: { sync: { status: 'Synced', revision: 'cccccccc' } } }), web()],
    'no-answer',
    'root has synced ccccccc, which this clone does not know',
  ],
  ['the Application is not there', [root()], 'not-yet', 'there is no Application web yet'],
  [
    'the Application says something else',
    [root(), web({}, { spec: { ...spec, source: { ...spec.source, targetRevision: 'v1' } } })],
    'not-yet',
    'web is not what is rendered: source.targetRevision',
  ],
  ['it is OutOfSync', [root(), web({ sync: { status: 'OutOfSync' } })], 'not-yet', 'web is OutOfSync'],
  [
    'it is being synced: hooks run after it is Synced and Healthy',
    [root(), web({ operationState: { phase: 'Running', startedAt: '2026-11-01T10:00:00Z', message: 'waiting for completion of hook' } })],
    'not-yet',
    'web is being synced since 2026-11-01T10:00:00Z: waiting for completion of hook',
  ],
  ['its sync is being ended', [root(), web({ operationState: { phase: 'Terminating' } })], 'not-yet', 'web is being synced'],
  ['a sync is asked for', [root(), web({ operationState: { phase: 'Succeeded' } }, { operation: { sync: {} } })], 'not-yet', 'web is to be synced'],
  ['it is Degraded while it is synced', [root(), web({ health: { status: 'Degraded' }, operationState: { phase: 'Running' } })], 'bad', 'web is Degraded'],
  ['it is Progressing', [root(), web({ health: { status: 'Progressing' } })], 'not-yet', 'web is Progressing'],
  ['it says nothing of itself', [root(), web({}, { status: undefined })], 'not-yet', 'web is of no known state'],
  ['it is Degraded', [root(), web({ health: { status: 'Degraded', message: 'no pods' } })], 'bad', 'web is Degraded: no pods'],
  [
    'its sync failed',
    [root(), web({ operationState: { phase: 'Failed', message: 'one or more objects failed to apply', syncResult: spec } })],
    'bad',
    'the sync of web failed: one or more objects failed to apply',
  ],
  [
    'its sync failed before it came to anything',
    [root(), web({ sync: { status: 'OutOfSync' }, operationState: { phase: 'Error', message: 'no manifests' } })],
    'bad',
    'the sync of web failed: no manifests',
  ],
  [
    'what it says is about what it was before',
    [root(), web({ sync: { status: 'Synced', comparedTo: older } })],
    'not-yet',
    'web has changed since Argo CD looked at it',
  ],
  ['it is being deleted', [root(), web({}, { metadata: { name: 'web', deletionTimestamp: '2026-11-01T10:00:00Z' } })], 'not-yet', 'web is being deleted'],
  [
    'two roots have one each, and one of them is there',
    [root({ status: having }), root({ status: having }), web()],
    'not-yet',
    'of 2 Applications web there are 1',
  ],
  [
    'it is Degraded since before the change was deployed',
    [
      root(),
      web({
        health: { status: 'Degraded', message: 'no pods', lastTransitionTime: '2026-11-01T10:00:00Z' },
        history: [{ deployedAt: '2026-11-01T10:01:00Z' }],
      }),
    ],
    'not-yet',
    'web is Degraded since before it was deployed: no pods',
  ],
  [
    'it became Degraded after the change was deployed',
    [root(), web({ health: { status: 'Degraded', lastTransitionTime: '2026-11-01T10:02:00Z' }, history: [{ deployedAt: '2026-11-01T10:01:00Z' }] })],
    'bad',
    'web is Degraded',
  ],
  ['garbage', [7, null, 'x', { metadata: 3 }], 'no-answer', expect.anything()],
])('%s', (_, applications, is, why) => {
  expect(answer(...applications)).toEqual({ is, why });
});

test.each([
  ['of an older source', { phase: 'Failed', syncResult: older }, {}],
  ['of which nothing came, and all is Synced since', { phase: 'Error' }, {}],
  [
    'of files without the change',
    { phase: 'Failed', syncResult: { source: { repoURL: repository, path: 'charts/web' }, revision: 'aaaaaaaa' } },
    { source: { repoURL: repository, path: 'charts/web' } },
  ],
])('a sync that failed, %s, is none of the change', (_, operationState, own) => {
  const sync = { status: 'Synced', revision: 'bbbbbbbb' };
  const one = { ...spec, ...own };
  const facts = { repository, folder, rendered: [{ name: 'web', spec: one }], contains: (commit: string) => known[commit] };
  expect(answerOfArgoCD({ ...facts, applications: [root(), web({ operationState, sync }, { spec: one })] })).toMatchObject({ is: 'good' });
});

test('a root that is newer than the change is as good: that two commits are equal is never asked', () => {
  const newer = root({ status: { sync: { status: 'OutOfSync', revision: 'aaaaaaaa' }, history: [{ revision: 'aaaaaaaa' }, { revision: 'bbbbbbbb' }] } });
  expect(answer(newer, web()).is).toBe('good');
});

test('an Application with sources in the repository of the fleet has to have synced the change itself', () => {
  const sources = [
    { repoURL: 'https://charts.example.com', chart: 'web' },
    { ref: 'values', repoURL: repository },
  ];
  const rendered = [{ name: 'web-{{ .name }}', spec: { project: 'default', sources } }];
  const at = (revision: string) => ({
    metadata: { name: 'web-eu' },
    spec: { sources },
    status: { ...web().status, sync: { status: 'Synced', revisions: ['1.0', revision] } },
  });
  const asked = (revision: string) =>
    answerOfArgoCD({ applications: [root(), at(revision)], repository, folder, rendered, contains: (commit) => known[commit] });
  expect(asked('bbbbbbbb').is).toBe('good');
  expect(asked('aaaaaaaa')).toEqual({ is: 'not-yet', why: 'web-eu has synced aaaaaaa, which is without the change' });
});

test('of several clusters the worst counts, and of good ones the last', () => {
  const early = { is: 'good', since: new Date(1) } as const;
  const late = { is: 'good', since: new Date(2) } as const;
  expect(worstOf([early, late])).toEqual(late);
  expect(worstOf([early, { is: 'good' }])).toEqual({ is: 'good' });
  expect(worstOf([early, { is: 'not-yet', why: 'a' }, { is: 'bad', why: 'b' }, { is: 'no-answer', why: 'c' }])).toEqual({ is: 'bad', why: 'b' });
});

test('an Application of the same name in another namespace is another one', () => {
  const inside = (namespace: string | undefined, status: object = {}) =>
    web(status, { metadata: { name: 'web', ...(namespace === undefined ? {} : { namespace }) } });
  const asked = (applications: readonly unknown[], namespace?: string) => {
    const rendered = [{ name: 'web', spec, ...(namespace === undefined ? {} : { namespace }) }];
    return answerOfArgoCD({ applications: [root(), ...applications], repository, folder, rendered, contains: (commit) => known[commit] });
  };
  const theirs = inside('team-a', { health: { status: 'Degraded' } });
  expect(asked([theirs, inside('argocd')], 'argocd').is).toBe('good');
  expect(asked([inside('team-a')], 'argocd')).toEqual({ is: 'not-yet', why: 'there is no Application web yet' });
  expect(asked([inside('argocd-eu')], 'argocd-{{ .Values.cluster.name }}').is).toBe('good');
  for (const namespace of [undefined, 'argocd']) expect(asked([inside(undefined)], namespace).is).toBe('good');
  expect(asked([theirs]).is).toBe('bad');
});

describe('an Application whose name has a template', () => {
  const named = (app: string) => ({ name: `${app}-{{ .Values.cluster.name }}`, spec });
  const running = (name: string, changes: object = {}) => web({}, { metadata: { name }, ...changes });
  const rootWith = (...names: readonly string[]) => {
    const resources = names.map((name) => ({ group: 'argoproj.io', kind: 'Application', name }));
    return root({ status: { ...having, resources } });
  };
  const asked = (applications: readonly unknown[], more: object = {}) =>
    answerOfArgoCD({ applications, repository, folder, rendered: [named('web')], contains: (commit) => known[commit], ...more });

  test('is one that the root has: those of other targets say nothing about it, neither that it is there nor that it is not', () => {
    expect(asked([rootWith('web-a'), running('web-b')])).toEqual({ is: 'not-yet', why: 'there is no Application web-{{ .Values.cluster.name }} yet' });
    expect(asked([rootWith('web-a'), running('web-a'), running('web-b', { spec: older })])).toMatchObject({ is: 'good' });
  });

  test('is not the one of an app whose name goes on as its own', () => {
    const all = [named('web'), named('web-issuers'), named('metrics')];
    const applications = [rootWith('web-a', 'web-issuers-a', 'metrics-a'), running('web-a'), running('web-issuers-a', { spec: older })];
    expect(asked(applications, { all })).toMatchObject({ is: 'good' });
    // A root may say nothing of what it has.
    expect(asked([root(), ...applications.slice(1)], { all })).toMatchObject({ is: 'good' });
  });

  test('may be any that is called so where labels say whose it is, or no root says what it has', () => {
    expect(asked([rootWith(), running('web-b')], { isLabelled: true })).toMatchObject({ is: 'good' });
    expect(asked([root(), running('web-b')])).toMatchObject({ is: 'good' });
  });
});

test('what it says is about what it is now where Argo CD compared all of that, and where it does not say what it compared', () => {
  const rendered = [{ name: 'web', spec: { ...spec, destination: { name: '{{ .Values.cluster.name }}', namespace: 'web' } } }];
  const asked = (comparedTo: object, more: object = {}) => {
    const running = web({ sync: { status: 'Synced', comparedTo } }, { spec: { ...spec, destination: { name: 'new', namespace: 'web' }, ...more } });
    return answerOfArgoCD({ applications: [root(), running], repository, folder, rendered, contains: (commit) => known[commit] });
  };
  const changed = { is: 'not-yet', why: 'web has changed since Argo CD looked at it' };
  const destination = { name: 'new', namespace: 'web' };
  expect(asked({ source: spec.source, destination })).toMatchObject({ is: 'good' });
  // As it is written where nothing was compared yet, or by an Argo CD that does not say.
  expect(asked({ source: { repoURL: '' }, destination: {} })).toMatchObject({ is: 'good' });
  expect(asked({ source: spec.source, destination: { ...destination, name: 'old' } })).toEqual(changed);
  expect(asked({ source: spec.source, destination, ignoreDifferences: [{ kind: 'Secret', jsonPointers: ['/data'] }] })).toEqual(changed);
});

test('what Argo CD has not looked at for longer than it may is no answer, whatever it says', () => {
  const asked = (reconciledAt: string | undefined, status: object = {}, within = 3_600_000) =>
    answerOfArgoCD({
      ...{ applications: [root(), web({ ...status, ...(reconciledAt === undefined ? {} : { reconciledAt }) })], repository, folder },
      ...{ rendered: [{ name: 'web', spec }], contains: (commit: string) => known[commit] },
      ...(within === 0 ? {} : { refreshed: { within, now: Date.parse('2026-11-05T11:00:00Z') } }),
    });
  const old = '2026-11-05T09:59:59Z';
  const none = { is: 'no-answer', why: 'Argo CD has not looked at web for more than 1 h' };
  expect(asked(old)).toEqual(none);
  expect(asked(old, { health: { status: 'Degraded' } })).toEqual(none);
  expect(asked('2026-11-05T10:00:00Z')).toMatchObject({ is: 'good' });
  expect(asked(old, {}, 0)).toMatchObject({ is: 'good' });
  // One that does not say when.
  expect(asked(undefined)).toMatchObject({ is: 'good' });
});

test('what is no Application is judged by its root', () => {
  const asked = (one: object) => answerOfArgoCD({ applications: [one], repository, folder, rendered: [], contains: (commit) => known[commit] });
  expect(asked(root()).is).toBe('good');
  expect(asked(root({ status: { sync: { status: 'Synced', revision: 'bbbbbbbb' }, health: { status: 'Degraded' } } })).is).toBe('bad');
});
