import { parse } from 'yaml';
import { argoCD, command, type HubFleet, prometheus } from '../../../constructs';
import type { FleetRecord } from '../../../layers/record';
import { fleetRecordText } from '../../../store/output/record-text';
import { recordedLaw } from '../../../store/state/recorded-law';
import { buildFleet, problemsOf, smallFleet } from '../../builders/fleet-builder';
import { buildHubFleet, fleetFile, hubProblemsOf, withFleet } from '../../builders/hub-builder';
import { small, YamlFleets } from '../../builders/yaml-fleets';

const argo = argoCD({ server: ({ region }) => `https://argocd.${region}.example.com`, tokenEnv: 'ARGOCD_TOKEN' });
const errors = prometheus({ name: 'errors', url: 'https://prometheus.example.com', query: 'errors', holds: (value) => value < 1 });
async function smokeTest() {
  return { is: 'good' } as const;
}

const [integration, production] = smallFleet.environments;

const fleets = new YamlFleets();

/** The small fleet with something at the fleet, at an environment and at its sector. */
function fleet(evidence: readonly unknown[], own: readonly unknown[] = [], deeper: readonly unknown[] = []) {
  const [sector] = integration?.sectors ?? [];
  return { fleet: { ...smallFleet, evidence, environments: [{ ...integration, evidence: own, sectors: [{ ...sector, evidence: deeper }] }, production] } };
}

function recordOf(output: { records(): { readonly files: readonly object[] } }): FleetRecord {
  const file = output.records().files.find((one) => (one as { kind: string }).kind === 'fleet-record');
  return (file as { readonly record: FleetRecord }).record;
}

test('what a node says adds to what is above it, and the law records the names', () => {
  const record = recordOf(buildFleet(fleet([argo], [errors], [command('./smoke.sh'), smokeTest])).synth());
  expect(record.law?.nodes).toEqual([
    { path: 'integration', evidence: ['argoCD', 'errors'] },
    { path: 'integration/int-1', evidence: ['command', 'smokeTest'] },
    { path: 'production', promotion: 'manual', evidence: ['argoCD'] },
  ]);
  expect(recordedLaw((parse(fleetRecordText(record)) as { readonly law: unknown }).law)).toEqual(record.law);
});

test('a fleet without evidence records none', () => {
  expect(fleetRecordText(recordOf(buildFleet({}).synth()))).not.toContain('evidence');
});

test('tenants and environments of hubs have it too', () => {
  const [shop, platform] = fleetFile.tenants;
  const built: HubFleet = buildHubFleet(withFleet({ evidence: [argo], tenants: [{ ...shop, evidence: [errors] }, platform] }));
  const nodes = recordOf(built.synth()).law?.nodes.flatMap(({ path, evidence }) => (evidence ? [[path, evidence]] : []));
  expect(nodes).toEqual([
    ['shop', ['argoCD', 'errors']],
    ['platform', ['argoCD']],
  ]);
});

test('all mistakes are told together, at their places', () => {
  const wrong = [
    { argoCD: { serve: 'https://x' } },
    prometheus({ url: 'prometheus', query: '', holds: 7 } as never),
    { promethus: {} },
    command(''),
    argoCD({ server: 'https://user:word@argocd', tokenEnv: 'eyJhbGciOi.a-token', timeout: 'soon', name: 'my argo' }),
    'argoCD',
    argoCD(undefined as never),
  ];
  expect(
    problemsOf(fleet(wrong)).map(({ code, place = [], message, expected, found, hint }) =>
      [place.join('.'), code, message, expected, found, hint].filter(Boolean).join(' | '),
    ),
  ).toMatchInlineSnapshot(`
[
  "evidence.0.argoCD.serve | unknown-key | 'serve' is not known here | did you mean 'server'?",
  "evidence.1.prometheus.holds | wrong-type | 'holds' has the wrong type | a function | the number 7",
  "evidence.1.prometheus.url | invalid-field | 'url' is no address that can be asked | https://…, without a user or a password | prometheus",
  "evidence.2 | wrong-type | that is no evidence | argoCD({ … }), prometheus({ … }), command('…'), or a function of the step | a map | what \`prometheus(…)\` of cdk8s-fleet returns",
  "evidence.3.command.run | invalid-field | 'run' is empty | a command",
  "evidence.4.argoCD.name | invalid-field | evidence cannot be called 'my argo' | a word such as 'errors' | my argo",
  "evidence.4.argoCD.server | invalid-field | 'server' is no address that can be asked | https://…, without a user or a password | https://…@argocd",
  "evidence.4.argoCD.timeout | wrong-type | the 'timeout' cannot be read | a duration such as '24h', '90m' or '7d' | the string 'soon'",
  "evidence.4.argoCD.tokenEnv | invalid-field | 'tokenEnv' names no environment variable | its name, such as ARGOCD_TOKEN: the token itself stands nowhere in a fleet",
  "evidence.5 | wrong-type | that is no evidence | argoCD({ … }), prometheus({ … }), command('…'), or a function of the step | the string 'argoCD'",
  "evidence.6 | wrong-type | that is no evidence | argoCD({ … }), prometheus({ … }), command('…'), or a function of the step | a map",
]
`);
});

test('a token that was written in the place of its name is not printed', () => {
  expect(JSON.stringify(problemsOf(fleet([argoCD({ server: 'https://a', tokenEnv: 'eyJhbGciOi.secret' })])))).not.toContain('secret');
});

test.each([
  ['at one node', [argo, argo], [], 'evidence.1'],
  ['further down', [argo], [argo], 'environments.0.evidence.0'],
])('two pieces of one name %s are one mistake', (_, evidence, own, place) => {
  expect(problemsOf(fleet(evidence, own))).toMatchObject([{ code: 'duplicate-name', place: place.split('.'), hint: expect.stringContaining('name') }]);
});

test('names tell pieces of one kind apart', () => {
  expect(problemsOf(fleet([argo], [argoCD({ server: 'https://other', name: 'other' })]))).toEqual([]);
});

test('in hubs a mistake is told at its place', () => {
  expect(hubProblemsOf(withFleet({ evidence: [{ argoCD: { server: 7 } }] }))).toMatchObject([
    { code: 'wrong-type', place: ['evidence', '0', 'argoCD', 'server'], expected: 'a string, or a function' },
  ]);
});

test('a fleet in YAML has none, wherever it is said: one mistake each', () => {
  const config = small['config.yaml'];
  expect(fleets.problem({ 'config.yaml': `evidence:\n  - command: {run: 'true'}\n${config}` })).toMatchObject({
    code: 'invalid-field',
    message: "a fleet in YAML has no 'evidence': it runs or sends something, and such a fleet is data",
    line: 1,
  });
  const node = config.replace('- name: int\n', "- name: int\n      evidence:\n        - command: {run: 'true'}\n");
  expect(fleets.problem({ 'config.yaml': node })).toMatchObject({ code: 'invalid-field', hint: expect.stringContaining('fleet migrate') });
});
