import { handOver, type MovingClusterType } from '../../rollout/hand-over';

const moving: MovingClusterType = {
  clusterType: 'mgmt',
  host: 'infra',
  root: { name: 'mgmt-root', said: { file: 'config/infra/mgmt-root.ts', line: 5, field: 'applications' } },
  namespace: 'argocd',
  apps: ['a', 'b'],
  sets: [],
  projects: [],
  named: ['default'],
  stops: [
    { file: 'config/mgmt/defaults.ts', line: 7, field: 'finalizers' },
    { file: 'config/mgmt/defaults.ts', line: 9, field: 'syncPolicy.automated' },
  ],
  preserves: [],
  refusals: [],
  repositories: ['https://example.com/charts'],
  gates: ['production'],
};

const titles = (steps: ReturnType<typeof handOver>) => steps.map(({ title }) => title);
const commands = (steps: ReturnType<typeof handOver>) => steps.flatMap(({ waitFor }) => waitFor.map(({ command }) => command));

test('all stand still before two Argo CDs have the same, and nothing goes on before the old ones are gone', () => {
  expect(titles(handOver(moving, 'controlPlane'))).toEqual([
    'See that the Argo CD of infra can deploy mgmt',
    'Let the Applications of mgmt stand still',
    'Hand mgmt over to the Argo CD of infra',
    'Remove the old Applications of mgmt, and nothing with them',
    'Let the new Applications of mgmt deploy',
    'Remove the Argo CDs of mgmt, or keep them',
  ]);
  expect(titles(handOver(moving, 'cluster'))).toEqual([
    'See that the Argo CD of each cluster can deploy mgmt',
    'Let the Applications of mgmt stand still',
    'Hand mgmt over to the Argo CD of each cluster',
    'Remove the old Applications of mgmt, and nothing with them',
    'Let the new Applications of mgmt deploy',
  ]);
});

test('the old ones go by their names where they live, and without a finalizer', () => {
  const [there, back] = [handOver(moving, 'controlPlane'), handOver(moving, 'cluster')].map((steps) =>
    steps.find(({ title }) => title.startsWith('Remove the old')),
  );
  expect(there?.waitFor.map(({ cluster, command }) => `${command}  # on ${cluster}`)).toEqual([
    `kubectl -n argocd patch applications.argoproj.io a b --type merge -p '{"metadata":{"finalizers":null}}'  # on every cluster of mgmt`,
    'kubectl -n argocd delete applications.argoproj.io a b --ignore-not-found  # on every cluster of mgmt',
  ]);
  expect(back?.waitFor.map(({ command }) => command)).toEqual([
    `kubectl -n argocd patch applications.argoproj.io a-$CLUSTER b-$CLUSTER --type merge -p '{"metadata":{"finalizers":null}}'`,
    'kubectl -n argocd delete applications.argoproj.io a-$CLUSTER b-$CLUSTER --ignore-not-found',
  ]);
});

test('what takes its Applications along when it goes leaves them as orphans', () => {
  const steps = handOver(
    { ...moving, apps: [], sets: ['s'], preserves: [{ file: 'config/mgmt/s.ts', field: 'syncPolicy.preserveResourcesOnDeletion' }] },
    'controlPlane',
  );
  expect(commands(steps)).toContain('kubectl -n argocd delete applicationsets.argoproj.io s --cascade=orphan --ignore-not-found');
  expect(commands(steps).filter((command) => command.includes('applications.argoproj.io  '))).toEqual([]);
  expect(steps[1]?.edits).toContain('config/mgmt/s.ts: write `syncPolicy.preserveResourcesOnDeletion: true`');
});

test('where nothing syncs by itself, and nothing goes along, there is nothing to stop or to bring back', () => {
  const steps = handOver({ ...moving, stops: [] }, 'controlPlane');
  expect(titles(steps).filter((title) => /stand still|deploy$/.test(title))).toEqual([]);
});

test('an app that refuses what others have refuses it again when it has its own', () => {
  const refusals = [{ file: 'config/mgmt/a.ts', line: 3, field: 'syncPolicy.syncOptions' }];
  const steps = handOver({ ...moving, refusals }, 'controlPlane');
  expect(steps.flatMap(({ edits }) => edits.filter((edit) => edit.includes('FailOnSharedResource')))).toEqual([
    "config/mgmt/a.ts:3: take 'FailOnSharedResource=true' out of `syncPolicy.syncOptions`",
    "config/mgmt/a.ts: but leave 'FailOnSharedResource=true' out of `syncPolicy.syncOptions`: it is for the old Applications that are marked still",
    "config/mgmt/a.ts: write 'FailOnSharedResource=true' again, as before",
  ]);
});

test('a project goes where the Applications live, with the commit that hands them over', () => {
  const steps = handOver({ ...moving, projects: [{ name: 'p', file: 'config/mgmt/p.ts' }] }, 'controlPlane');
  expect(steps[2]?.edits[1]).toContain("config/mgmt/p.ts: move the project 'p' to the folder of infra");
});

test('every step says what to look at, and the minutes in which nobody deploys are told of', () => {
  for (const to of ['controlPlane', 'cluster'] as const) {
    const steps = handOver(moving, to);
    for (const { waitFor } of steps) expect(waitFor.length).toBeGreaterThan(0);
    for (const command of commands(steps)) expect(command).toMatch(/^kubectl -n argocd /);
    expect(steps[2]?.meanwhile).toContain('neither deploys');
    expect(steps.filter(({ edits }) => edits.length > 0).every(({ effect }) => effect.includes('approves it for production'))).toBe(true);
  }
});

test('a file with a name that means something to a shell is a word for it', () => {
  const stops = [{ file: 'config/mgmt/$(x) y.ts', line: 7, field: 'finalizers' }];
  const steps = handOver({ ...moving, stops }, 'controlPlane');
  expect(steps.flatMap(({ edits }) => edits.filter((edit) => edit.includes('git checkout'))).join()).toContain("-- 'config/mgmt/$(x) y.ts'`");
});
