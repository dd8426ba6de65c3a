import { parse } from '@babel/parser';
import fc from 'fast-check';
import type { ValueShape } from '../../../layers/charts/value-shape';
import { FleetError } from '../../../layers/problem';
import { shapeOf } from '../../../store/charts/chart';
import { typesText, valuesTypeOf } from '../../../store/charts/types-text';
import { type ChartParts, chartFiles } from '../../builders/chart-builder';

const shape = (parts: ChartParts): ValueShape => shapeOf(new Map(Object.entries(chartFiles(parts)).map(([path, text]) => [path, Buffer.from(text)])), 'web 1');

/** The types of a chart, without the lines that all have. */
function types(parts: ChartParts): string {
  const text = typesText({ name: 'web', origins: [], shape: shape(parts) });
  return text
    .slice(text.indexOf('export type WebMap'))
    .replace(/ {2}\/\*\* What the chart and all its subcharts see. \*\/\n {2}readonly global.*\n/, '')
    .trim();
}

const property = (schema: object | boolean) => types({ schema: { properties: { x: schema } } }).replace(/^export type WebMap = \{\n {2}|\n\};$/g, '');

test('keys of values.yaml have the kind of what stands there, and the comment above as their description', () => {
  const values = `
# Default values for web.

# How many replicas there are
replicaCount: 1
image:
  # -- The image
  # of the web server
  repository: nginx
  tag: ""   # the chart's own version
# @schema
# type: string
# @schema
# -- (string) Its name
# @default -- the release's
nameOverride:
## @param service.port [number] The port
service:
  port: 80
# pullSecrets:
#   - name: x
pullSecrets: []
nodeSelector: {}
resources:
  limits:
    cpu: 1
yes: true
# The number of pods.
#
# In production set this to 2 or more.
pods: 1
# Update strategy.
# For example:
#  strategy:
#    type: RollingUpdate
strategy: {}
service2:
  # The type
  type: ClusterIP
  # +docs:property
  # Where it is reached
  # loadBalancerIP: ""
  # annotations:
  #   a: b

  # NOTE: this is no key
  # For example: x
  # also: none
  port: 1
  # nodePort: 30000
hostAliases: []
# - ip: 127.0.0.1
#   hostnames: []
last: 1
`;
  expect(types({ values })).toMatchInlineSnapshot(`
   "export type WebMap = {
     /** @default [] */
     readonly hostAliases?: ChartPart<readonly Value[]>;
     readonly image?: ChartPart<Image>;
     /** @default 1 */
     readonly last?: ChartValue<number>;
     /** Its name. */
     readonly nameOverride?: Value;
     /** @default {} */
     readonly nodeSelector?: ChartPart<{ readonly [key: string]: Value }>;
     /** The number of pods. @default 1 */
     readonly pods?: ChartValue<number>;
     /** @default [] */
     readonly pullSecrets?: ChartPart<readonly Value[]>;
     /** How many replicas there are. @default 1 */
     readonly replicaCount?: ChartValue<number>;
     readonly resources?: ChartPart<Resources>;
     readonly service?: ChartPart<Service>;
     readonly service2?: ChartPart<Service2>;
     /** Update strategy. @default {} */
     readonly strategy?: ChartPart<{ readonly [key: string]: Value }>;
     /** @default true */
     readonly true?: ChartValue<boolean>;
   };

   type Image = {
     /** The image of the web server. @default "nginx" */
     readonly repository?: ChartValue<string>;
     /** the chart's own version. @default "" */
     readonly tag?: ChartValue<string>;
   };

   type Resources = {
     readonly limits?: ChartPart<Limits>;
   };

   type Limits = {
     /** @default 1 */
     readonly cpu?: ChartValue<string | number>;
   };

   type Service = {
     /** The port. @default 80 */
     readonly port?: ChartValue<number>;
   };

   type Service2 = {
     readonly annotations?: Value;
     /** Where it is reached. */
     readonly loadBalancerIP?: Value;
     readonly nodePort?: Value;
     /** @default 1 */
     readonly port?: ChartValue<number>;
     /** The type. @default "ClusterIP" */
     readonly type?: ChartValue<string>;
   };"
  `);
});

test('a key that could be misread, a comment that would end, and an unknown alphabet stay text', () => {
  const values = `
# A comment */ export const hacked = 1; /*
"a'b\\\\": 1
"*/": 2
"\\u2028": 3
constructor: 4
__proto__: 5
toString: {toString: 1}
"größe": 6
"": 7
readonly: 8
3: 9
map: {value: {a: 1}, chart-value: {b: 1}}
`;
  expect(types({ values })).toMatchInlineSnapshot(`
   "export type WebMap = {
     /** @default 7 */
     readonly ''?: ChartValue<number>;
     /** @default 2 */
     readonly '*/'?: ChartValue<number>;
     /** @default 9 */
     readonly '3'?: ChartValue<number>;
     /** @default 5 */
     readonly __proto__?: ChartValue<number>;
     /** A comment *\\/ export const hacked = 1; /*. @default 1 */
     readonly 'a\\'b\\\\'?: ChartValue<number>;
     /** @default 4 */
     readonly constructor?: ChartValue<number>;
     /** @default 6 */
     readonly 'gr\\u{f6}\\u{df}e'?: ChartValue<number>;
     readonly map?: ChartPart<Map>;
     /** @default 8 */
     readonly readonly?: ChartValue<number>;
     readonly toString?: ChartPart<ToString>;
     /** @default 3 */
     readonly '\\u{2028}'?: ChartValue<number>;
   };

   type Map = {
     readonly 'chart-value'?: ChartPart<MapChartValue>;
     readonly value?: ChartPart<MapValue>;
   };

   type MapChartValue = {
     /** @default 1 */
     readonly b?: ChartValue<number>;
   };

   type MapValue = {
     /** @default 1 */
     readonly a?: ChartValue<number>;
   };

   type ToString = {
     /** @default 1 */
     readonly toString?: ChartValue<number>;
   };"
  `);
});

test.each<readonly [string, object | boolean, string]>([
  ['any', {}, 'readonly x?: Value;'],
  ['true', true, 'readonly x?: Value;'],
  ['a string', { type: 'string' }, 'readonly x?: ChartValue<string>;'],
  ['an integer', { type: 'integer' }, 'readonly x?: ChartValue<number>;'],
  ['several types', { type: ['string', 'null', 'integer'] }, 'readonly x?: ChartValue<string | number>;'],
  ['words', { enum: ['a', "b'", 3, true, null] }, "readonly x?: ChartValue<'a' | 'b\\'' | 3 | true>;"],
  ['one word', { const: 'a' }, "readonly x?: ChartValue<'a'>;"],
  ['a list', { type: 'array', items: { type: 'string' } }, 'readonly x?: ChartPart<readonly ChartValue<string>[]>;'],
  ['a list of anything', { type: 'array' }, 'readonly x?: ChartPart<readonly Value[]>;'],
  ['an open map', { type: 'object' }, 'readonly x?: ChartPart<{ readonly [key: string]: Value }>;'],
  ['a map of strings', { additionalProperties: { type: 'string' } }, 'readonly x?: ChartPart<{ readonly [key: string]: ChartValue<string> }>;'],
  ['patterns of keys', { patternProperties: { '^a': { type: 'number' } } }, 'readonly x?: ChartPart<{ readonly [key: string]: ChartValue<number> }>;'],
  ['one of several', { oneOf: [{ type: 'string' }, { type: 'boolean' }] }, 'readonly x?: ChartValue<string | boolean>;'],
  ['one of several constraints', { type: 'string', anyOf: [{ pattern: 'a' }, { maxLength: 1 }] }, 'readonly x?: ChartValue<string>;'],
  ['all of several', { allOf: [{ type: ['string', 'number'] }, { type: 'string' }] }, 'readonly x?: ChartValue<string>;'],
  ['nothing but null', { type: 'null' }, 'readonly x?: ChartValue<null>;'],
  ['an address elsewhere', { $ref: 'https://example.com/schema.json#/definitions/x' }, 'readonly x?: Value;'],
  ['another file', { $ref: 'file:///etc/passwd' }, 'readonly x?: Value;'],
  [
    'a description and a default',
    { type: 'boolean', description: 'Whether it is\non', default: false },
    '/** Whether it is on. @default false */\n  readonly x?: ChartValue<boolean>;',
  ],
  ['a title', { type: 'boolean', title: 'On @param' }, '/** On param. */\n  readonly x?: ChartValue<boolean>;'],
])('a schema of %s', (_, schema, expected) => {
  expect(property(schema)).toBe(expected);
});

test('references within a schema are followed, shared types have one name, and a circle is open', () => {
  const schema = {
    properties: {
      one: { $ref: '#/$defs/part' },
      other: { $ref: '#/$defs/part' },
      named: { $ref: '#anchor' },
      'a/b': { $ref: '#/$defs/a~1b' },
    },
    $defs: {
      part: {
        properties: {
          size: { $ref: '#/definitions/size' },
          parts: { type: 'array', items: { $ref: '#/$defs/part' } },
        },
      },
      named: { $anchor: 'anchor', type: 'string' },
      'a/b': { type: 'boolean' },
    },
    definitions: { size: { type: 'number' } },
  };
  expect(types({ schema })).toMatchInlineSnapshot(`
   "export type WebMap = {
     readonly 'a/b'?: ChartValue<boolean>;
     readonly named?: ChartValue<string>;
     readonly one?: ChartPart<One>;
     readonly other?: ChartPart<One>;
   };

   type One = {
     readonly parts?: ChartPart<readonly Value[]>;
     readonly size?: ChartValue<number>;
   };"
  `);
});

test('a schema is completed by values.yaml: keys that it leaves out, and descriptions', () => {
  const schema = {
    properties: {
      listed: { properties: { a: { type: 'string' } } },
      closed: {
        properties: { a: { type: 'string' } },
        additionalProperties: false,
      },
      open: {
        properties: { a: { type: 'string' } },
        additionalProperties: true,
      },
      bare: { type: 'object' },
    },
  };
  const values = 'listed:\n  a: 1\n  # From the values\n  b: 1\nclosed: {a: x, b: 1}\nopen: {b: 1}\nbare: {a: 1}\nmore: true\n';
  expect(types({ schema, values })).toMatchInlineSnapshot(`
   "export type WebMap = {
     readonly bare?: ChartPart<Bare>;
     readonly closed?: ChartPart<Closed>;
     readonly listed?: ChartPart<Listed>;
     /** @default true */
     readonly more?: ChartValue<boolean>;
     readonly open?: ChartPart<Open>;
   };

   type Bare = {
     /** @default 1 */
     readonly a?: ChartValue<number>;
     readonly [key: string]: Value;
   };

   type Closed = {
     /** @default "x" */
     readonly a?: ChartValue<string>;
   };

   type Listed = {
     /** @default 1 */
     readonly a?: ChartValue<string>;
     /** From the values. @default 1 */
     readonly b?: ChartValue<number>;
   };

   type Open = {
     readonly a?: ChartValue<string>;
     /** @default 1 */
     readonly b?: ChartValue<number>;
     readonly [key: string]: Value;
   };"
  `);
});

test('a subchart has its own values, those that the chart sets for it, and what switches it on', () => {
  const files = {
    'Chart.yaml':
      'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - {name: db, alias: store, condition: store.enabled}\n  - {name: gone, condition: extra.gone.enabled, tags: [x]}\n',
    'charts/db/Chart.yaml': 'name: db\nversion: 1.0.0\n',
    'charts/db/values.yaml': '# Megabytes\nsize: 1\nuser: {name: x}\n',
  };
  expect(types({ values: 'store: {size: 2, own: x}\nglobal: {a: 1}\n', files })).toMatchInlineSnapshot(`
   "export type WebMap = {
     readonly extra?: ChartPart<Extra>;
     readonly global?: ChartPart<Global>;
     readonly gone?: ChartPart<{ readonly [key: string]: Value }>;
     readonly store?: ChartPart<Store>;
     readonly tags?: ChartPart<{ readonly [key: string]: ChartValue<boolean> }>;
   };

   type Extra = {
     readonly gone?: ChartPart<Gone>;
   };

   type Gone = {
     readonly enabled?: ChartValue<boolean>;
   };

   type Global = {
     /** @default 1 */
     readonly a?: ChartValue<number>;
     readonly [key: string]: Value;
   };

   type Store = {
     readonly enabled?: ChartValue<boolean>;
     /** @default "x" */
     readonly own?: ChartValue<string>;
     /** Megabytes. @default 1 */
     readonly size?: ChartValue<number>;
     readonly user?: ChartPart<User>;
   };

   type User = {
     /** @default "x" */
     readonly name?: ChartValue<string>;
   };"
  `);
});

test('a chart without values takes any', () => {
  expect(types({})).toMatchInlineSnapshot(`
   "export type WebMap = {
     readonly [key: string]: Value;
   };"
  `);
  expect(types({ values: '# nothing\n' })).toBe(types({}));
});

test('a chart is called as its type can be', () => {
  expect(['cert-manager', 'kube-prometheus-stack', '3scale', 'a.b_c', '-'].map(valuesTypeOf)).toEqual([
    'CertManagerValues',
    'KubePrometheusStackValues',
    'Key3scaleValues',
    'ABCValues',
    'KeyValues',
  ]);
});

describe('a broken chart is told of', () => {
  const deep = (open: string, close: string) => `${open.repeat(20_000)}${close.repeat(20_000)}`;
  const bomb = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `d${index}`,
      {
        allOf: [{ $ref: `#/$defs/d${index + 1}` }, { properties: { [`k${index}`]: { $ref: `#/$defs/d${index + 1}` } } }],
      },
    ]),
  );
  const wide = Array.from({ length: 60 }, (_, index) => `a${index}: &a${index} [${`*a${index - 1},`.repeat(index === 0 ? 0 : 9)}]`).join('\n');
  test.each<readonly [string, ChartParts, RegExp]>([
    ['a schema that is no JSON', { schema: '{ "type": ' }, /values.schema.json of web 1 cannot be read.*it is no JSON/],
    ['a schema that is a list', { schema: '[]' }, /# is no schema/],
    ['a type that is none', { schema: { properties: { a: { type: 'strng' } } } }, /#\/properties\/a\/type is "strng", which is no type/],
    ['properties that are a list', { schema: { properties: [] } }, /#\/properties is no map of schemas/],
    ['a reference to nothing', { schema: { properties: { a: { $ref: '#/definitions/b' } } } }, /refers to '#\/definitions\/b', which it does not have/],
    ['a schema without end', { schema: deep('{"properties":{"a":', '}}').replace('}}', '{}}}') }, /too large|too deep|no JSON/],
    ['values that are no YAML', { values: 'a: [' }, /values.yaml of web 1 cannot be read.*it is no YAML/],
    ['values that are a list', { values: '- a' }, /it is no map/],
    ['values without end', { values: deep('[', ']').replace(/^/, 'a: ') }, /too large|too deep|no YAML/],
    ['Chart.yaml that is none', { files: { 'Chart.yaml': 'a: [' } }, /Chart.yaml of web 1 cannot be read/],
  ])('%s', (_, parts, message) => {
    try {
      shape(parts);
      expect('nothing').toMatch(message);
    } catch (error) {
      if (!(error instanceof FleetError)) throw error;
      expect(error.problems.map((problem) => `${problem.message}: ${problem.found}`).join('\n')).toMatch(message);
      expect(error.problems[0]?.code).toBe('chart-broken');
    }
  });

  test('references and aliases that multiply take no time', () => {
    const began = performance.now();
    try {
      shape({
        schema: {
          $ref: '#/$defs/d0',
          $defs: {
            ...bomb,
            d60: { type: 'object', properties: { a: { type: 'string' } } },
          },
        },
      });
    } catch (error) {
      if (!(error instanceof FleetError)) throw error;
    }
    shape({ values: wide });
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

test('whatever a chart says, its types are types', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('*/', '*/ export const x = 1; /*', '`', "'", '\\', '\u2028', '\ud800', '@', '//', '<!--'),
  );
  const schema = fc.letrec((tie) => ({
    schema: fc.record(
      {
        description: text,
        default: fc.oneof(text, fc.integer(), fc.constant({})),
        enum: fc.array(fc.oneof(text, fc.double(), fc.boolean()), {
          minLength: 1,
          maxLength: 3,
        }),
        type: fc.constantFrom('string', 'object', 'array', 'number'),
        properties: fc.dictionary(text, tie('schema'), { maxKeys: 3 }),
        items: tie('schema'),
      },
      { requiredKeys: [] },
    ),
  })).schema;
  fc.assert(
    fc.property(schema, fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/), text, (root, name, origin) => {
      const source = typesText({
        name,
        origins: [origin],
        shape: shape({ schema: { properties: { root } } }),
      });
      const { program } = parse(source, {
        sourceType: 'module',
        plugins: ['typescript'],
      });
      const kinds = program.body.map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration?.type : statement.type));
      expect(kinds.filter((kind) => kind !== 'TSTypeAliasDeclaration')).toEqual(['ImportDeclaration']);
      expect(source).not.toMatch(/[^\x20-\x7e\n\p{L}\p{M}\p{N}\p{P}\p{S}]/u);
    }),
    { numRuns: 300 },
  );
});

test('values, and what a chart says of itself, are read as Helm reads them', () => {
  expect(types({ values: 'a: 12:30\nb: 0o17\nc: !!int "010"\nd: 1_000\ne: 2001-01-01\non: 1\n"<<": 1\n' })).toMatchInlineSnapshot(`
   "export type WebMap = {
     /** @default 1 */
     readonly '<<'?: ChartValue<number>;
     /** @default "12:30" */
     readonly a?: ChartValue<string>;
     /** @default 15 */
     readonly b?: ChartValue<number>;
     /** @default 8 */
     readonly c?: ChartValue<number>;
     /** @default 1000 */
     readonly d?: ChartValue<number>;
     /** @default "2001-01-01" */
     readonly e?: ChartValue<string>;
     /** @default 1 */
     readonly true?: ChartValue<number>;
   };"
  `);
  const dependencies = [{ name: 'sub', version: '1', alias: 'on' }];
  const text = JSON.stringify({ apiVersion: 'v2', name: 'web', version: '1.0.0', dependencies }).replace('"on"', 'on');
  const files = { 'Chart.yaml': text, 'values.yaml': 'a: 1\n', 'charts/sub/Chart.yaml': 'name: sub\nversion: 1.0.0\n', 'charts/sub/values.yaml': 'b: 1\n' };
  const read = shapeOf(new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])), 'web 1');
  expect([...(read.keys?.keys() ?? [])]).toEqual(['a', 'true', 'global']);
});
