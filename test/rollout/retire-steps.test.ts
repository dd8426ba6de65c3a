import { type RetiringApp, type RetiringNode, retireApp, retireNode } from '../../rollout/retire-steps';

const app: RetiringApp = {
  clusterType: 'mgmt',
  app: 'web',
  patch: 'patch-001',
  isOff: false,
  isHub: false,
  first: { path: 'int/a', targets: 2, gates: [] },
  others: [
    { path: 'int/b', targets: 1, gates: [] },
    { path: 'prod/a', targets: 1, gates: ['prod'] },
  ],
  fate: 'stay',
  alone: [],
  look: { command: 'kubectl -n argocd get application web', shows: 'not found' },
  clusterOf: (path) => `every Argo CD of ${path}`,
  words: 'mgmt web',
  file: 'mgmt pair',
};

const shown = (steps: ReturnType<typeof retireApp>) => steps.map(({ title, state, commands }) => `${state}: ${title}: ${commands.join()}`);

test('one step is next: the first, then a promotion, then the file; nodes that are entered are not told again', () => {
  expect(shown(retireApp(app))).toEqual([
    'next: Switch web off at int/a (2 targets): npx fleet retire mgmt web',
    'later: Switch web off at int/b (1 target): npx fleet promote mgmt pair patch-001',
    'later: Switch web off at prod/a (1 target): npx fleet promote mgmt pair patch-001 --approve prod',
    'later: Take web out of the configuration: npx fleet retire mgmt web',
  ]);
  const { first: _, ...begun } = app;
  expect(shown(retireApp(begun)).slice(0, 3)).toEqual([
    'done: Begin to switch web off, by patch-001: ',
    'next: Switch web off at int/b (1 target): npx fleet promote mgmt pair patch-001',
    'later: Switch web off at prod/a (1 target): npx fleet promote mgmt pair patch-001 --approve prod',
  ]);
  expect(shown(retireApp({ ...begun, isOff: true }))).toEqual([
    'done: Switch web off everywhere: ',
    'next: Take web out of the configuration: npx fleet retire mgmt web',
  ]);
});

test('what becomes of the workloads is said, and where Argo CD empties nothing by itself', () => {
  expect(retireApp(app)[0]?.effect).toBe(
    'Argo CD removes its Application; what it deployed stays, and nobody manages it: where it shall go, somebody removes it by hand',
  );
  expect(retireApp({ ...app, fate: 'go', alone: ['int/a/r1'] })[0]?.effect).toMatch(
    /^Argo CD removes its Application, and by the finalizer all that it deployed\. It is the last app at int\/a\/r1: Argo CD does not empty a target by itself/,
  );
  expect(retireApp(app).map(({ waitFor }) => waitFor.map(({ cluster }) => cluster))).toEqual([
    ['every Argo CD of int/a'],
    ['every Argo CD of int/b'],
    ['every Argo CD of prod/a'],
    [],
  ]);
});

test('a node is emptied, then forgotten; what Argo CD needs goes by hand', () => {
  const node: RetiringNode = {
    path: 'prod/a/r1',
    whole: 'prod/a/r1',
    targets: 1,
    apps: ['mgmt/web'],
    emptied: ['mgmt'],
    own: { applicationSets: ['mgmt-root'], others: ['argocd'] },
    fate: 'both',
    gates: ['prod'],
    namespace: 'argocd',
  };
  expect(retireNode(node).map(({ title, state, commands }) => `${state}: ${title}: ${commands.join()}`)).toEqual([
    'next: Switch off what is deployed at prod/a/r1 (1 app, 1 target): npx fleet retire prod/a/r1 --approve prod',
    'later: Take prod/a/r1 out of the fleet: npx fleet retire prod/a/r1',
    'later: Remove what is left by hand, and the clusters last: ',
  ]);
  expect(retireNode({ ...node, apps: [] }).map(({ state }) => state)).toEqual(['done', 'next', 'later']);
  expect(retireNode(node)[2]?.waitFor[0]?.command).toBe('kubectl -n argocd delete applicationsets mgmt-root');
});
