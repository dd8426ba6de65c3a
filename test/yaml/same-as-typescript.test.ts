import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { type AnyFleet, fleetFromConfig } from '../../constructs';
import { fileText } from '../../store/output/output-text';
import { readConfig } from '../../store/read/read-config';
import { buildFleet } from '../builders/fleet-builder';
import { TemporaryFolders } from '../workspaces/temporary-folder';

// Each run renders two fleets.
jest.setTimeout(60_000);

const folders = new TemporaryFolders();

const sequence = {
  environments: [
    { name: 'int', sectors: [{ name: 's1', regions: ['us', 'eu'] }] },
    { name: 'prod', promotion: 'manual', sectors: [{ name: 'p1', regions: ['us'] }] },
  ],
};
const paths = ['int', 'int/s1', 'int/s1/us', 'int/s1/eu', 'prod', 'prod/p1', 'prod/p1/us'];

type Values = Readonly<Record<string, unknown>>;

/** Chart values of one app by layer: what the two forms of a fleet are written from. */
interface Layers {
  readonly defaults: Values;
  readonly base: Values;
  readonly overrides: Readonly<Record<string, Values>>;
  readonly patches: Readonly<Record<string, { readonly rolledOutTo: readonly string[]; readonly change: Values }>>;
}

const source = { repoURL: 'https://charts.example.com', chart: 'web', targetRevision: '1.0.0' };
const common = { project: 'default', destination: { server: 'https://kubernetes.default.svc', namespace: 'web' } };

function inSource(values: Values, rest: Values = {}): Values {
  return { source: { ...rest, helm: { valuesObject: values } } };
}

function mapValues<T, U>(map: Readonly<Record<string, T>>, change: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function inTypeScript({ defaults, base, overrides, patches }: Layers): AnyFleet {
  const web = {
    ...inSource(base, source),
    overrides: mapValues(overrides, (values) => inSource(values)),
    patches: mapValues(patches, ({ rolledOutTo, change }) => ({ rolledOutTo, change: inSource(change) })),
  };
  return buildFleet({
    fleet: { repository: '', adopted: true, ...sequence },
    clusterTypes: { mc: { defaults: { applications: { ...common, ...inSource(defaults) } }, apps: { web } } },
  });
}

/** Ways to write a text so that nobody can mistake it: a fleet is written by many hands. */
const styles = ['QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;

function inYaml({ defaults, base, overrides, patches }: Layers, style: (typeof styles)[number] = 'QUOTE_DOUBLE'): AnyFleet {
  const defaultKeyType = style === 'QUOTE_SINGLE' ? style : 'QUOTE_DOUBLE';
  const yaml = (content: unknown) => {
    const styled = stringify(content, { defaultStringType: style, defaultKeyType, lineWidth: style === 'BLOCK_FOLDED' ? 20 : 80 });
    // The library writes a block of nothing but spaces that says nothing at all.
    return isDeepStrictEqual(parse(styled), content) ? styled : stringify(content, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' });
  };
  const app = (fields: Values) => yaml({ applications: { web: fields } });
  const folder = folders.make({
    'config.yaml': yaml({ sequence, cluster_types: [{ name: 'mc' }] }),
    'mc/defaults.yaml': yaml({ applications: { default: { ...common, ...inSource(defaults) } } }),
    'mc/web/values.yaml': app(inSource(base, source)),
    ...Object.fromEntries(Object.entries(overrides).map(([path, values]) => [`mc/web/${path}/override.yaml`, app(inSource(values))])),
    ...Object.fromEntries(
      Object.entries(patches).flatMap(([name, { rolledOutTo, change }]) => rolledOutTo.map((path) => [`mc/web/${path}/${name}.yaml`, app(inSource(change))])),
    ),
  });
  return fleetFromConfig(readConfig(folder));
}

/** Templates and charts by path. */
function rendered(fleet: AnyFleet): Readonly<Record<string, string>> {
  const files = [...fleet.synth()].flatMap(({ path, files }) => files.map((file) => [`${path}/${file.path}`, fileText(file)] as const));
  return Object.fromEntries(files);
}

/** Braces that happen to be there mean something in YAML, and nothing in TypeScript. */
const isPlain = (random: string) => !random.includes('{{');
const text = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 12 }).filter(isPlain),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter(isPlain),
  fc.constantFrom(
    'yes',
    'no',
    'y',
    '010',
    '12:30',
    '1e3',
    '0o17',
    '2024-01-01',
    'null',
    '~',
    '',
    ' ',
    'a: b',
    '# x',
    '- x',
    '*x',
    '&x',
    '!x',
    '|',
    '1.10',
    '<<',
    '=',
  ),
  fc.constantFrom('line\nbreak\n', '  two\nlines', 'tab\tin', "it's", '"quoted"', '{{ .name }}', '{{ $x }} }}', '}}', '12345678901234567890'),
);
// Without an exponent, which YAML 1.1 takes for text: that is another test's.
const number = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
  .filter((value) => !String(value).includes('e') && !Object.is(value, -0));
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), number);
// A key may be any text but one with an expression, which no TypeScript has, and one that no object can have.
const key = text.filter((name) => !name.includes('{{') && name !== '__proto__');
const values: fc.Arbitrary<Values> = fc.letrec<{ readonly value: unknown; readonly map: Values }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('map')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).map;
const patch = fc.record({
  rolledOutTo: fc.constantFrom(['int'], ['int/s1/us'], ['int', 'prod/p1'], ['int/s1', 'prod']),
  change: fc.tuple(key, scalar, values).map(([name, value, rest]) => ({ ...rest, [name]: value })),
});
const layers: fc.Arbitrary<Layers> = fc.record({
  defaults: values,
  base: values,
  overrides: fc.dictionary(fc.constantFrom(...paths), values, { maxKeys: 3, noNullPrototype: true }),
  patches: fc.dictionary(fc.constantFrom('patch-001', 'patch-002'), patch, { maxKeys: 2, noNullPrototype: true }),
});

test('a fleet of plain data renders to the same files, written as YAML and as TypeScript', () => {
  fc.assert(
    fc.property(layers, fc.constantFrom(...styles), (data, style) => {
      expect(rendered(inYaml(data, style))).toEqual(rendered(inTypeScript(data)));
    }),
    { numRuns: 150 },
  );
});

test('and the two are not the same because nothing arrives', () => {
  const data: Layers = {
    defaults: { a: 1 },
    base: { b: 'yes', c: [1, { d: '010' }] },
    overrides: { 'int/s1': { b: 'no' } },
    patches: { 'patch-001': { rolledOutTo: ['int', 'prod/p1'], change: { e: 2 } } },
  };
  const files = rendered(inYaml(data));
  expect(Object.keys(files)).toHaveLength(11);
  expect(files['mc/int/s1/us/templates/web.yaml']).toContain("b: 'no'");
  expect(files['mc/prod/p1/us/templates/web.yaml']).toContain("b: 'yes'");
  expect(files['mc/prod/p1/us/templates/web.yaml']).toContain('e: 2');
});
