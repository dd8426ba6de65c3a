import { createHash } from 'node:crypto';
import { cluster, FleetError, type Problem } from '../../../constructs';
import type { ChartFinding, ChartInput, ChartObjects } from '../../../layers/charts/chart-input';
import type { Manifest } from '../../../layers/output';
import { fromHelmText } from '../../../layers/text/from-helm-text';
import { mapStrings, plainTokens } from '../../../layers/text/token';
import { fileText } from '../../../store/output/output-text';
import { renderedObject } from '../../../store/output/rendered-object';
import { readRendered } from '../../../store/yaml/read-rendered';
import { knowsNothing } from '../../builders/chart-renderer';
import { application, buildFleet, type ConfigContent, type Loose } from '../../builders/fleet-builder';

const repository = 'https://example.com/fleet.git';
const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const opened = (helm: object, fields: object = {}) => application({ hydrate: true, source: { ...source, helm }, ...fields });

/** Apps of a cluster type that is deployed by a root, which knows its clusters. */
const apps = (all: Readonly<Record<string, unknown>>): ConfigContent => ({
  clusterTypes: { infra: { apps: { root: { kind: 'RootApplicationSet', clusterType: 'mgmt' } } }, mgmt: { apps: all } },
});

/** What a chart makes of its values, as its templates would. */
type Chart = (values: Loose, input: ChartInput) => Loose;

interface Rendered {
  readonly documents: Readonly<Record<string, Loose>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly asked: readonly (readonly ChartInput[])[];
}

function giveBy(chart: Chart): (input: ChartInput) => ChartObjects {
  return (input) => {
    const values = Object.assign(Object.create(null), ...input.values.map((text) => JSON.parse(text)), parametersOf(input));
    try {
      const data = chart(values, input);
      const object = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'thing' }, ...data };
      return { objects: Array.isArray(data) ? (data as Manifest[]) : [object as Manifest] };
    } catch (error) {
      return { problems: [{ code: 'chart-render', message: 'Helm cannot render web 1.0.0', found: (error as Error).message }] };
    }
  };
}

function parametersOf({ parameters }: ChartInput): object {
  return Object.fromEntries(parameters.map(({ name, value, forceString }) => [name, !forceString && /^\d+$/.test(value) ? Number(value) : value]));
}

function rendered(config: ConfigContent, chart: Chart): Rendered {
  const fleet = buildFleet(config);
  const asked: (readonly ChartInput[])[] = [];
  fleet.chartRenderer = {
    ...knowsNothing,
    render(inputs) {
      asked.push(inputs);
      return inputs.map(giveBy(chart));
    },
  };
  const { files } = fleet.synth().folder('mgmt', 'integration/int-1/us');
  return {
    asked,
    documents: Object.fromEntries(files.flatMap((file) => ('document' in file ? [[file.path, file.document]] : []))),
    texts: Object.fromEntries(files.map((file) => [file.path, fileText(file)])),
  };
}

function problems(config: ConfigContent, chart: Chart): readonly Problem[] {
  try {
    rendered(config, chart);
    return [];
  } catch (error) {
    if (error instanceof FleetError) return error.problems;
    throw error;
  }
}

const region = cluster.annotation('example.com/region');
const account = cluster.annotation('example.com/account');

test('what only the cluster knows is filled in where it stands in the objects: they are a chart then, which its Application tells', () => {
  const config = apps({ web: opened({ valuesObject: { host: `${cluster.name}.${region}.example.com`, alert: '{{ $labels.x }}' } }) });
  const { documents, texts } = rendered(config, ({ host, alert }) => ({ spec: { host, rule: alert, [`at-${host}`]: [host] } }));
  expect(Object.keys(documents)).toEqual(expect.arrayContaining(['manifests/web/Chart.yaml', 'manifests/web/templates/thing-thing.yaml']));
  expect(documents['manifests/web/Chart.yaml']).toEqual({
    apiVersion: 'v2',
    description: 'The objects of web',
    name: 'web',
    type: 'application',
    version: '1.0.0',
  });
  const text = texts['manifests/web/templates/thing-thing.yaml'] ?? '';
  const missing = 'cluster.region is missing: expected from the annotation example.com/region of the cluster secret';
  expect(text).toContain(`required \`${missing}\` .Values.cluster.region`);
  expect(text.match(/\.Values\.cluster\.name/g)).toHaveLength(3);
  expect(text).toContain('{{`{{ $labels.x }}`}}');
  expect(documents['templates/web.yaml']?.spec.source).toEqual({
    repoURL: repository,
    targetRevision: 'HEAD',
    path: 'dist/mgmt/integration/int-1/us/manifests/web',
    helm: { releaseName: 'web', valuesObject: { cluster: { name: `${cluster.name}`, region: `${region}` } } },
  });
  // The root has to inject it, as it has to where the chart is not opened.
  expect(texts['templates/web.yaml']).toContain('.Values.cluster.region');
});

test('parameters and the namespace may be known to the cluster alone', () => {
  const fields = { destination: { name: `${cluster.name}`, namespace: `team-${cluster.label('team')}` } };
  const config = apps({ web: opened({ parameters: [{ name: 'host', value: `${cluster.name}` }] }, fields) });
  const { documents } = rendered(config, ({ host }, { namespace }) => ({ metadata: { name: 'thing', namespace }, spec: { host } }));
  expect(documents['manifests/web/templates/thing-thing.yaml']).toMatchObject({
    metadata: { namespace: `team-${cluster.label('team')}` },
    // Helm reads a number in a parameter.
    spec: { host: plainTokens(`${cluster.name}`) },
  });
});

test('each of them stands in in thirteen ways and is followed, all in one go after the first, and an app without any is rendered as before', () => {
  const config = apps({ web: opened({ valuesObject: { host: `${cluster.name}` } }), api: opened({ valuesObject: { host: 'x' } }) });
  const { asked, documents } = rendered(config, ({ host }) => ({ spec: { host } }));
  expect(asked.map((inputs) => inputs.map(({ releaseName, skipSchemaValidation }) => `${releaseName} ${skipSchemaValidation}`).sort())).toEqual([
    ['api false', 'web false'],
    Array(13).fill('web true'),
  ]);
  expect(
    Object.keys(documents)
      .filter((path) => path.startsWith('manifests/'))
      .sort(),
  ).toEqual(['manifests/api/thing-thing.yaml', 'manifests/web/Chart.yaml', 'manifests/web/templates/thing-thing.yaml']);
});

test('a chart that fails is tried with nothing else, and what stops all charts is no word about a value', () => {
  const config = apps({
    web: opened({ valuesObject: { host: `${cluster.name}`, port: `${region}` } }),
    api: opened({ valuesObject: { host: `${cluster.name}` } }),
  });
  const fleet = buildFleet(config);
  const asked: number[] = [];
  const over: ChartFinding = { code: 'chart-render', message: 'all charts take too long', found: 'most of it took web', isOfAll: true };
  const outcome = (fails: (input: ChartInput) => ChartFinding | undefined) => {
    asked.length = 0;
    fleet.chartRenderer = {
      ...knowsNothing,
      render(inputs) {
        asked.push(inputs.length);
        return inputs.map((input) => {
          const failure = fails(input);
          return failure ? { problems: [failure] } : giveBy(({ host, port = 'x' }) => ({ spec: { host, port } }))(input);
        });
      },
    };
    try {
      return fleet.synth().warnings;
    } catch (error) {
      if (error instanceof FleetError) return error.problems;
      throw error;
    }
  };
  expect(outcome(() => ({ code: 'chart-render', message: 'it did not come to an end' })).map(({ message }) => message)).toContain('it did not come to an end');
  expect(asked).toEqual([2]);
  const stopped = outcome(({ isTrial }) => (isTrial ? over : undefined)).filter(({ code }) => code.startsWith('chart'));
  expect(stopped).toEqual([{ code: 'chart-render', message: 'all charts take too long', found: 'most of it took web' }]);
});

const hosted = (host: unknown, more: object = {}) => apps({ web: opened({ valuesObject: { host, ...more } }) });
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

test.each<readonly [what: string, chart: Chart, found: string]>([
  ['encodes', ({ host }) => ({ data: { host: Buffer.from(host).toString('base64') } }), 'data.host'],
  ['measures', ({ host }) => ({ data: { size: host.length } }), 'data.size'],
  ['cuts', ({ host }) => ({ data: { host: host.slice(0, 63) } }), 'data.host'],
  ['writes small', ({ host }) => ({ data: { host: host.toLowerCase() } }), 'data.host'],
  ['parts', ({ host }) => ({ data: { host: host.split('.')[0] } }), 'data.host'],
  ['counts with', ({ host }) => ({ spec: { replicas: Number.parseInt(host, 10) || 0 } }), 'spec.replicas'],
  [
    'takes a checksum of',
    ({ host }) => ({ metadata: { name: 'thing', annotations: { 'checksum/config': hash(host) } } }),
    'metadata.annotations.checksum/config',
  ],
  ['asks whether it is long', ({ host }) => ({ spec: { is: host.length > 20 ? 'long' : 'short', host } }), 'spec.is'],
  ['writes a number of', ({ host }) => ({ spec: { text: JSON.stringify(/^\d+$/.test(host) ? Number(host) : host) } }), 'spec.text'],
])('a chart that %s it is refused', (_, chart, fields) => {
  const [found, ...more] = problems(hosted(`${cluster.name}`, { other: 'x' }), chart);
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    code: 'chart-token',
    app: 'web',
    place: ['hydrate'],
    message: "{{ .Values.cluster.name }} (the value 'host') of web 1.0.0 cannot be filled in later: Thing 'thing' does not hold it as it is",
    found: fields,
    hint: expect.stringContaining('say it for each target'),
  });
});

test('where several are told, the one that does not arrive is named', () => {
  const chart: Chart = ({ one, two }) => ({ data: { one, two: two.toUpperCase() } });
  const found = problems(apps({ web: opened({ valuesObject: { one: `${cluster.name}`, two: `${region}`, list: [{ at: `${region}` }] } }) }), chart);
  expect(found.map(({ message }) => message)).toEqual([
    "{{ .Values.cluster.region }} (the value 'list[0].at', the value 'two') of web 1.0.0 cannot be filled in later: Thing 'thing' does not hold it as it is",
  ]);
  // What only both together do: which of them comes first.
  const sorted: Chart = ({ one, two }) => ({ data: { all: [one, two].sort().join(' ') } });
  const [both, ...more] = problems(apps({ web: opened({ valuesObject: { one: `${cluster.name}`, two: `${account}` } }) }), sorted);
  expect(more).toEqual([]);
  expect(both?.message).toMatch(/cluster\.(name|account)/);
});

test('a chart whose objects depend on it, or that does not take every text, is refused', () => {
  const thing = (name: string): Manifest => ({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name } });
  const some: Chart = ({ host }) => (host.length > 20 ? [thing('a'), thing('b')] : [thing('a')]);
  expect(problems(hosted(`${cluster.name}`), some).map(({ message }) => message)).toEqual([
    "{{ .Values.cluster.name }} (the value 'host') of web 1.0.0 cannot be filled in later: which objects there are depends on it",
  ]);
  const picky: Chart = ({ host }) => {
    if (!/^[a-z]+$/.test(host)) throw new Error(`'${host}' is no host`);
    return { host };
  };
  expect(problems(hosted(`${cluster.name}`), picky)).toMatchObject([
    {
      message: "{{ .Values.cluster.name }} (the value 'host') of web 1.0.0 cannot be filled in later: the chart does not take every text for it",
      found: "Helm cannot render web 1.0.0: '{{ .Values.cluster.name }}' is no host",
    },
  ]);
  // Where it takes none at all, what stood in for it is said.
  const none: Chart = ({ host }) => {
    throw new Error(`'${host}' is no ARN`);
  };
  expect(problems(hosted(`${cluster.name}`), none)).toMatchObject([
    { code: 'chart-render', found: "'{{ .Values.cluster.name }}' is no ARN", hint: "'qzaafleet' for {{ .Values.cluster.name }} stood in it" },
  ]);
});

const checksOf = ({ texts }: Rendered) => (texts['manifests/web/templates/checks.tpl'] ?? '').split('\n').filter((line) => line.includes('mustRegexMatch'));
const numeric = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);

test('what a chart writes without quotation marks stands without them, and must be one scalar', () => {
  const given = rendered(hosted(`${account}`), ({ host }) => ({ spec: { account: numeric(host), ids: [numeric(`1${host}`)], text: `v${host}`, host } }));
  const missing = 'cluster.account is missing: expected from the annotation example.com/account of the cluster secret';
  const live = `{{ required \`${missing}\` .Values.cluster.account | toString }}`;
  expect(given.documents['manifests/web/templates/thing-thing.yaml']?.spec).toMatchObject({ account: plainTokens(`${account}`), host: `${account}` });
  const lines = (given.texts['manifests/web/templates/thing-thing.yaml'] ?? '').split('\n');
  expect(lines.slice(-6, -4)).toEqual([`  account: ${live}`, expect.stringContaining('  host: "{{ regexReplaceAll ')]);
  expect(lines.slice(-4, -2)).toEqual(['  ids:', `    - 1${live}`]);
  const checks = checksOf(given);
  expect(checks).toHaveLength(4);
  expect(given.texts['manifests/web/templates/checks.tpl']).toContain(`{{- with required \`${missing}\` .Values.cluster.account | toString }}\n`);
  expect(checks.join('\n')).toContain(
    'fail "cluster.account must not hold line breaks, tabs, control characters or `{{`, which the chart does not keep as it is',
  );
});

test('an object in which some stands without quotation marks is read back as it was written', () => {
  const { texts } = rendered(hosted(`${account}`), ({ host }) => ({ spec: { account: numeric(host), ids: [numeric(`1${host}`)] } }));
  const text = texts['manifests/web/templates/thing-thing.yaml'] ?? '';
  expect(mapStrings(readRendered(text), fromHelmText)).toMatchObject({
    spec: { account: '{{ .Values.cluster.account }}', ids: ['1{{ .Values.cluster.account }}'] },
  });
  expect(renderedObject(text, 'template')).toEqual({ kind: 'Thing', name: 'thing', fileNames: ['thing-thing', 'thing.example.com-thing'] });
  expect(renderedObject(text.replace('toString', 'upper'), 'template')).toBeUndefined();
});

test('what a chart does not keep is checked, of the value that it is, and nothing where it keeps everything', () => {
  const two = apps({ web: opened({ valuesObject: { one: `${cluster.name}`, two: `${region}` } }) });
  expect(checksOf(rendered(two, ({ one, two: other }) => ({ data: { one, [other]: `${one}-${other}` } })))).toEqual([]);
  const html = rendered(two, ({ one, two: other }) => ({ data: { one, other: other.replaceAll('&', '&amp;') } }));
  expect(checksOf(html)).toEqual([
    expect.stringContaining('fail "cluster.region must not hold `&`, `<`, `>` or `%`, which the chart does not keep as it is: expected from'),
  ]);
  const picky: Chart = ({ one, two: other }) => {
    if (one.includes('\n')) throw new Error('a line break');
    return { data: { one, both: (one + other).replaceAll('"', '') } };
  };
  expect(checksOf(rendered(two, picky)).map((line) => /fail "(cluster\.\w+ must not hold \w+ \w+)/.exec(line)?.[1])).toEqual([
    'cluster.name must not hold quotation marks',
    'cluster.name must not hold line breaks',
    'cluster.region must not hold quotation marks',
  ]);
});

test('what a chart makes JSON of is escaped there when it is filled in; who writes JSON says it', () => {
  const { texts } = rendered(hosted(`${cluster.name}`), ({ host }) => ({ data: { config: JSON.stringify({ host }), host } }));
  const lines = (texts['manifests/web/templates/thing-thing.yaml'] ?? '').split('\n');
  const [json, plain] = ['config:', 'host:'].map((key) => lines.find((line) => line.trim().startsWith(key)) ?? '');
  expect(json?.match(/regexReplaceAll/g)).toHaveLength(2);
  expect(plain?.match(/regexReplaceAll/g)).toHaveLength(1);
  const own = rendered(hosted(`{"a":"${cluster.name}"}`), ({ host }) => ({ data: { host } }));
  const written = own.texts['manifests/web/templates/thing-thing.yaml'] ?? '';
  expect(written.match(/regexReplaceAll/g)).toHaveLength(1);
});

test('an object may be called by it', () => {
  const { texts } = rendered(hosted(`${cluster.name}`), ({ host }) => ({ metadata: { name: `web-${host}` } }));
  expect(Object.keys(texts)).toContain('manifests/web/templates/thing-web-___.Values.cluster.name___.yaml');
});

test.each<readonly [what: string, helm: object, fields: object, place: readonly string[]]>([
  ['the name of the release', { releaseName: `web-${cluster.name}` }, {}, ['source', 'helm', 'releaseName']],
  ['the version of Kubernetes', { kubeVersion: `${region}` }, {}, ['source', 'helm', 'kubeVersion']],
  ['kinds that are there', {}, { apiVersions: [`${region}`] }, ['apiVersions']],
])('%s must be known here', (_, helm, fields, place) => {
  const found = problems(apps({ web: opened(helm, fields) }), () => ({}));
  expect(found).toMatchObject([{ code: 'hydrate', place, message: 'how a chart is rendered must be known here, and not only to the cluster' }]);
});

test('an object that is more than Helm reads of a file is refused where Helm fills something in', () => {
  const size = (length: number) =>
    problems(hosted(`${cluster.name}`), ({ host }) => ({ spec: { host, text: 'x'.repeat(length) } })).filter(({ code }) => code !== 'object-size');
  expect(size(5_242_000)).toEqual([]);
  expect(size(5_243_000)).toMatchObject([
    {
      code: 'folder-size',
      message: "the Thing 'thing' is more than Helm reads of a file, and Helm fills in what only the cluster knows",
      expected: 'at most 5242880 bytes',
      place: ['hydrate'],
    },
  ]);
});
