import fc from 'fast-check';
import { Applications } from '../../../rollout/evidence/applications';
import { hasAny, isAsGitHasIt, type OwnedApplication, type RunningFacts, runningApplications } from '../../../rollout/evidence/running';

const repository = 'https://github.com/company/fleet';
const folder = 'dist/management-cluster/eu';
const spec = { project: 'default', source: { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: 'v2' } };
const well = { sync: { status: 'Synced' }, health: { status: 'Healthy' } };
const web: OwnedApplication = { clusterType: 'management-cluster', app: 'web', name: 'web', spec };

function root(...names: readonly string[]) {
  const resources = names.map((name) => ({ group: 'argoproj.io', kind: 'Application', name }));
  return { metadata: { name: 'root', uid: 'root' }, spec: { source: { repoURL: `${repository}.git`, path: folder } }, status: { ...well, resources } };
}

const application = (name: string, changes: object = {}) => ({ metadata: { name, uid: name }, spec, status: well, ...changes });

function found(items: readonly unknown[], rendered: readonly OwnedApplication[] = [web], facts: Partial<RunningFacts> = {}) {
  return runningApplications([{ folder, rendered }], {
    applications: new Applications(items),
    repository,
    owner: 'root',
    isPartial: false,
    changedSince: () => [],
    secretsIn: () => [],
    ...facts,
  });
}

test('what is Synced and Healthy, and what is rendered, is as Git has it; so is its root', () => {
  const all = found([root('web'), application('web')]);
  expect(all.map(({ name, app, is }) => [name, app, is])).toEqual([
    ['root', undefined, 'there'],
    ['web', 'web', 'there'],
  ]);
  expect(all.every(isAsGitHasIt)).toBe(true);
});

test.each([
  [{ status: { ...well, health: { status: 'Degraded', message: 'no pods' } } }, { health: 'Degraded', sync: 'Synced', why: 'no pods' }],
  [{ status: { ...well, sync: { status: 'OutOfSync' } } }, { health: 'Healthy', sync: 'OutOfSync' }],
  [{ status: { ...well, operationState: { phase: 'Failed', message: 'one object failed' } } }, { why: 'its sync failed: one object failed' }],
  [{ status: { ...well, operationState: { phase: 'Running', startedAt: '2026-11-01T10:00:00Z' } } }, { why: 'it is being synced since 2026-11-01T10:00:00Z' }],
  [{ operation: { sync: {} } }, { why: 'it is to be synced' }],
  [
    { status: { ...well, sync: { status: 'Synced', comparedTo: { source: spec.source, destination: { namespace: 'old' } } } } },
    { why: 'it has changed since Argo CD looked at it' },
  ],
  [{ status: { sync: {}, conditions: [{ type: 'ComparisonError', message: 'no such chart' }] } }, { sync: 'Unknown', why: 'ComparisonError: no such chart' }],
  [{ metadata: { name: 'web', deletionTimestamp: '2026-11-01T10:00:00Z' } }, { why: 'it is being deleted' }],
  [{ status: 7 }, { health: 'Unknown', sync: 'Unknown' }],
  [
    { spec: { ...spec, source: { ...spec.source, targetRevision: 'v1' }, revisionHistoryLimit: 3 } },
    {
      differs: [
        { field: 'revisionHistoryLimit', runs: 3 },
        { field: 'source.targetRevision', runs: 'v1', rendered: 'v2' },
      ],
    },
  ],
])('%j', (changes, expected) => {
  const [, one] = found([root('web'), application('web', changes)]);
  expect(one).toMatchObject({ name: 'web', is: 'there', ...expected });
  expect(one && isAsGitHasIt(one)).toBe(false);
});

test('what Git has and Argo CD has not is missing, unless one of them did not answer', () => {
  expect(found([root()]).at(-1)).toMatchObject({ name: 'web', app: 'web', is: 'missing' });
  expect(found([root()], [web], { isPartial: true }).map(({ name }) => name)).toEqual(['root']);
});

test('what the root has and Git has not is left over; what is of others is theirs', () => {
  const all = found([root('web', 'old'), application('web'), application('old'), application('theirs')]);
  expect(all.map(({ name, is }) => [name, is])).toEqual([
    ['root', 'there'],
    ['web', 'there'],
    ['old', 'left over'],
  ]);
});

test('one of the same name in another namespace is another one, where Git or the root says which it is', () => {
  const inside = (name: string, namespace: string) => application(name, { metadata: { name, namespace, uid: `${namespace} ${name}` } });
  const theirs = [inside('web', 'team-a'), inside('old', 'team-a')];
  const resources = ['web', 'old'].map((name) => ({ group: 'argoproj.io', kind: 'Application', name, namespace: 'argocd' }));
  const withNames = { ...root(), status: { ...well, resources } };
  const told = (items: readonly unknown[], rendered: OwnedApplication) => found(items, [rendered]).map(({ name, is }) => `${name} is ${is}`);
  const ours = [withNames, inside('web', 'argocd'), inside('old', 'argocd'), ...theirs];
  const inArgoCD = { ...web, namespace: 'argocd' };
  for (const rendered of [web, inArgoCD]) expect(told(ours, rendered)).toEqual(['root is there', 'web is there', 'old is left over']);
  expect(told([root('web'), ...theirs], inArgoCD)).toEqual(['root is there', 'web is missing']);
  expect(told([withNames, ...theirs], web)).toEqual(['root is there', 'web is missing']);
  const facts = { applications: new Applications(theirs), repository, owner: 'root' } as const;
  expect([inArgoCD, web].map((one) => hasAny([{ folder, rendered: [one] }], facts))).toEqual([false, true]);
});

test('of Applications of one name pattern those of the root count, of several clusters each', () => {
  const pattern = { ...web, name: 'web-{{ .Values.cluster.name }}' };
  const all = found([root('web-a', 'web-b'), ...['web-a', 'web-b', 'web-elsewhere'].map((name) => application(name))], [pattern]);
  expect(all.map(({ name, is }) => [name, is])).toEqual([
    ['root', 'there'],
    ['web-a', 'there'],
    ['web-b', 'there'],
  ]);
});

describe('where names have a template, one root fills the same into all of them', () => {
  const named = (name: string): OwnedApplication => ({ ...web, app: name, name: `${name}-{{ .Values.cluster.name }}` });
  const told = (names: readonly string[], rendered: readonly OwnedApplication[]) =>
    found([root(...names), ...names.map((name) => application(name))], rendered)
      .slice(1)
      .map(({ name, app, is }) => `${name} is ${app ?? 'nobody'}, ${is}`);

  test('so that an app whose name goes on as the name of another one is that app', () => {
    const rendered = [named('web'), named('web-issuers'), named('metrics')];
    const all = ['web-issuers-a', 'metrics-a', 'web-a'];
    expect(told(all, rendered)).toEqual(['web-a is web, there', 'web-issuers-a is web-issuers, there', 'metrics-a is metrics, there']);
    expect(told(all.slice(0, 2), rendered)).toContain('web-{{ .Values.cluster.name }} is web, missing');
  });

  test('so that one that Git has no more is left over, though the name of another one would fit', () => {
    expect(told(['web-old-a', 'web-a', 'metrics-a'], [named('web'), named('metrics')])).toEqual([
      'web-a is web, there',
      'metrics-a is metrics, there',
      'web-old-a is nobody, left over',
    ]);
  });

  test('and what another root has is not of this target', () => {
    const { metadata, spec: own, status } = root('web-b');
    const other = { metadata: { ...metadata, uid: 'other' }, spec: { source: { ...own.source, path: `${folder}-2` } }, status };
    const all = found([root('web-a'), other, application('web-b')], [named('web')]);
    expect(all.slice(1).map(({ is }) => is)).toEqual(['missing']);
    const facts = { applications: new Applications([application('web-b')]), repository, owner: 'root' } as const;
    const both = new Applications([root('web-a'), application('web-b')]);
    expect([undefined, both].map((one) => hasAny([{ folder, rendered: [named('web')] }], facts, one))).toEqual([true, false]);
  });
});

test('of a hub it is the label that says whose one is, and of which group', () => {
  const owner = { label: 'fleet/cluster', value: 'a', group: 'fleet/group' };
  const labelled = (name: string, cluster: string) => application(name, { metadata: { name, labels: { 'fleet/cluster': cluster, 'fleet/group': 'addons' } } });
  const all = found([root(), labelled('web', 'a'), labelled('old', 'a'), labelled('old-b', 'b')], [web], { owner });
  expect(all.map(({ name, is, clusterType }) => [name, is, clusterType])).toEqual([
    ['web', 'there', 'management-cluster'],
    ['old', 'left over', 'addons'],
  ]);
});

test('each is there once, however many answers had it', () => {
  expect(found([root('web'), application('web'), application('web'), root('web')])).toHaveLength(2);
});

test('an Application that reads the fleet’s repository itself has to have synced what Git has there', () => {
  const at = (revision: string, isSynced = true) => {
    const [sync, history] = isSynced ? [{ status: 'Synced', revision }, []] : [{ status: 'OutOfSync', revision: 'bbbbbbb' }, [{ revision }]];
    return { ...root('web'), status: { ...root('web').status, sync, history } };
  };
  const changedSince = (commit: string) => ({ aaaaaaa: [`${folder}/templates/web.yaml`, 'README.md'], bbbbbbb: ['README.md', `${folder}-2/x`] })[commit];
  const roots = [at('aaaaaaa'), at('bbbbbbb'), at('ccccccc'), at('aaaaaaa', false)];
  const all = roots.flatMap((one) => found([one, application('web')], [web], { changedSince }).slice(0, 1));
  expect(all.map((one) => [one.behind, one.unread])).toEqual([
    ['has synced aaaaaaa, and Git has 1 file of it otherwise', undefined],
    [undefined, undefined],
    [undefined, 'ccccccc'],
    ['has synced aaaaaaa, and Git has 1 file of it otherwise', undefined],
  ]);
  expect(all.map(isAsGitHasIt)).toEqual([false, true, true, false]);
});

const fates = ['well', 'Degraded', 'OutOfSync', 'edited', 'missing', 'left over', 'elsewhere'] as const;

test('whatever becomes of Applications, exactly those that are not as Git has them are told, in whichever order they are listed', () => {
  const named = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z]{1,6}$/), fate: fc.constantFrom(...fates) }), { selector: ({ name }) => name });
  fc.assert(
    fc.property(named, fc.boolean(), (all, isReversed) => {
      const ours = all.filter(({ fate }) => fate !== 'elsewhere' && fate !== 'missing');
      const items = [
        { ...root(...ours.map(({ name }) => name)), metadata: { name: '', uid: 'the root' } },
        ...all.flatMap(({ name, fate }) => (fate === 'missing' ? [] : [application(name, changesOf(fate))])),
      ];
      const rendered = all.flatMap(({ name, fate }) => (fate === 'left over' || fate === 'elsewhere' ? [] : [{ ...web, name, app: name }]));
      const told = found(isReversed ? items.reverse() : items, rendered).filter((one) => !isAsGitHasIt(one));
      const expected = all.filter(({ fate }) => fate !== 'well' && fate !== 'elsewhere');
      expect(told.map(({ name }) => name).sort()).toEqual(expected.map(({ name }) => name).sort());
      for (const { name, fate } of expected) {
        const one = told.find((other) => other.name === name);
        expect([one?.is, one?.differs.length]).toEqual([fate === 'missing' || fate === 'left over' ? fate : 'there', fate === 'edited' ? 1 : 0]);
      }
    }),
    { numRuns: 500 },
  );
});

function changesOf(fate: (typeof fates)[number]): object {
  if (fate === 'Degraded') return { status: { ...well, health: { status: 'Degraded' } } };
  if (fate === 'OutOfSync') return { status: { ...well, sync: { status: 'OutOfSync' } } };
  return fate === 'edited' ? { spec: { ...spec, project: 'other' } } : {};
}
