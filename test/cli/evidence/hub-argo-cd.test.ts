import { askArgoCD } from '../../../cli/read/evidence/argo-cd';
import { AskingProblems, askOf } from '../../../cli/read/evidence/asking';
import type { LoadedFleet } from '../../../cli/read/load-fleet';
import { configState } from '../../../cli/read/state/config-state';
import { argoCD, type PatchView } from '../../../constructs';
import { isMap } from '../../../layers/plain-data';
import { askedEvidence } from '../../../rollout/evidence/asked';
import { bootstrap, buildHubFleet, dns, releases, smallHubFleet, withFleet } from '../../builders/hub-builder';

/** A component that a patch brings to a new version at a spoke of its hub's Argo CD and at one with its own. */
function fleetWith(patch: object): LoadedFleet {
  const component = { ...dns, overrides: { '*': { enabled: true } }, patches: { 'patch-001': patch } };
  const evidence = [argoCD({ server: (at) => [`https://${at.model === 'distributed' ? at.path.split('/')[2] : 'hub-1'}.example.com`] })];
  const fleet = buildHubFleet({
    ...smallHubFleet,
    ...withFleet({ evidence }),
    groups: { addons: { releases, components: { 'cert-manager': { ...dns, chart: 'cert-manager', version: undefined }, dns: component } }, bootstrap },
  });
  const output = fleet.synth();
  return { config: 'config', fleet, output, patches: output.patches() };
}

const fleet = fleetWith({ rolledOutTo: ['shop/dev', 'shop/prod'], change: { version: '2.1.0', values: { level: 2 } } });
const [view] = fleet.patches as readonly [PatchView];
const state = configState(fleet.output);
const asks = askedEvidence(view.state).map((asked) => askOf(fleet, view, asked));
const known: Readonly<Record<string, boolean>> = { bbbbbbbb: true, aaaaaaaa: false };

/** The Application of a spoke as its ApplicationSet makes it, and the root that brings that. */
function live(deployer: string, cluster: string, { version = '2.1.0', synced = 'bbbbbbbb', rootAt = 'bbbbbbbb' } = {}): readonly object[] {
  const file = state.files.find(({ target, path }) => target.endsWith(`/${cluster}`) && path === `${deployer}/dns.yaml`);
  const content = state.read(file ? [file] : [])[0] as { readonly spec: object; readonly metadata: { readonly name: string } };
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value
        .replaceAll('{{ .name }}', cluster)
        .replaceAll('{{ .values.version }}', version)
        .replace(/\{\{[^{}]*fleet_member[^{}]*\}\}/, 'spoke');
    if (Array.isArray(value)) return value.map(fill);
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)])) : value;
  };
  const folder = `dist/${deployer === 'hub-1' ? 'hubs' : 'spokes'}/${deployer}`;
  const repoURL = smallRepository;
  return [
    {
      metadata: { name: 'fleet', uid: 'root' },
      spec: { sources: ['bootstrap', 'argocd'].map((part) => ({ repoURL, path: `${folder}/${part}` })) },
      status: { sync: { status: 'Synced', revisions: [rootAt, rootAt] } },
    },
    {
      metadata: { name: fill(content.metadata.name), uid: 'dns' },
      spec: fill(content.spec),
      status: { sync: { status: 'Synced', revisions: ['2.1.0', synced] }, health: { status: 'Healthy', lastTransitionTime: '2026-11-01T10:00:00Z' } },
    },
    { metadata: { name: 'dns-another', uid: 'other' }, spec: {}, status: {} },
  ];
}

const smallRepository = fleet.fleet.repository;

function answerAt(cluster: string, items: readonly object[]) {
  const ask = asks.find(({ asked }) => asked.target.endsWith(`/${cluster}`)) as (typeof asks)[number];
  const problems = new AskingProblems('config');
  const { evidence } = ask.asked;
  if (typeof evidence === 'function' || !('argoCD' in evidence)) throw new Error('there is another kind of evidence');
  const asking = askArgoCD(ask, evidence.argoCD, { fleet, state, now: 0, contains: (_, commit) => known[commit] }, problems);
  problems.expectNone();
  const reply = { status: 200, body: JSON.stringify({ items }) };
  return { urls: asking.questions.map((one) => ('url' in one ? one.url : '')), answer: asking.answer(asking.questions.map(() => reply)) };
}

test.each([
  ['spoke-1', 'hub-1', 'https://hub-1.example.com'],
  ['spoke-2', 'spoke-2', 'https://spoke-2.example.com'],
])(
  '%s is asked about at the Argo CD that deploys to it, and good where its Application is what its ApplicationSet makes of it',
  (cluster, deployer, server) => {
    const { urls, answer } = answerAt(cluster, live(deployer, cluster));
    expect(urls).toEqual([
      `${server}/api/v1/applications?repo=${encodeURIComponent(smallRepository)}`,
      `${server}/api/v1/applications?selector=${encodeURIComponent(`fleet/cluster=${cluster}`)}`,
    ]);
    expect(answer).toEqual({ is: 'good', since: new Date('2026-11-01T10:00:00Z') });
  },
);

test('of Applications of one name that of the namespace of its Argo CD is asked about, and no other', () => {
  const [root = {}, own = {}] = live('hub-1', 'spoke-1');
  const at = (namespace: string, more: object = {}) => {
    const { metadata } = own as { readonly metadata: object };
    return { ...own, metadata: { ...metadata, namespace, uid: namespace }, ...more };
  };
  const bad = { status: { sync: { status: 'Synced', revisions: ['2.1.0', 'bbbbbbbb'] }, health: { status: 'Degraded' } } };
  expect(answerAt('spoke-1', [root, at('argocd'), at('team-a', bad)]).answer).toMatchObject({ is: 'good' });
  expect(answerAt('spoke-1', [root, at('argocd', bad), at('team-a')]).answer).toMatchObject({ is: 'bad' });
  expect(answerAt('spoke-1', [root, at('team-a')]).answer).toMatchObject({ is: 'not-yet', why: 'there is no Application dns-spoke-1 yet' });
});

test('what a generator says is no template that may be anything: another version is no good', () => {
  expect(answerAt('spoke-1', live('hub-1', 'spoke-1', { version: '2.0.0' })).answer).toMatchObject({
    is: 'not-yet',
    why: expect.stringMatching(/is not what is rendered: sources?\b/),
  });
});

test('values come from Git: the Application itself has to have synced the change, and so has the root', () => {
  expect(answerAt('spoke-1', live('hub-1', 'spoke-1', { synced: 'aaaaaaaa' })).answer).toMatchObject({
    is: 'not-yet',
    why: expect.stringContaining('which is without the change'),
  });
  expect(answerAt('spoke-2', live('spoke-2', 'spoke-2', { rootAt: 'aaaaaaaa' })).answer).toEqual({
    is: 'not-yet',
    why: 'fleet has synced aaaaaaa, which is without the change',
  });
});

test('where the wrong Argo CD is asked there is no root', () => {
  expect(answerAt('spoke-2', live('hub-1', 'spoke-1')).answer).toMatchObject({
    is: 'no-answer',
    why: 'no Application applies dist/spokes/spoke-2/argocd there',
  });
});
