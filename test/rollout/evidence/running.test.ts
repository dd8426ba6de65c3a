import { Applications } from '../../../rollout/evidence/applications';
import { isAsGitHasIt, type OwnedApplication, type RunningFacts, runningApplications } from '../../../rollout/evidence/running';

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
  return runningApplications([{ folder, rendered }], { applications: new Applications(items), repository, owner: 'root', isPartial: false, ...facts });
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
  [{ status: { ...well, health: { status: 'Degraded', message: 'no\n pods' } } }, { health: 'Degraded', sync: 'Synced', why: 'no pods' }],
  [{ status: { ...well, sync: { status: 'OutOfSync' } } }, { health: 'Healthy', sync: 'OutOfSync' }],
  [{ status: { ...well, operationState: { phase: 'Failed', message: 'one object failed' } } }, { why: 'its sync failed: one object failed' }],
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

test('of Applications of one name pattern those of the root count, of several clusters each', () => {
  const pattern = { ...web, name: 'web-{{ .Values.cluster.name }}' };
  const all = found([root('web-a', 'web-b'), ...['web-a', 'web-b', 'web-elsewhere'].map((name) => application(name))], [pattern]);
  expect(all.map(({ name, is }) => [name, is])).toEqual([
    ['root', 'there'],
    ['web-a', 'there'],
    ['web-b', 'there'],
  ]);
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
