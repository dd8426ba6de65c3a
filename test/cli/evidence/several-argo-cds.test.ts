import { askArgoCD } from '../../../cli/read/evidence/argo-cd';
import { AskingProblems, askOf } from '../../../cli/read/evidence/asking';
import type { LoadedFleet } from '../../../cli/read/load-fleet';
import { configState } from '../../../cli/read/state/config-state';
import { argoCD, type PatchView } from '../../../constructs';
import { askedEvidence } from '../../../rollout/evidence/asked';
import { application, apps, buildFleet, smallFleet } from '../../builders/fleet-builder';

const evidence = [argoCD({ server: () => ['https://x.example.com/a', 'https://x.example.com/b'] })];
const web = { ...application(), patches: { 'patch-001': { rolledOutTo: ['integration'], change: { source: { targetRevision: '2.0.0' } } } } };
const built = buildFleet({ fleet: { ...smallFleet, evidence }, ...apps({ web, other: application() }) });
const output = built.synth();
const fleet: LoadedFleet = { config: 'config', fleet: built, output, patches: output.patches() };
const state = configState(output);
const [view] = fleet.patches as readonly [PatchView];
const ask = askedEvidence(view.state).map((asked) => askOf(fleet, view, asked))[0] as ReturnType<typeof askOf>;

const status = { sync: { status: 'Synced', revision: 'bbbbbbb' }, health: { status: 'Healthy', lastTransitionTime: '2026-11-01T10:00:00Z' } };
const named =
  (name: string, spec: unknown) =>
  (server: string, changes: object = {}) => ({
    metadata: { name, uid: `${server} ${name}` },
    spec,
    status: { ...status, ...changes },
  });
const root = named('root', { source: { repoURL: smallFleet.repository, path: `${built.path}/mgmt/${ask.asked.target}` } });
const live = (app: string) => {
  const file = state.files.find(({ target, path }) => target === ask.asked.target && path.endsWith(`${app}.yaml`));
  return named(app, (state.read(file ? [file] : [])[0] as { readonly spec: unknown }).spec);
};
const [webOf, otherOf] = [live('web'), live('other')];

/** What two Argo CDs say, the body of each as JSON has it. */
function answer(a: object, b: object, more: object = {}, now = 0) {
  const problems = new AskingProblems('config');
  const options = { ...(ask.asked.evidence as { readonly argoCD: Parameters<typeof askArgoCD>[1] }).argoCD, ...more };
  const asking = askArgoCD(ask, options, { fleet, state, now, contains: (_, commit) => commit === 'bbbbbbb' }, problems);
  problems.expectNone();
  return asking.answer([a, b].map((body) => ({ status: 200, body: JSON.stringify(body) })));
}

const items = (...all: readonly object[]) => ({ metadata: {}, items: all });
const good = { is: 'good', since: new Date('2026-11-01T10:00:00Z') };
const empty = { is: 'no-answer', why: 'https://x.example.com/b shows no Application of it, neither its root nor what is rendered' };
const all = items(root('a'), webOf('a'), otherOf('a'));

test('what both have is good, and so is what one has of which another one has the root', () => {
  expect(answer(all, items(root('b'), webOf('b')))).toEqual(good);
  expect(answer(items(root('a')), items(webOf('b'), otherOf('b')))).toEqual(good);
});

test('what was looked at longer ago than that may be is no answer: an hour, where nothing else is said', () => {
  const reconciledAt = '2026-11-01T10:00:00Z';
  const said = (minutes: number, more?: object) =>
    answer(items(root('a'), webOf('a', { reconciledAt })), items(otherOf('b')), more, Date.parse(reconciledAt) + minutes * 60_000);
  expect(said(60)).toEqual(good);
  expect(said(61)).toEqual({ is: 'no-answer', why: 'Argo CD has not looked at web for more than 1 h' });
  expect(said(61, { refreshedWithin: '2h' })).toEqual(good);
  expect(said(2, { refreshedWithin: '90s' })).toMatchObject({ is: 'no-answer' });
  expect(said(100_000, { refreshedWithin: '0s' })).toEqual(good);
});

test('an Argo CD that shows any other Application of the target is none of which nothing is known', () => {
  expect(answer(all, items(otherOf('b')))).toEqual(good);
});

test.each([
  ['an empty list as Go writes it', { metadata: {}, items: null }],
  ['one that is left out', { kind: 'ApplicationList', metadata: {} }],
  ['a list', items()],
  ['one of others', items(named('theirs', {})('b'))],
])('one of several that has nothing of the target is no answer: %s', (_, said) => {
  expect(answer(all, said)).toEqual(empty);
});

test.each([
  ['something else', { metadata: {} }],
  ['another list', { items: 'none' }],
  ['a map', { items: {} }],
])('what is no list of Applications is no answer: %s', (_, said) => {
  expect(answer(all, said)).toEqual({ is: 'no-answer', why: 'it does not answer as Argo CD does' });
});

test('what one of them calls bad is bad, whatever is known of the others', () => {
  const bad = items(root('a'), webOf('a', { health: { status: 'Degraded', message: 'no pods' } }));
  for (const said of [items(), { metadata: {} }]) expect(answer(bad, said)).toEqual({ is: 'bad', why: 'web is Degraded: no pods' });
});
