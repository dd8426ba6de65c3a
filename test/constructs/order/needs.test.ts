import { application, apps, buildFleet, type ConfigContent, type Loose, manifestAt, problemsOf, templatesAt } from '../../builders/fleet-builder';

const wave = 'argocd.argoproj.io/sync-wave';
const us = 'integration/int-1/us';
const [file, path] = ['config/mgmt/issuers.ts', ['after', '0']];

/** Issuers, which need cert-manager, and whatever else there is. */
function needing(after: unknown, more: object = {}, others: Readonly<Record<string, unknown>> = { 'cert-manager': application() }): ConfigContent {
  return apps({ ...others, issuers: application({ after, ...more }) });
}

const inWave = (value: unknown) => ({ annotations: { [wave]: value } });

function wavesAt(content: ConfigContent, at: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(templatesAt(buildFleet(content), 'mgmt', at)).map(([name, { metadata }]) => [name, (metadata as Loose).annotations?.[wave]]),
  );
}

const mistakes: readonly (readonly [string, ConfigContent, object])[] = [
  ['what is no list', needing('cert-manager'), { code: 'wrong-type', file, place: ['after'], found: "the string 'cert-manager'" }],
  ['what is no list of names', needing(['cert-manager', 1]), { code: 'wrong-type', file, place: ['after'], found: 'a list with the number 1' }],
  [
    'a misspelt app',
    needing(['cert-manger']),
    {
      code: 'unknown-app',
      file,
      place: path,
      message: "'issuers' needs 'cert-manger', which is no app of mgmt",
      hint: "did you mean 'cert-manager'?",
      targets: 3,
    },
  ],
  [
    'an app of another cluster type',
    { clusterTypes: { mgmt: { apps: { issuers: application({ after: ['vault'] }) } }, infra: { apps: { vault: application() } } } },
    { code: 'unknown-app', file, place: path, message: "'issuers' needs 'vault', which is no app of mgmt" },
  ],
  ['one that is named twice', needing(['cert-manager', 'cert-manager']), { code: 'duplicate-name', file, place: ['after', '1'] }],
  ['an app that needs itself', needing(['issuers']), { code: 'order', file, place: path, message: "'issuers' needs itself", found: 'issuers → issuers' }],
  [
    'apps that need each other',
    needing(['cert-manager'], {}, { 'cert-manager': application({ after: ['issuers'] }) }),
    { code: 'order', file: 'config/mgmt/cert-manager.ts', place: path, message: 'cert-manager and issuers need each other', targets: 3 },
  ],
  [
    'apps that need each other at some targets only',
    needing(['cert-manager'], {}, { 'cert-manager': application({ overrides: { production: { after: ['issuers'] } } }) }),
    { code: 'order', place: ['overrides', 'production', 'after', '0'], target: 'mgmt/production/prod-1/us', found: 'cert-manager → issuers → cert-manager' },
  ],
  [
    'an app that is enabled nowhere',
    needing(['cert-manager'], {}, { 'cert-manager': application({ enabled: false }) }),
    { code: 'order', file, place: path, message: "'issuers' needs 'cert-manager', which is deployed nowhere", targets: 3 },
  ],
  [
    'an app that some targets lack',
    needing(['cert-manager'], {}, { 'cert-manager': application({ overrides: { production: { enabled: false } } }) }),
    {
      code: 'order',
      severity: 'warning',
      file,
      place: path,
      app: 'issuers',
      message: "'issuers' needs 'cert-manager', which is not deployed there",
      target: 'mgmt/production/prod-1/us',
      hint: "enable 'cert-manager' there first, or disable 'issuers'",
    },
  ],
  [
    'a wave of its own that is not behind what it needs',
    needing(['cert-manager'], inWave('0')),
    {
      code: 'order',
      file,
      place: ['annotations', wave],
      message: "'issuers' needs 'cert-manager', and says a sync wave that is not behind it",
      expected: "a number above 0, the wave of 'cert-manager'",
      found: '0',
      hint: 'leave the annotation out: `after` gives the app its wave',
    },
  ],
  [
    'a wave of what is needed that is no number',
    needing(['cert-manager'], {}, { 'cert-manager': application(inWave('first')) }),
    { code: 'order', file: 'config/mgmt/cert-manager.ts', place: ['annotations', wave], expected: "a whole number as text: '2'", found: "'first'" },
  ],
  [
    'what a project needs',
    apps({ web: application(), team: { kind: 'AppProject', after: ['web'] } }),
    { code: 'unknown-field', file: 'config/mgmt/team.ts', place: ['after'], message: "AppProject has no field 'after'" },
  ],
];

describe('of what an app needs, reported is', () => {
  test.each(mistakes)('%s', (_, content, expected) => {
    const problems = problemsOf(content);
    expect(problems).toEqual([expect.objectContaining(expected)]);
    expect(problems[0]?.severity).toBe((expected as { severity?: string }).severity);
  });
});

test('an app is applied behind what it needs, and what needs nothing says no wave', () => {
  const others = { 'cert-manager': application(), dns: application({ after: ['issuers'] }), web: application() };
  expect(wavesAt(needing(['cert-manager'], {}, others), us)).toEqual({ 'cert-manager': undefined, dns: '2', issuers: '1', web: undefined });
  expect(manifestAt(needing(['cert-manager']), 'issuers', us).spec).not.toHaveProperty('after');
  expect(problemsOf(needing(['cert-manager'], {}, others))).toEqual([]);
  expect(problemsOf(needing([]))).toEqual([]);
});

test('the order is layered: it holds where a layer says it', () => {
  const patched = needing(undefined, { patches: { 'patch-001': { rolledOutTo: [us], change: { after: ['cert-manager'] } } } });
  expect(wavesAt(patched, us).issuers).toBe('1');
  expect(wavesAt(patched, 'production/prod-1/us').issuers).toBeUndefined();
  const taken = needing(['cert-manager'], { overrides: { production: { after: [] } } });
  expect(wavesAt(taken, us).issuers).toBe('1');
  expect(wavesAt(taken, 'production/prod-1/us').issuers).toBeUndefined();
});

test('who is disabled is needed by nobody who is, and moves nobody', () => {
  const off = needing(['cert-manager'], { enabled: false }, { 'cert-manager': application({ enabled: false }) });
  expect(problemsOf(off)).toEqual([]);
  const chain = { a: application(), b: application({ after: ['a'], overrides: { production: { enabled: false } } }), c: application({ after: ['b'] }) };
  expect(wavesAt(apps(chain), us)).toEqual({ a: undefined, b: '1', c: '2' });
  expect(wavesAt(apps(chain), 'production/prod-1/us')).toEqual({ a: undefined, c: '2' });
});

test('a wave that an app says itself counts: what needs it goes behind it', () => {
  const others = { 'cert-manager': application(inWave('3')), dns: application({ after: ['issuers'] }) };
  expect(wavesAt(needing(['cert-manager'], inWave('7'), others), us)).toEqual({ 'cert-manager': '3', dns: '8', issuers: '7' });
  expect(wavesAt(needing(['cert-manager'], {}, others), us)).toEqual({ 'cert-manager': '3', dns: '5', issuers: '4' });
  // Projects are in wave -1, and no app comes with them.
  expect(wavesAt(needing(['team'], {}, { team: { kind: 'AppProject' } }), us)).toEqual({ team: '-1', issuers: undefined });
});

test('ApplicationSets have an order, and so have Applications that live in the control plane', () => {
  const set = {
    kind: 'ApplicationSet',
    after: ['web'],
    goTemplate: true,
    generators: [{ list: { elements: [{ name: 'a' }] } }],
    template: { metadata: { name: 'set-{{.name}}' }, spec: application() },
  };
  expect(manifestAt(apps({ web: application(), set }), 'set', us).metadata).toEqual({ name: 'set', annotations: { [wave]: '1' } });
  const root = { kind: 'RootApplicationSet', clusterType: 'mgmt', applications: 'controlPlane', after: ['vault'] };
  const hosted: ConfigContent = {
    clusterTypes: {
      mgmt: { apps: { web: application(), api: application({ after: ['web'] }) } },
      infra: { apps: { vault: application(), root } },
    },
  };
  expect(manifestAt(hosted, 'api', us).metadata.annotations).toEqual({ [wave]: '1' });
  expect(manifestAt(hosted, 'root', us, 'infra').metadata.annotations).toEqual({ [wave]: '1' });
});
