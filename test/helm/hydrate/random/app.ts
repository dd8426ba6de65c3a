import fc from 'fast-check';
import { cluster } from '../../../../constructs';
import { mapStrings } from '../../../../layers/text/token';
import { hashOf } from '../../../../store/files/journal';
import { application } from '../../../builders/fleet-builder';
import type { HydrateRepository } from '../../../store/hydrate/hydrate-builder';
import { filesOf, isBreaking, namesOf, packed, type RandomChart, type RandomDependency, randomChart, valuePlaces } from './chart';

/** What only the cluster knows, by the keys under which it is told: in what is made here `<name>` stands for it. */
const tokens = {
  name: String(cluster.name),
  role: String(cluster.annotation('example.com/role')),
  team: String(cluster.label('team')),
};

export type Known = Readonly<Record<keyof typeof tokens, string>>;

interface Said {
  /** From the top of the values of some chart. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** An app with charts: what it is told and how. */
export interface RandomApp {
  readonly chart: RandomChart;
  readonly place: 'folder' | 'archive';
  /** By the places at which charts read their values; which place it is counts from the first, and around. */
  readonly said: readonly (Said & { readonly at: number })[];
  /** How values are said. */
  readonly form: 'object' | 'text' | 'commented' | 'none';
  readonly parameters: readonly { readonly name: string; readonly value: string; readonly forceString: boolean }[];
  readonly files: readonly ('own' | 'top' | 'ref' | 'pattern' | 'missing')[];
  readonly fileParameter: boolean;
  readonly source: 'alone' | 'list' | 'map' | 'two';
  readonly releaseName: string;
  readonly namespace: string;
  readonly ownNamespace: string;
  readonly kubernetes: string;
  readonly apiVersions: readonly string[];
  readonly areOfSource: boolean;
  readonly skips: readonly ('skipCrds' | 'skipTests' | 'skipSchemaValidation')[];
  readonly known: Known;
  /** Whether all of it is known where the app is rendered, so that it is told no token. */
  readonly isKnownHere: boolean;
}

const fixed = fc.oneof(
  fc.constantFrom(
    'a',
    'on',
    '010',
    '1e3',
    '12:30',
    'null',
    'x y',
    '{{ "z" }}',
    'a: b',
    '- a',
    'a #b',
    '',
    ' a ',
    'a\nb\n',
    '\ttab',
    "it's",
    '"q"',
    '日本',
    '%s',
    '*a',
    '&a',
    '~',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(0, 1.5, -0.25, 1234567.5, 9007199254740991),
);
const token = fc.constantFrom('<name>', '<role>', '<team>', 'x-<role>.example.com', '<name>/<team>', '{"a": "<name>"}');
const scalar = fc.oneof({ weight: 2, arbitrary: fixed }, { weight: 1, arbitrary: token });

const said: fc.Arbitrary<Said> = fc.oneof(
  fc.record({
    path: fc.constantFrom(['one'], ['two'], ['map', 'a'], ['map', 'c'], ['nested', 'a'], ['text'], ['param'], ['exports', 'data', 'imported']),
    value: scalar,
  }),
  fc.record({ path: fc.constantFrom(['list'], ['nested', 'b']), value: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ path: fc.constant(['known']), value: fc.constantFrom('prod', 'dev', 'forbidden', 1, true) }),
  fc.record({ path: fc.constant(['flag']), value: fc.boolean() }),
  fc.record({ path: fc.constant(['nothing']), value: fc.constant(null) }),
  fc.record({ path: fc.constant(['base']), value: fc.constant({ x: null, z: [{ deep: 'er' }] }) }),
  fc.record({
    path: fc.constant(['tplText']),
    value: fc.constantFrom('{{ .Values.two }}', 'plain', '{{ include "web.name" . }}', '{{ .Values.global.region | upper }}'),
  }),
  fc.record({ path: fc.constant(['global', 'region']), value: scalar }),
  fc.record({ path: fc.constant(['global', 'namespace']), value: fc.constantFrom('elsewhere', 'shop') }),
  fc.record({ path: fc.constant(['tags', 'backend']), value: fc.boolean() }),
);

const parameter = fc.record({
  name: fc.constantFrom(
    ...[
      'param',
      'map.a',
      'map.d',
      'list',
      'list[0]',
      'list[1]',
      'dotted\\.key',
      'global.region',
      'nested.b[0]',
      'nested.c.d',
      'db.one',
      'queue.list[0]',
      'db.disk.two',
    ],
  ),
  value: fc.oneof(
    fc.constantFrom('x', '8080', '1.5', 'true', 'null', '', '{a,b}', '{}', 'a,b', 'a\\,b', 'a=b', 'x y', "it's", '"q"', '[1]', '0123', '1e3'),
    fc.oneof(token, fc.constantFrom('{<name>,b}', 'a,<team>')),
  ),
  forceString: fc.boolean(),
});

const known = fc.record({
  name: fc.constantFrom('prod-eu-1', 'x', 'v-'.repeat(40), 'team.a', 'a b', "it's", 'a: b'),
  role: fc.constantFrom('arn:aws:iam::123456789012:role/web.Reader', 'r', '8080', '日本', 'a\nb', 'true'),
  team: fc.constantFrom('team-a', 'b', '1.5', '"q"', '{a,b}', 'a,b'),
});

export const randomApp: fc.Arbitrary<RandomApp> = fc.record({
  chart: randomChart,
  place: fc.constantFrom('folder', 'archive'),
  said: fc.array(
    fc.tuple(said, fc.nat({ max: 20 })).map(([one, at]) => ({ ...one, at })),
    { maxLength: 6 },
  ),
  form: fc.constantFrom('object', 'object', 'object', 'text', 'commented', 'none'),
  parameters: fc.uniqueArray(parameter, { maxLength: 3, selector: ({ name }) => name.split(/[.[]/)[0] }),
  files: fc.uniqueArray(fc.constantFrom('own', 'top', 'ref', 'pattern', 'missing'), { maxLength: 3 }),
  fileParameter: fc.boolean(),
  source: fc.constantFrom('alone', 'list', 'map', 'two'),
  releaseName: fc.constantFrom('', '', 'release', 'r.1-x'),
  namespace: fc.constantFrom('shop', 'shop', '', 'team-<team>', '<name>'),
  ownNamespace: fc.constantFrom('', '', 'elsewhere', '<team>'),
  kubernetes: fc.constantFrom('1.35', '1.30.2', 'v1.33'),
  apiVersions: fc.constantFrom([], ['example.com/v1/Thing'], ['monitoring.coreos.com/v1', 'example.com/v1']),
  areOfSource: fc.boolean(),
  skips: fc.uniqueArray(fc.constantFrom('skipCrds', 'skipTests', 'skipSchemaValidation'), { maxLength: 2 }),
  known,
  isKnownHere: fc.boolean(),
});

/** The fields of an app, closed and opened. */
export interface Fields {
  readonly closed: Readonly<Record<string, unknown>>;
  readonly opened: Readonly<Record<string, unknown>>;
}

const own = 'https://example.com/fleet.git';

/** Writes what an app reads into a repository. */
export function write(app: RandomApp, repository: HydrateRepository): void {
  const files = filesOf(app.chart);
  const under = (folder: string, all: Readonly<Record<string, string | Buffer>>) =>
    Object.fromEntries(Object.entries(all).map(([path, content]) => [`${folder}/${path}`, content]));
  const more = { 'own.yaml': 'one: own\ntwo: own # said\nmap: {f: own}\n' };
  if (app.place === 'folder') repository.write(under('charts/web', { ...files, ...more }));
  else {
    const archive = packed('web', { ...files, ...more });
    const path = 'archives/charts.example.com/web-1.0.0.tgz';
    const entry = { chart: 'web', repository: 'https://charts.example.com', version: '1.0.0', archive: path, sha256: hashOf(archive) };
    repository.write({ [`imports/charts/${path}`]: archive, 'imports/charts/lock.json': JSON.stringify({ version: 1, charts: [entry] }) });
  }
  repository.write({
    ...under('charts/other', { 'Chart.yaml': 'apiVersion: v2\nname: other\nversion: 0.1.0\n', 'templates/a.yaml': other }),
    'envs/1.yaml': 'two: one\nlist: [env]\nglobal: {region: env}\n',
    'envs/2.yaml': '# nothing but a list\nlist: [1, {a: b}]\n',
    'envs/deep/3.yaml': 'map: {deep: true}\n',
    'top.yaml': 'flag: false\nknown: dev\n',
    'key.pem': 'a,b\n{{ c }}\n"d" \\ e\n',
  });
}

const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other-{{ .Release.Name }}\ndata:\n  one: {{ .Values.one | quote }}\n';

/** An app as its file says it. */
export function fieldsOf(app: RandomApp): Fields {
  const { place, source, namespace, kubernetes, apiVersions, areOfSource } = app;
  const id =
    place === 'folder'
      ? { repoURL: own, path: 'charts/web', targetRevision: 'HEAD' }
      : { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
  const chart = { ...id, helm: helmOf(app) };
  const ref = app.files.includes('ref') ? [{ name: 'files', source: { repoURL: own, targetRevision: 'HEAD', ref: 'files' } }] : [];
  const second =
    source === 'two'
      ? [
          {
            name: 'other',
            source: { repoURL: own, path: 'charts/other', targetRevision: 'HEAD', helm: { releaseName: 'second', valuesObject: { one: '<team>' } } },
          },
        ]
      : [];
  const all = [...ref, { name: 'web', source: chart }, ...second];
  const named = all.map(({ name, source: one }) => ({ name, ...one }));
  const sources =
    all.length === 1 && source === 'alone'
      ? { source: chart }
      : { sources: source === 'map' ? Object.fromEntries(all.map(({ name, source: one }) => [name, one])) : named };
  const destination = { server: 'https://kubernetes.default.svc', ...(namespace === '' ? {} : { namespace }) };
  const fields = application({ source: undefined, ...sources, destination });
  const closed = mapStrings(fields as never, (text) =>
    text.replaceAll(/<(name|role|team)>/g, (_, key) => (app.isKnownHere ? `the-${key}` : tokens[key as keyof Known])),
  ) as typeof fields;
  return { closed, opened: { ...closed, hydrate: true, ...(areOfSource ? {} : { kubernetes, apiVersions }) } };
}

function helmOf(app: RandomApp): Readonly<Record<string, unknown>> {
  const { form, parameters, files, place, fileParameter, releaseName, ownNamespace, kubernetes, apiVersions, areOfSource, skips } = app;
  const values = valuesOf(app);
  const paths = {
    own: 'own.yaml',
    top: place === 'folder' ? '/top.yaml' : 'ci/values.yaml',
    ref: '$files/envs/1.yaml',
    missing: 'none.yaml',
    pattern: place === 'folder' ? '/envs/**/*.yaml' : 'ci/*.yaml',
  };
  return {
    ...(form === 'none' ? {} : form === 'object' ? { valuesObject: values } : { values: textOf(values, form === 'commented') }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(files.length > 0 ? { valueFiles: files.map((file) => paths[file]) } : {}),
    ...(files.includes('missing') ? { ignoreMissingValueFiles: true } : {}),
    ...(fileParameter && place === 'folder' ? { fileParameters: [{ name: 'text', path: '/key.pem' }] } : {}),
    ...(releaseName === '' ? {} : { releaseName }),
    ...(ownNamespace === '' ? {} : { namespace: ownNamespace }),
    ...(areOfSource ? { kubeVersion: kubernetes, apiVersions } : {}),
    ...Object.fromEntries(skips.map((field) => [field, true])),
  };
}

type Values = { [key: string]: unknown };

function valuesOf({ chart, said: all }: RandomApp): Values {
  const places = valuePlaces(chart);
  const values: Values = {};
  const set = (path: readonly string[], value: unknown) => {
    let at = values;
    for (const key of path.slice(0, -1)) {
      if (typeof at[key] !== 'object' || at[key] === null) at[key] = {};
      at = at[key] as Values;
    }
    at[path.at(-1) as string] = value;
  };
  for (const { at, path, value } of all) set([...(places[at % places.length] ?? []), ...path], value);
  const switched = (one: RandomDependency, above: readonly string[]) => {
    for (const name of namesOf(one)) {
      if (!one.isOn) set([...above, name, 'enabled'], false);
      for (const below of one.chart.dependencies) switched(below, [...above, name]);
    }
  };
  for (const one of chart.dependencies) switched(one, []);
  return values;
}

/** As people write it: with comments, what a reader of YAML takes for the same. */
function textOf(values: Values, isCommented: boolean): string {
  const text = JSON.stringify(values);
  return isCommented
    ? `# what is said\n${Object.keys(values)
        .map((key) => `${key}: ${JSON.stringify(values[key])} # so\n`)
        .join('')}`
    : text;
}

/** The files of values that Helm is given, in their order, by paths from the repository; of an archive, from the chart with `chart:` in front. */
export function valueFilesOf({ place, files }: RandomApp): readonly string[] {
  const isFolder = place === 'folder';
  const pattern = isFolder ? ['envs/1.yaml', 'envs/2.yaml', 'envs/deep/3.yaml'] : ['chart:ci/values.yaml'];
  const paths = { own: ['chart:own.yaml'], top: [isFolder ? 'top.yaml' : 'chart:ci/values.yaml'], ref: ['envs/1.yaml'], missing: [], pattern };
  const alone = new Set(files.filter((file) => file !== 'pattern').flatMap((file) => paths[file]));
  return files.flatMap((file) => (file === 'pattern' ? pattern.filter((path) => !alone.has(path)) : paths[file]));
}

/** Whether the chart may be refused because it does not keep what the cluster says. */
export function mayBeRefused(app: RandomApp): boolean {
  return isBreaking(app.chart) && hasTokens(app);
}

export function hasTokens(app: RandomApp): boolean {
  return !app.isKnownHere && (app.source === 'two' || /<(name|role|team)>/.test(JSON.stringify(app)));
}

/** Whether the cluster says something that may mean something else to YAML or a schema than a name does. */
export function isOdd(text: string): boolean {
  return text === 'true' || !/^([\w./:-]*[a-z][\w./:-]*|\d+)$/i.test(text);
}
