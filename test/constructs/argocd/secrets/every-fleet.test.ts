import { ApiObject, type Chart, JsonPatch } from 'cdk8s';
import fc from 'fast-check';
import type { TargetChart } from '../../../../constructs';
import { application, apps, buildFleet, type ConfigContent, problemsOf, smallFleet } from '../../../builders/fleet-builder';

const web = 'config/mgmt/web.ts';
const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const withValues = (valuesObject: unknown, rest: object = {}) => application({ source: { ...source, helm: { valuesObject } }, ...rest });
const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } };

/** Ways to say a secret, as a value of anything. */
const secrets: readonly unknown[] = [
  { auth: { password: 'hunter2' } },
  { args: ['--password=hunter2'] },
  { text: 'adminPassword: hunter2' },
  { env: [{ name: 'DB_PASS', value: 'hunter2' }] },
  { url: 'https://bot:hunter2@example.com/x.git' },
  { password: ['hunter2'] },
  { header: `Authorization: Basic ${Buffer.from('a:hunter2').toString('base64')}` },
];

/** Everything that a fleet renders, or has in Git without rendering it, with a value somewhere in it. */
const places: { readonly [name: string]: (value: unknown) => ConfigContent } = {
  'values of a chart': (value) => apps({ web: withValues(value) }),
  'values of one of several sources': (value) => apps({ web: application({ source: undefined, sources: [{ ...source, helm: { valuesObject: value } }] }) }),
  'values of a source by name': (value) => apps({ web: application({ source: undefined, sources: { web: { ...source, helm: { valuesObject: value } } } }) }),
  'values that are text': (value) => apps({ web: application({ source: { ...source, helm: { values: JSON.stringify(value) } } }) }),
  'values with a null': (value) => apps({ web: withValues({ gone: null, ...(value as object) }) }),
  'a Helm parameter': (value) => apps({ web: application({ source: { ...source, helm: { parameters: [{ name: 'x', value: JSON.stringify(value) }] } } }) }),
  'the environment of a plugin': (value) =>
    apps({ web: application({ source: { repoURL: 'https://x', path: 'y', plugin: { env: [{ name: 'X', value: JSON.stringify(value) }] } } }) }),
  'a patch of Kustomize': (value) =>
    apps({ web: application({ source: { repoURL: 'https://x', path: 'y', kustomize: { patches: [{ patch: JSON.stringify(value) }] } } }) }),
  'an annotation': (value) => apps({ web: application({ annotations: { note: JSON.stringify(value) } }) }),
  'the defaults of a cluster type': (value) => apps({ web: application() }, { applications: { source: { ...source, helm: { valuesObject: value } } } }),
  'an override': (value) => apps({ web: application({ overrides: { production: { source: { helm: { valuesObject: value } } } } }) }),
  'an override that a narrower one hides': (value) =>
    apps({
      web: application({
        overrides: { production: { source: { helm: { valuesObject: value } } }, 'production/prod-1': { source: { helm: { valuesObject: value } } } },
      }),
    }),
  'a patch': (value) => apps({ web: application({ patches: { p: { rolledOutTo: ['integration'], change: { source: { helm: { valuesObject: value } } } } } }) }),
  'a patch that sits nowhere': (value) =>
    apps({ web: application({ patches: { p: { rolledOutTo: [], change: { source: { helm: { valuesObject: value } } } } } }) }),
  'a function of the target': (value) => apps({ web: withValues(() => value) }),
  'a layer that is a function': (value) => apps({ web: application({ overrides: { production: () => ({ source: { helm: { valuesObject: value } } }) } }) }),
  'one of several apps of a file': (value) => apps({ pair: { apps: { web: withValues(value), api: application() } } }),
  'an app that is not enabled': (value) => apps({ web: withValues(value, { enabled: false }), api: application() }),
  'an element of a list generator': (value) => apps({ web: applicationSet({ generators: [{ list: { elements: [value] } }] }) }),
  'the template of an ApplicationSet': (value) => apps({ web: applicationSet({}, { ...source, helm: { valuesObject: value } }) }),
  'what a root injects': (value) =>
    apps({ root: { kind: 'RootApplicationSet', clusterType: 'mgmt', inject: { x: JSON.stringify(value) } }, web: application() }),
  'values of workloads': (value) =>
    apps({ web: application({ source: undefined, values: value, workloads: (chart: Chart) => void new ApiObject(chart, 'x', config) }) }),
  'an object of workloads': (value) =>
    apps({
      web: application({ source: undefined, workloads: (chart: Chart) => void new ApiObject(chart, 'x', { ...config, data: { x: JSON.stringify(value) } }) }),
    }),
  'an object beside the apps': (value) =>
    apps({ web: application() }, { customize: (chart: TargetChart) => void new ApiObject(chart, 'x', { ...config, data: { x: JSON.stringify(value) } }) }),
  'a JSON patch of code': (value) =>
    apps(
      { web: withValues({}) },
      { customize: (chart: TargetChart) => chart.findApp('web').addJsonPatch(JsonPatch.add('/spec/source/helm/valuesObject/x', value)) },
    ),
};

function applicationSet(fields: object, of: object = source): object {
  const template = { metadata: { name: 'x-{{.a}}' }, spec: { project: 'p', destination: { name: 'x' }, source: of } };
  return { kind: 'ApplicationSet', goTemplate: true, generators: [{ list: { elements: [{ a: 'b' }] } }], template, ...fields };
}

const codesOf = (content: ConfigContent) => problemsOf(content).map(({ code, severity = 'error' }) => `${severity} ${code}`);

test.each(Object.keys(places))('a secret is an error in %s, in whatever form', (name) => {
  for (const value of secrets) {
    const found = codesOf((places[name] as (value: unknown) => ConfigContent)(value));
    expect({ value, found: found.filter((code) => code === 'error secret-value').length > 0 }).toEqual({ value, found: true });
    expect(found.filter((code) => code.startsWith('error') && code !== 'error secret-value')).toEqual([]);
  }
});

test.each(Object.keys(places))('what is no secret is none in %s', (name) => {
  const value = { auth: { existingSecret: 'shop-db', secretKeys: { password: 'mysql-password' } }, args: ['--password=$(PASSWORD)'], text: 'password: ""' };
  expect(codesOf((places[name] as (value: unknown) => ConfigContent)(value)).filter((code) => code.includes('secret'))).toEqual([]);
});

test('a finding is told once, where it stands, and never with the secret', () => {
  const [problem, ...others] = problemsOf(apps({ web: withValues({ auth: { password: 'hunter2' } }) }));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    code: 'secret-value',
    file: web,
    place: ['source', 'helm', 'valuesObject', 'auth', 'password'],
    message: "'source.helm.valuesObject.auth.password' looks like a secret: a password, by its name",
    hint: expect.stringContaining("`notSecret: { 'source.helm.valuesObject.auth.password': 'why' }`"),
  });
  expect(JSON.stringify(problem)).not.toContain('hunter2');
});

test.each(['https://bot:hunter2@example.com/fleet.git', 'https://k3y4u8s2m1p0@example.com/fleet.git'])(
  'the repository of the fleet is searched: %s',
  (repository) => {
    const [problem] = problemsOf({ fleet: { ...smallFleet, repository } });
    expect(problem).toMatchObject({ code: 'secret-value', file: 'config/fleet.ts', place: ['repository'] });
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|k3y4/);
  },
);

test('objects of workloads are named in the message and in what silences it', () => {
  const workloads = (chart: Chart) =>
    void new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web' }, stringData: { any: 'thing' } });
  const app = application({ source: undefined, workloads });
  const [problem, ...others] = problemsOf(apps({ web: app }));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: 'secret-value', file: web, hint: expect.stringContaining("`notSecret: { 'Secret/web.stringData.any': 'why' }`") });
  expect(codesOf(apps({ web: { ...app, notSecret: { 'Secret/web.stringData.any': 'a test' } } }))).toEqual(['notice silenced']);
});

describe('a finding', () => {
  const password = 'source.helm.valuesObject.auth.password';
  const value = { auth: { password: 'hunter2' } };
  const reason = 'the name of a file';

  test('is silenced where it stands, by its path, and the reason is told', () => {
    const [notice, ...others] = problemsOf(apps({ web: withValues(value, { notSecret: { [password]: reason } }) }));
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ code: 'silenced', severity: 'notice', file: web, place: password.split('.'), found: reason });
    expect(notice?.message).toContain(password);
    expect(buildFleet(apps({ web: withValues(value, { notSecret: { [password]: reason } }) })).synth().targets).toBe(3);
  });

  test.each<readonly [string, ConfigContent]>([
    [
      'in any layer of the app',
      apps({ web: application({ notSecret: { [password]: reason }, overrides: { production: { source: { helm: { valuesObject: value } } } } }) }),
    ],
    [
      'beside the defaults that say it',
      apps(
        { web: application({ source: unsetSource() }) },
        { applications: { source: { ...source, helm: { valuesObject: value } } }, notSecret: { [password]: reason } },
      ),
    ],
    ['for all apps of a file', apps({ pair: { notSecret: { [password]: reason }, apps: { web: withValues(value), api: withValues(value) } } })],
    ['in one app of a file', apps({ pair: { apps: { web: withValues(value, { notSecret: { [password]: reason } }), api: application() } } })],
    [
      'in a source by name',
      apps({
        web: application({
          source: undefined,
          sources: { x: { ...source, helm: { valuesObject: value } } },
          notSecret: { 'sources.x.helm.valuesObject.auth.password': reason },
        }),
      }),
    ],
    [
      'in what code adds',
      apps(
        { web: application() },
        {
          customize: (chart: TargetChart) => void new ApiObject(chart, 'x', { ...config, data: { password: 'hunter2' } }),
          notSecret: { 'ConfigMap/web.data.password': reason },
        },
      ),
    ],
  ])('is silenced %s', (_, content) => {
    expect(new Set(codesOf(content))).toEqual(new Set(['notice silenced']));
  });

  test('at another path is none the less one, and so is another one', () => {
    const two = { auth: { password: 'hunter2' }, other: { password: 'hunter2' } };
    expect(codesOf(apps({ web: withValues(two, { notSecret: { [password]: reason } }) })).sort()).toEqual(['error secret-value', 'notice silenced']);
  });

  test('that is not there any more makes a warning of what silences it', () => {
    const [warning, ...others] = problemsOf(apps({ web: withValues({}, { notSecret: { [password]: reason } }) }));
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ code: 'silence-unused', severity: 'warning', file: web, place: ['notSecret', password] });
  });

  test.each<readonly [string, unknown, string, string]>([
    ['no map', [password], 'wrong-type', 'notSecret'],
    ['no reason', { [password]: ' ' }, 'missing-field', `notSecret.${password}`],
    ['a reason that is none', { [password]: true }, 'wrong-type', `notSecret.${password}`],
  ])('is not silenced by %s', (_, notSecret, code, at) => {
    const found = problemsOf(apps({ web: withValues({}, { notSecret }) })).filter(({ severity }) => severity === undefined);
    expect(found.map((problem) => [problem.code, problem.place?.join('.')])).toEqual([[code, at]]);
  });

  test('is a warning in a fleet that was running before', () => {
    const content = { ...apps({ web: withValues(value) }), fleet: { ...smallFleet, adopted: true } };
    expect(codesOf(content)).toEqual(['warning secret-value']);
    expect(buildFleet(content).synth().targets).toBe(3);
  });
});

function unsetSource(): undefined {
  return undefined;
}

test('whatever is silenced, exactly that is no error', () => {
  const keys = ['password', 'token', 'apiKey', 'jwtSecret'];
  fc.assert(
    fc.property(fc.subarray(keys, { minLength: 1 }), fc.subarray(keys), (said, silenced) => {
      const value = Object.fromEntries(said.map((key) => [key, 'hunter2']));
      const notSecret = Object.fromEntries(silenced.map((key) => [`source.helm.valuesObject.${key}`, 'a test']));
      const problems = problemsOf(apps({ web: withValues(value, { notSecret }) }));
      const at = (code: string) => problems.flatMap((problem) => (problem.code === code ? [problem.place?.at(-1)?.split('.').at(-1)] : [])).sort();
      expect(at('secret-value')).toEqual(said.filter((key) => !silenced.includes(key)).sort());
      expect(at('silenced')).toEqual(said.filter((key) => silenced.includes(key)).sort());
    }),
    { numRuns: 30 },
  );
});
