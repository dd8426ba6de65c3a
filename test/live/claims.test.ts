import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { required } from './build';
import { chosenSteps, type Step, walk } from './claims';
import { liveDocument } from './report';
import { assertDifference, difference, type State } from './state';
import { firstSteps } from './steps/first/steps';
import { secondSteps } from './steps/second/steps';

const holds = { says: 'It holds', prove: async () => undefined };
const step = (name: string, needs?: readonly string[]): Step<string> => ({ name, title: `the step ${name}`, needs, claims: [holds] });
const steps = [step('up'), step('promote'), step('revert', ['promote']), step('retire')];

test('a part of the steps brings what it needs, in their order', () => {
  const names = (wanted?: readonly string[]) => chosenSteps(steps, ['up'], wanted).map(({ name }) => name);
  expect(names()).toEqual(['up', 'promote', 'revert', 'retire']);
  expect(names(['revert'])).toEqual(['up', 'promote', 'revert']);
  expect(names(['retire', 'up'])).toEqual(['up', 'retire']);
  expect(() => names(['rvert'])).toThrow("there is no step 'rvert': there are up, promote, revert, retire");
});

const refused = {
  says: 'It does not | hold',
  prove: async () => {
    throw new Error('Argo CD says no');
  },
};

test('what stands on a claim that fails is not tried, and the report says so', async () => {
  const said: string[] = [];
  const results = await walk('first', [{ ...step('up'), claims: [holds, refused, holds] }, step('promote')], '', (line) => said.push(line));
  expect(results.map(({ outcome }) => outcome)).toEqual(['holds', 'fails', 'not run', 'not run']);
  expect(said.join('\n')).toContain('FAILS  It does not | hold (0 s)\n         Argo CD says no');
  const text = liveDocument({ versions: { 'Argo CD': 'v3.6.1' }, sections: [{ topology: 'first', date: '2026-01-01', results, seconds: 480 }] });
  expect(text).toContain('1 of 4 claims held on 2026-01-01, in 8 minutes');
  expect(text).toContain('| Argo CD  | v3.6.1  |');
  expect(text).toMatch(/\| `up` {6}\| It does not \\\| hold \| fails: Argo CD says no \|/);
});

test('a run of one topology takes the place of what was proved of it, and leaves the rest, as long as the same programs ran', async () => {
  const ran = async (topology: string, date: string) => ({ topology, date, results: await walk(topology, [step('up')], '', () => undefined), seconds: 600 });
  const versions = { 'Argo CD': 'v3.6.1', Helm: 'v4.3.1' };
  const whole = liveDocument({
    versions: { ...versions, 'External Secrets': 'v0.16.2' },
    sections: [await ran('first', '2026-01-01'), await ran('second', '2026-01-01')],
  });
  const later = liveDocument({ versions, sections: [await ran('first', '2026-02-02')] }, whole);
  expect(later).toBe(whole.replace('claims held on 2026-01-01', 'claims held on 2026-02-02'));
  expect(() => liveDocument({ versions: { Helm: 'v5.0.0' }, sections: [] }, whole)).toThrow(
    'docs/live.md is of Helm v4.3.1, and not of v5.0.0: run all topologies',
  );
});

const state = (objects: Readonly<Record<string, readonly [uid: string, content: unknown]>>): State =>
  new Map(Object.entries(objects).map(([key, [uid, content]]) => [key, { uid, content }]));

test('what moved is told by what happened to it: come, gone, made again, changed', () => {
  const before = state({ a: ['1', {}], b: ['2', { x: 1 }], c: ['3', {}], d: ['4', {}] });
  const after = state({ a: ['1', {}], b: ['2', { x: 2 }], c: ['9', {}], e: ['5', {}] });
  const found = difference(before, after);
  expect(found).toEqual({ came: ['e'], gone: ['d'], replaced: ['c'], changed: ['b'] });
  assertDifference(found, found);
  assertDifference(difference(before, before));
  expect(() => assertDifference(found, { ...found, changed: ['a'] })).toThrow('changed: b; not changed: a');
});

test('the report is of the claims that there are, all of which held, and of the versions that are built', () => {
  const report = readFileSync(join(__dirname, '../../docs/live.md'), 'utf8');
  const rows = [...report.matchAll(/^\| `(\S+)` +\| (.*?) +\| (.*?) +\|$/gm)].map(([, name, claim, outcome]) => [name, claim, outcome]);
  const all = [...firstSteps, ...secondSteps].flatMap(({ name, claims }) => claims.map(({ says }) => [name, says, 'holds']));
  expect(rows).toEqual(all);
  const modules = { 'Argo CD': 'github.com/argoproj/argo-cd/v3', Kubernetes: 'k8s.io/kubernetes' };
  for (const [name, module] of Object.entries(modules)) {
    expect(report).toMatch(new RegExp(`^\\| ${name} +\\| ${required(join(__dirname, 'programs/kubernetes-argo-cd'), module)} +\\|$`, 'm'));
  }
});
