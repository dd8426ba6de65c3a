import type { Change, Changes } from '../../../changes/change';
import { changesText } from '../../../cli/print/changes/changes-text';
import { onTerminal } from '../../workspaces/on-terminal';

const at = {
  clusterType: 'management-cluster',
  app: 'cert-manager',
  targets: ['a/one/eu', 'a/two/us'],
  paths: ['a'],
};
const cause = { now: ['override a'], before: ['base'] };
const rows: readonly Change[] = [
  {
    kind: 'app-removed',
    ...at,
    isEverywhere: true,
    cause: { now: [], before: ['base'] },
  },
  {
    kind: 'object-added',
    ...at,
    object: 'manifests/role-\u001b[31m',
    manifest: 'Role \u001b[31mreader',
  },
  {
    kind: 'field',
    ...at,
    field: 'source.helm.values',
    before: 'a: 1\nb: 2\n'.repeat(20),
    after: `${'a: 1\nb: 2\n'.repeat(20)}c: 3\n`,
    cause,
  },
  {
    kind: 'field',
    ...at,
    field: 'source.repoURL',
    before: 'https://charts.example.com/stable/one',
    after: 'https://charts.example.com/stable/two',
    cause,
  },
  ...[1, 2, 3, 4, 5].map(
    (value): Change => ({
      kind: 'field',
      ...at,
      paths: [`a/${value}/eu`],
      field: 'replicas',
      before: 0,
      after: value,
      cause,
    }),
  ),
];
const changes: Changes = {
  before: 'HEAD (1a2b3c4)',
  after: 'the configuration',
  topology: 'dimensions',
  changes: rows,
  targets: 2,
  moved: { values: 1, apps: 1 },
  notes: ['something is as nobody expects'],
};

function text(): string {
  const place = {
    layer: 'override a',
    file: 'config/management-cluster/cert-manager.ts',
    line: 12,
  };
  return changesText(
    changes,
    rows.map((change) => ({
      change,
      now: 'cause' in change && change.cause !== undefined && change.cause.now.length > 0 ? [place] : [],
    })),
  );
}

/** Without colours. */
function plain(columns: number): string {
  const { NO_COLOR } = process.env;
  process.env['NO_COLOR'] = '1';
  try {
    return onTerminal(columns, text);
  } finally {
    if (NO_COLOR === undefined) delete process.env['NO_COLOR'];
    else process.env['NO_COLOR'] = NO_COLOR;
  }
}

test('on a terminal of 80 columns', () => {
  expect(plain(80)).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration:
     1 app removed at 2 targets, 1 object added at 2 targets, 1 app changed at 2
     targets
   Note: something is as nobody expects.

   Removed (where Argo CD prunes, it leaves the clusters too)
     - management-cluster/cert-manager
         at   a (2 targets), and it is nowhere else
         why  nobody declares it any more

   Added
     + management-cluster/cert-manager: Role \\u001b[31mreader
         at   a (2 targets)

   management-cluster/cert-manager
     source.helm.values
           …
           b: 2
         + c: 3
         at   a (2 targets)
         why  override a (config/management-cluster/cert-manager.ts:12); before:
              base
     source.repoURL
         - https://charts.example.com/stable/one
         + https://charts.example.com/stable/two
         at   a (2 targets)
         why  override a (config/management-cluster/cert-manager.ts:12); before:
              base
     replicas
         5 different changes, such as 0 → 1
         at   a/1/eu, a/2/eu, a/3/eu, a/4/eu, … and 1 more path (10 targets)
         why  override a (config/management-cluster/cert-manager.ts:12); before:
              base

   1 value of 1 app comes from another layer now and says the same."
  `);
  expect(
    plain(80)
      .split('\n')
      .filter((line) => line.length > 80),
  ).toEqual([]);
});

test('on one of 160, and in a pipe, where lines are as long as they are', () => {
  expect(plain(160)).toMatchInlineSnapshot(`
   "HEAD (1a2b3c4) → the configuration: 1 app removed at 2 targets, 1 object added at 2 targets, 1 app changed at 2 targets
   Note: something is as nobody expects.

   Removed (where Argo CD prunes, it leaves the clusters too)
     - management-cluster/cert-manager
         at   a (2 targets), and it is nowhere else
         why  nobody declares it any more

   Added
     + management-cluster/cert-manager: Role \\u001b[31mreader
         at   a (2 targets)

   management-cluster/cert-manager
     source.helm.values
           …
           b: 2
         + c: 3
         at   a (2 targets)
         why  override a (config/management-cluster/cert-manager.ts:12); before: base
     source.repoURL
         https://charts.example.com/stable/one → https://charts.example.com/stable/two
         at   a (2 targets)
         why  override a (config/management-cluster/cert-manager.ts:12); before: base
     replicas
         5 different changes, such as 0 → 1
         at   a/1/eu, a/2/eu, a/3/eu, a/4/eu, … and 1 more path (10 targets)
         why  override a (config/management-cluster/cert-manager.ts:12); before: base

   1 value of 1 app comes from another layer now and says the same."
  `);
  expect(text()).not.toContain('\u001b');
  expect(text()).toContain('https://charts.example.com/stable/one → https://charts.example.com/stable/two');
});

test('of many paths the broadest are shown', () => {
  const paths = [...Array.from({ length: 8 }, (_, index) => `a/b/${index}`), 'z'];
  const many = {
    ...changes,
    changes: [
      {
        kind: 'app-added',
        ...at,
        paths,
        isEverywhere: false,
        cause: { now: [], before: [] },
      } satisfies Change,
    ],
  };
  expect(changesText(many, [{ change: many.changes[0] as Change, now: [] }])).toContain(
    'at   z, a/b/0, a/b/1, a/b/2, a/b/3, a/b/4 and 3 more paths (2 targets)',
  );
});
