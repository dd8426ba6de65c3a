import { AskingProblems } from '../../../cli/read/evidence/asking';
import { type RunningScope, runningQuestions } from '../../../cli/read/evidence/running';
import type { LoadedFleet } from '../../../cli/read/load-fleet';
import { configState } from '../../../cli/read/state/config-state';
import { argoCD } from '../../../constructs';
import { isMap } from '../../../layers/plain-data';
import { isAsGitHasIt } from '../../../rollout/evidence/running';
import type { Reply } from '../../../store/evidence/ask-all';
import { bootstrap, buildHubFleet, dns, releases, smallHubFleet, withFleet } from '../../builders/hub-builder';
import { longTest } from '../../long-test';
import { HubWorkspace } from '../../workspaces/hub-workspace';
import { StandIn } from './stand-in';

const component = { ...dns, overrides: { '*': { enabled: true } } };
const evidence = [argoCD({ server: (at) => `https://${at.model === 'distributed' ? at.path.split('/')[2] : 'hub-1'}.example.com` })];
const built = buildHubFleet({
  ...smallHubFleet,
  ...withFleet({ evidence }),
  groups: { addons: { releases, components: { 'cert-manager': { ...dns, chart: 'cert-manager', version: undefined }, dns: component } }, bootstrap },
});
const output = built.synth();
const fleet: LoadedFleet = { config: 'config', fleet: built, output, patches: output.patches() };
const state = configState(output, { name: 'HEAD (1a2b3c4)' });
const { labelPrefix } = built;

const values = '/spokes/spoke-1/values/addons/dns.yaml';
/** What Git has otherwise than commits. */
const changedSince = (commit: string) => ({ aaaaaaaaaa: [`dist${values}`], bbbbbbbbbb: ['dist/README.md'] })[commit];

interface Live {
  readonly metadata: { readonly name: string; readonly uid: string; readonly labels: object };
  readonly spec: unknown;
  readonly status: object;
}

const well = { sync: { status: 'Synced' }, health: { status: 'Healthy' } };

/** What the Argo CD of a member has, as Git has it: made by its ApplicationSets, for whichever cluster. */
function had(deployer: string): readonly Live[] {
  return state.files.flatMap((file): readonly Live[] => {
    const cluster = file.target.slice(file.target.lastIndexOf('/') + 1);
    const [first = ''] = file.path.split('/');
    if ((file.path === 'bootstrap/root.yaml' ? cluster : first) !== deployer) return [];
    const [{ kind, metadata, spec, values }] = state.read([file]) as unknown as readonly [Content];
    if (kind !== 'Application') return [];
    const fill = (value: unknown): unknown => {
      if (typeof value === 'string')
        return value
          .replaceAll('{{ .name }}', cluster)
          .replace(/\{\{ \.values\.(\w+) \}\}/g, (_, key) => values?.[key] ?? '')
          .replace(/\{\{[^{}]*\}\}/g, 'spoke');
      if (Array.isArray(value)) return value.map(fill);
      return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)])) : value;
    };
    const name = fill(metadata.name) as string;
    const labels = file.path === 'bootstrap/root.yaml' ? {} : { [`${labelPrefix}/cluster`]: cluster, [`${labelPrefix}/group`]: file.clusterType };
    return [{ metadata: { name, uid: `${deployer} ${name}`, labels }, spec: fill(spec), status: well }];
  });
}

interface Content {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
  readonly values?: Readonly<Record<string, string>>;
}

function found(change: (items: readonly Live[], deployer: string) => Reply | readonly object[] = (items) => items, scope: RunningScope = {}) {
  const problems = new AskingProblems('config');
  const plan = runningQuestions(fleet, { state, changedSince }, scope, problems);
  problems.expectNone();
  plan.take(
    plan.questions.map(({ url }) => {
      const deployer = new URL(url).hostname.split('.')[0] as string;
      const items = change(had(deployer), deployer);
      return Array.isArray(items) ? { status: 200, body: JSON.stringify({ items }) } : (items as Reply);
    }),
  );
  const others = plan.found.targets.flatMap(({ target, unknown, applications }) => [
    ...unknown.map((why) => `${target}: ${why}`),
    ...applications
      .filter((one) => !isAsGitHasIt(one))
      .map((one) => `${target}: ${one.name} ${one.is} ${one.behind ?? one.differs.map(({ field }) => field).join()}`.trim()),
  ]);
  return { urls: plan.questions.map(({ url }) => url), of: plan.found.of, targets: plan.found.targets, others };
}

test('every Argo CD is asked once, for all of its clusters, and what it has as Git has it is well: roots and components', () => {
  const { urls, of, targets, others } = found();
  expect(new Set(urls)).toEqual(new Set(['hub-1', 'spoke-2'].map((name) => `https://${name}.example.com/api/v1/applications`)));
  expect([urls.length, of, others]).toEqual([2, 'HEAD (1a2b3c4)', []]);
  const names = targets.map(({ target, applications }) => [target.split('/').at(-1), applications.map(({ name }) => name).sort()]);
  expect(names).toMatchInlineSnapshot(`
[
  [
    "spoke-1",
    [
      "dns-spoke-1",
    ],
  ],
  [
    "spoke-2",
    [
      "argo-cd-spoke-2",
      "dns-spoke-2",
      "external-secrets-spoke-2",
      "fleet",
      "fleet-spoke-2",
    ],
  ],
  [
    "hub-1",
    [
      "argo-cd-hub-1",
      "dns-hub-1",
      "external-secrets-hub-1",
      "fleet",
    ],
  ],
]
`);
});

test('what the hub has of a distributed spoke is asked of the hub, whoever else is asked about the spoke', () => {
  const { others } = found((items, deployer) => (deployer === 'hub-1' ? items.filter(({ metadata }) => metadata.name !== 'fleet-spoke-2') : items));
  expect(others).toEqual([expect.stringMatching(/\/spoke-2: fleet-spoke-2 missing$/)]);
});

test('another version, and what is left over of a group, is told of the cluster that it is for', () => {
  const change = (items: readonly Live[], deployer: string) => [
    ...items.map((one) => (one.metadata.name === 'dns-spoke-1' ? { ...one, spec: { ...(one.spec as object), revisionHistoryLimit: 3 } } : one)),
    ...(deployer === 'spoke-2'
      ? [{ metadata: { name: 'old', labels: { [`${labelPrefix}/cluster`]: 'spoke-2', [`${labelPrefix}/group`]: 'addons' } }, status: well }]
      : []),
  ];
  const expected = [expect.stringMatching(/\/spoke-1: dns-spoke-1 there revisionHistoryLimit$/), expect.stringMatching(/\/spoke-2: old left over$/)];
  expect(found(change).others).toEqual(expected);
  expect(found(change, { clusterType: 'addons' }).others).toEqual(expected);
  expect(found(change, { clusterType: 'bootstrap' }).others).toEqual([]);
  expect(found(change, { clusterType: 'addons', apps: ['dns'] }).others).toEqual(expected.slice(0, 1));
});

test('one of the same name in another namespace is another one, and with the label of the cluster it is left over', () => {
  const change = (items: readonly Live[]) =>
    items.flatMap((one) => (one.metadata.name === 'dns-spoke-1' ? [{ ...one, metadata: { ...one.metadata, namespace: 'team-a' } }] : [one]));
  expect(found(change).others).toEqual([expect.stringMatching(/\/spoke-1: dns-spoke-1 missing$/), expect.stringMatching(/\/spoke-1: dns-spoke-1 left over$/)]);
});

test('values that Git has otherwise than what was synced are told, and commits that nobody here knows', () => {
  const at = (commit: string) => (items: readonly Live[]) =>
    items.map((one) => (one.metadata.name === 'dns-spoke-1' ? { ...one, status: { ...well, sync: { status: 'Synced', revisions: ['2.1.0', commit] } } } : one));
  expect(found(at('aaaaaaaaaa')).others).toEqual([
    expect.stringMatching(/\/spoke-1: dns-spoke-1 there has synced aaaaaaa, and Git has 1 file of it otherwise$/),
  ]);
  expect(found(at('bbbbbbbbbb')).others).toEqual([]);
  expect(found(at('cccccccccc')).others).toEqual([expect.stringMatching(/\/spoke-1: this clone does not know ccccccc, which is synced there$/)]);
});

test('a spoke whose Argo CD does not answer is not known in full, and the hub’s part of it is', () => {
  const { others, targets } = found((items, deployer) => (deployer === 'spoke-2' ? { none: 'the connection is refused' } : items));
  expect(others).toEqual([expect.stringMatching(/\/spoke-2: https:\/\/spoke-2\.example\.com does not answer: the connection is refused$/)]);
  expect(targets.find(({ target }) => target.endsWith('/spoke-2'))?.applications.map(({ name }) => name)).toContain('fleet-spoke-2');
});

test('where the hub does not answer, what a distributed spoke’s own Argo CD has is known', () => {
  const { others, targets } = found((items, deployer) => (deployer === 'hub-1' ? { status: 503, body: '' } : items));
  expect(others.every((one) => one.endsWith('https://hub-1.example.com does not answer: it answers with status 503'))).toBe(true);
  expect(targets.find(({ target }) => target.endsWith('/spoke-2'))?.applications.map(({ name }) => name)).toContain('dns-spoke-2');
});

longTest('a fleet in Git is held against what was committed of it, hub and spokes', async () => {
  const standIn = await StandIn.start();
  const workspace = await new HubWorkspace().started((one) =>
    one.edit('config/fleet.ts', (text) =>
      text
        .replace('import { defineHubFleet }', 'import { argoCD, defineHubFleet }')
        .replace("  path: 'dist',", `  path: 'dist',\n  evidence: [argoCD({ server: ({ hub }) => \`${standIn.url}/argocd/\${hub}\` })],`),
    ),
  );
  try {
    const folder = 'dist/hubs/hub-1/argocd';
    standIn.applications('hub-1', [{ metadata: { name: 'fleet' }, spec: { source: { repoURL: 'https://github.com/company/fleet', path: folder } } }]);
    const { status, stdout } = await workspace.serve('status', '--live', 'addons', 'cert-manager');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^0 of \d+ Applications of 7 targets run as Git has them at HEAD \([0-9a-f]{7}\); \d targets are not known in full:$/m);
    expect(stdout).toContain('  tenant1/dev/tenant1-dev-workload1\n    cert-manager-tenant1-dev-workload1  is missing, Git has it and Argo CD has not\n');
    expect(stdout).toContain('    unknown  no Application applies dist/spokes/tenant1-dev-workload2/argocd there\n');
    expect(standIn.requests()).toHaveLength(1);
    const board = await workspace.serve('board', '--live', '--output', 'live.html');
    expect([board.status, board.stdout]).toEqual([0, expect.stringMatching(/, 0 of \d+ Applications as Git has them \(\d targets not known in full\)\n$/)]);
  } finally {
    standIn.stop();
    workspace.remove();
  }
});
