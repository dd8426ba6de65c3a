import { cluster, FleetError, type Problem } from '../../../constructs';
import type { ChartInput } from '../../../layers/charts/chart-input';
import type { Plain } from '../../../layers/layer';
import type { Manifest } from '../../../layers/output';
import { knowsNothing } from '../../builders/chart-renderer';
import { application, apps, buildFleet, smallFleet } from '../../builders/fleet-builder';

const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const secret = (fields: object): Manifest => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'admin' }, ...fields });
const base64 = (text: string) => Buffer.from(text).toString('base64');

interface Told {
  readonly helm?: object;
  readonly fields?: object;
  /** What says values of the chart. @default - nobody knows it */
  readonly values?: readonly Plain[];
  /** Whether the fleet was running before, as one in YAML was. @default false */
  readonly adopted?: boolean;
}

/** What is said where a chart gives an object. */
function problems(object: Manifest, { helm = {}, fields = {}, values, adopted = false }: Told = {}): readonly Problem[] {
  const content = apps({ web: application({ hydrate: true, source: { ...source, helm }, ...fields }) });
  const fleet = buildFleet({ ...content, fleet: { ...smallFleet, adopted } });
  const asked: ChartInput[] = [];
  fleet.chartRenderer = {
    render: (inputs) => inputs.map(() => ({ objects: [object] })),
    ...knowsNothing,
    ...(values === undefined
      ? {}
      : {
          valuesOf: (input: ChartInput) => {
            asked.push(input);
            return [...input.values.map((text) => JSON.parse(text)), ...values];
          },
        }),
  };
  try {
    return fleet.synth().warnings;
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  } finally {
    // Nobody is asked before there is something to name, and then once.
    expect(asked.length).toBeLessThan(2);
  }
}

const keys = (object: Manifest, told?: Told) =>
  problems(object, told).map(({ code, message }) => (code === 'secret-value' ? /'(.+?)'/.exec(message)?.[1] : code));

describe('of a Secret that a chart makes', () => {
  test.each([
    ['a placeholder', { stringData: { password: 'changeme' } }],
    ['a placeholder in base64', { data: { password: base64('changeme') } }],
    ['a short text in base64', { data: { password: base64('x') } }],
    ['a word', { stringData: { mode: 'true' } }],
    ['an address', { stringData: { dsn: 'postgres://app:hunter2@db/app' } }],
    ['a path', { stringData: { socket: '/run/x' } }],
    ['a version', { stringData: { any: '1.2.3' } }],
    ['a template of somebody else', { stringData: { any: '{{ .password }}' } }],
    ['a name that tells nothing', { stringData: { username: 'admin' } }],
    ['a number', { stringData: { pin: 1234 } }],
    ['bytes', { data: { keystore: Buffer.from([0xfe, 0xed, 0xfe, 0xed, 1, 2]).toString('base64') } }],
    [
      'a certificate with its key',
      { stringData: { 'tls.crt': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nx\n' } },
    ],
    ['a text with what the cluster knows', { stringData: { host: `db.${cluster.name}` } }],
  ])('%s counts', (_, fields) => {
    const [section, entries] = Object.entries(fields)[0] as [string, object];
    expect(keys(secret(fields))).toEqual([`Secret/admin.${section}.${Object.keys(entries)[0]}`]);
  });

  const certificate = '-----BEGIN CERTIFICATE-----\nMIIB+/a=\n-----END CERTIFICATE-----\n';
  test.each([
    ['nothing', { data: {}, stringData: null }],
    ['an entry that is empty', { data: { a: '', b: null }, stringData: { a: '' } }],
    ['certificates alone', { data: { 'ca.crt': base64(certificate + certificate) }, stringData: { any: certificate } }],
    ['a public key', { stringData: { any: '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----' } }],
  ])('%s does not', (_, fields) => expect(keys(secret(fields))).toEqual([]));

  test('what the cluster alone knows does not', () => {
    const root = { kind: 'RootApplicationSet', clusterType: 'mgmt' };
    const fleet = buildFleet({
      clusterTypes: {
        infra: { apps: { root } },
        mgmt: { apps: { web: application({ hydrate: true, source: { ...source, helm: { valuesObject: { name: `${cluster.name}` } } } }) } },
      },
    });
    fleet.chartRenderer = {
      render: (inputs) => inputs.map(({ values }) => ({ objects: [secret({ stringData: JSON.parse(values[0] as string) })] })),
      ...knowsNothing,
    };
    expect(fleet.synth().warnings).toEqual([]);
  });

  test('it is an error in a fleet that was running before, too, as is what another object shows', () => {
    const severities = (object: Manifest) => problems(object, { adopted: true }).map(({ code, severity }) => [code, severity ?? 'error']);
    expect(severities(secret({ stringData: { password: 'changeme' } }))).toEqual([['secret-value', 'error']]);
    expect(severities({ ...secret({ data: { password: 'hunter2' } }), kind: 'ConfigMap' })).toEqual([['secret-value', 'error']]);
    const fields = { notSecret: { 'Secret/admin.stringData.password': 'a test cluster' } };
    expect(problems(secret({ stringData: { password: 'changeme' } }), { fields, adopted: true })).toMatchObject([{ code: 'silenced' }]);
  });

  test('an entry is allowed by its name and a reason', () => {
    const fields = { notSecret: { 'Secret/admin.stringData.password': 'a test cluster' } };
    expect(keys(secret({ stringData: { password: 'changeme' } }), { fields })).toEqual(['silenced']);
    expect(keys(secret({ stringData: { password: 'changeme', user: 'admin' } }), { fields })).toEqual(['Secret/admin.stringData.user', 'silenced']);
    // What silences nothing is known when the objects are.
    expect(keys(secret({}), { fields })).toEqual(['silence-unused']);
  });
});

test('what somebody writes as a Secret keeps its placeholders, and what its keys tell', () => {
  const config = (stringData: object) =>
    apps({
      web: application({
        source: { ...source, helm: { valuesObject: { extra: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, stringData }] } } },
      }),
    });
  expect(buildFleet(config({ password: 'changeme', username: 'admin' })).synth().warnings).toEqual([]);
  expect(() => buildFleet(config({ pin: 1234 })).synth()).toThrow('an entry of a Secret');
});

describe('the value of the chart that says it is named', () => {
  const said = (object: Manifest, told: Told) =>
    problems(object, told).map(({ message, file, place, hint }) => [/the chart's value '(.+)' says it$/.exec(message)?.[1], file, place?.join('.'), hint]);

  test('where a layer says it, with its file and place', () => {
    const helm = { valuesObject: { auth: { login: 'hunter2hunter' } } };
    const [found, ...more] = said(secret({ data: { password: base64('hunter2hunter') } }), { helm, values: [{ auth: { login: 'other' } }] });
    expect(more).toEqual([]);
    expect(found).toEqual([
      'auth.login',
      'config/mgmt/web.ts',
      'source.helm.valuesObject.auth.login',
      expect.stringMatching(/existingSecret.*ExternalSecret.*notSecret: \{ 'Secret\/admin\.data\.password': 'why' \}/),
    ]);
  });

  test('where the chart itself says it; what it is never stands in the message', () => {
    const values = [{ auth: { password: 'changeme' }, db: { auth: { password: 'other' } } }];
    const object = secret({ stringData: { password: 'changeme' } });
    expect(said(object, { values })).toEqual([['auth.password', 'config/mgmt/web.ts', 'hydrate', expect.anything()]]);
    expect(JSON.stringify(problems(object, { values }))).not.toContain('changeme');
    expect(said(object, { values: [{ a: 'x' }] })).toEqual([[undefined, 'config/mgmt/web.ts', 'hydrate', expect.anything()]]);
  });

  test('and none where the value is what only the cluster knows, and the chart itself says the rest', () => {
    const object = secret({ stringData: { dsn: `postgres://app:hunter22@${cluster.name}/db` } });
    const named = (...values: readonly Plain[]) => said(object, { values }).map(([value]) => value);
    expect(named({ pw: `${cluster.name}`, host: `@${cluster.name}/` })).toEqual([undefined]);
    expect(named({ pw: `${cluster.name}`, login: 'hunter22' })).toEqual(['login']);
    expect(named({ dsn: `postgres://app:hunter22@${cluster.name}/db`, login: 'hunter22' })).toEqual(['dsn']);
  });

  test('of what looks like a secret in another object, too', () => {
    const object: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { password: 'hunter2' } };
    expect(said(object, { values: [{ login: 'hunter2' }] }).map(([value]) => value)).toEqual(['login']);
  });
});
