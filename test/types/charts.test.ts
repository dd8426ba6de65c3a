import { uniteVersions } from '../../layers/charts/unite-shapes';
import { shapeOf } from '../../store/charts/chart';
import { typesText } from '../../store/charts/types-text';
import { type ChartParts, chartFiles } from '../builders/chart-builder';
import { Editor } from './editor';

jest.setTimeout(60_000);

const fleet = `
import { defineFleet } from 'cdk8s-fleet';
const fleet = defineFleet({ repository: 'x', environments: [{ name: 'production', sectors: [{ name: 'canary', regions: ['eu'] }] }] });
declare module 'cdk8s-fleet' { interface Register { fleet: typeof fleet } }
`;

/** The file that an import of these versions writes. */
function types(name: string, ...versions: readonly ChartParts[]): string {
  const shapes = versions.map((parts) => {
    const files = new Map(Object.entries(chartFiles({ name, ...parts })).map(([path, text]) => [path, Buffer.from(text)]));
    return { version: parts.version ?? 'v1.0.0', shape: shapeOf(files, name) };
  });
  return typesText({ name, origins: [], shape: uniteVersions(shapes) });
}

const certManager = types(
  'cert-manager',
  {
    version: 'v1.0.0',
    values: '# How many replicas\nreplicaCount: 1\nnodeSelector: {}\nextra: null\nhosts: []\nresources:\n  limits: {cpu: 1}\n',
    schema: {
      properties: {
        crds: { properties: { enabled: { type: 'boolean', description: 'Whether the CRDs are installed', default: false }, keep: { type: 'boolean' } } },
        mode: { enum: ['fast', 'safe'] },
        webhook: { additionalProperties: false, properties: { securePort: { type: 'integer' } } },
        tolerations: { type: 'array', items: { properties: { key: { type: 'string' } } } },
      },
    },
  },
  {
    version: 'v1.1.0',
    values: 'replicaCount: 1\n',
    schema: { properties: { webhook: { additionalProperties: false, properties: { securityPort: { type: 'integer' } } } } },
  },
);
const redis = types('redis', { values: '# Its password\nauth:\n  password: ""\n' });

const head = `import { type BySource, type ChartApp, type ChartValues, cluster, type ComponentConfig, defineApps, type FleetAppConfig, type FleetAppsConfig, unset, type Value, type Values } from 'cdk8s-fleet';
import type { CertManagerMap, CertManagerValues } from './cert-manager.ts';
import type { RedisValues } from './redis.ts';`;
const lines = head.split('\n').length;

/** An app whose base says these values. */
const app = (values: string) => `void ({ source: { helm: { valuesObject: ${values} } } } satisfies FleetAppConfig<CertManagerValues>);`;

let editor: Editor;
beforeAll(async () => {
  editor = await Editor.open(fleet, { 'cert-manager.ts': certManager, 'redis.ts': redis });
});
afterAll(() => editor.close());

async function errorsIn(statements: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { errors } = await editor.show([head, ...statements].join('\n'));
  const wrong = errors.filter(({ message }) => !/^'\w+' is declared but/.test(message) && !/^All imports in/.test(message));
  return statements.map((_, index) => wrong.filter(({ line }) => line === index + lines).map(({ message }) => message));
}

const noSuch = (key: string, type: string) => [
  expect.stringMatching(new RegExp(`^Object literal may only specify known properties, and '${key}' does not exist in type '[^']*\\b${type}\\b[^']*'`)),
];

test('a misspelt value is underlined at every depth, in every layer', async () => {
  const patch = (values: string) =>
    `void ({ patches: { p: { rolledOutTo: ['production'], change: { source: { helm: { valuesObject: ${values} } } } } } } satisfies FleetAppConfig<CertManagerValues>);`;
  const override = (values: string) =>
    `void ({ overrides: { production: { source: { helm: { valuesObject: ${values} } } } } } satisfies FleetAppConfig<CertManagerValues>);`;
  const set = (values: string) =>
    `void ({ kind: 'ApplicationSet', template: { spec: { source: { helm: { valuesObject: ${values} } } } } } satisfies FleetAppConfig<CertManagerValues>);`;
  const mistake = '{ crds: { enabeld: true } }';
  expect(await errorsIn([app(mistake), patch(mistake), override(mistake), set(mistake), app('{ crd: {} }'), app('{ tolerations: [{ kye: "x" }] }')])).toEqual([
    noSuch('enabeld', 'Crds'),
    noSuch('enabeld', 'Crds'),
    noSuch('enabeld', 'Crds'),
    noSuch('enabeld', 'Crds'),
    noSuch('crd', 'CertManagerMap'),
    noSuch('kye', 'Toleration'),
  ]);
});

test('a value of a wrong type is underlined, and so is a word that is none', async () => {
  const [count, mode, map, list] = await errorsIn([app("{ replicaCount: 'two' }"), app("{ mode: 'fats' }"), app('{ crds: true }'), app('{ tolerations: {} }')]);
  expect(count).toEqual([expect.stringMatching(/^Type 'string' is not assignable to type 'ChartValue<number>/)]);
  expect(mode).toEqual([expect.stringMatching(/^Type '"fats"' is not assignable to type 'ChartValue<"fast" \| "safe">/)]);
  expect(map).toHaveLength(1);
  expect(list).toHaveLength(1);
});

test('functions of the target, tokens, null and unset are allowed at every depth, and so is what is open', async () => {
  const right = [
    '{ crds: { enabled: (target) => target.environment === "production", keep: unset }, replicaCount: cluster.annotation("a/b") as never }',
    "{ crds: (target) => ({ enabled: target.region === 'eu' }), replicaCount: (target) => (target.sector === 'canary' ? 1 : 2) }",
    "{ crds: { enabled: cluster.label('a/b') }, replicaCount: cluster.value('replicas'), mode: cluster.value('mode'), webhook: unset }",
    '{ crds: null, webhook: { securePort: null }, mode: unset, replicaCount: (_target) => unset }',
    "(target) => ({ replicaCount: target.path.length, crds: { enabled: (inner) => inner.path === '' } })",
    'unset',
    "{ nodeSelector: { any: 'x', deep: { er: [1, (target) => target.path] } }, extra: { any: 1 }, hosts: [{ any: 1 }], global: { x: 1 } }",
    '{ tolerations: [{ key: (target) => target.region }, { key: cluster.name }] }',
    "{ resources: { limits: { cpu: '100m' } } }",
    // Keys of all versions that are in use.
    '{ webhook: { securePort: 1, securityPort: 2 } }',
  ];
  const wrong = ["{ crds: { enabled: (target) => target.environment === 'prodution' } }", '{ replicaCount: (target) => target.region }'];
  const found = await errorsIn([...right, ...wrong].map(app));
  expect(found.slice(0, right.length)).toEqual(right.map(() => []));
  expect(found.slice(right.length)).toEqual([
    [expect.stringContaining('This comparison appears to be unintentional')],
    [expect.stringContaining("not assignable to type 'ChartValue")],
  ]);
});

test('keys complete with what they are for, and hovering tells it', async () => {
  const at = (mark: string) => `${head}\n${app(`{ ${mark} }`)}`;
  const { completions } = await editor.show([head, app('{ ¦ }'), app('{ crds: { ¦ } }'), app("{ mode: '¦' }")].join('\n'));
  const [top, crds, mode] = completions.map((labels) => labels.map((label) => label.replace(/\?$/, '')));
  expect(top).toEqual(['crds', 'extra', 'global', 'hosts', 'mode', 'nodeSelector', 'replicaCount', 'resources', 'tolerations', 'webhook']);
  expect(crds).toEqual(['enabled', 'keep']);
  expect(mode).toEqual(['fast', 'safe']);
  expect(await editor.describe(at('crds: { ¦ }'), 'enabled')).toContain('Whether the CRDs are installed.');
  expect(await editor.describe(at('¦'), 'replicaCount')).toContain('How many replicas.');
  const { hovers } = await editor.show(at('crds: { ^enabled: true }, webhook: { ^securePort: 1 }'));
  expect(hovers[0]).toMatch(/enabled\?: ChartValue<boolean>[\s\S]*Whether the CRDs are installed\.[\s\S]*false/);
  expect(hovers[1]).toContain('Only in v1.0.0.');
});

test('sources by name have the values of a chart each', async () => {
  const typed = (sources: string) =>
    `void ({ sources: ${sources} } satisfies FleetAppConfig<BySource<{ main: CertManagerValues; db: RedisValues; git: Values }>>);`;
  expect(
    await errorsIn([
      typed(
        "{ main: { helm: { valuesObject: { replicaCount: 2 } } }, db: { helm: { valuesObject: { auth: { password: 'x' } } } }, git: { helm: { valuesObject: { any: 1 } } } }",
      ),
      typed('{ main: { helm: { valuesObject: { auth: {} } } } }'),
      typed("{ db: { helm: { valuesObject: { auth: { pasword: 'x' } } } } }"),
      typed("{ mian: { repoURL: 'x' } }"),
    ]),
  ).toEqual([[], noSuch('auth', 'CertManagerMap'), noSuch('pasword', 'Auth'), [expect.stringContaining("'mian' does not exist")]]);
});

test('apps of one file, and components, have typed values too', async () => {
  const apps = (call: string, base: string, layer: string) =>
    `${call}{ apps: { cm: { source: { helm: { valuesObject: ${base} } } } }, overrides: { production: { cm: { source: { helm: { valuesObject: ${layer} } } } } } }`;
  const define = (base: string, layer: string) => `void ${apps('defineApps<{ cm: ChartApp<CertManagerValues> }>(', base, layer)});`;
  const satisfies = (base: string, layer: string) => `void (${apps('', base, layer)} satisfies FleetAppsConfig<{ cm: ChartApp<CertManagerValues> }>);`;
  const component = (base: string, layer: string) =>
    `void ({ values: ${base}, overrides: { production: { values: ${layer} } } } satisfies ComponentConfig<CertManagerValues>);`;
  const [right, wrong] = ['{ crds: { enabled: (target) => target.region === "eu" } }', '{ crds: { enabeld: true } }'];
  const forms = [define, satisfies, component];
  const found = await errorsIn(forms.flatMap((form) => [form(right, right), form(wrong, right), form(right, wrong)]));
  expect(found).toEqual(forms.flatMap(() => [[], noSuch('enabeld', 'Crds'), noSuch('enabeld', 'Crds')]));
  expect(await errorsIn([`void ${apps('defineApps(', '{ any: 1 }', '{ other: 1 }')});`])).toEqual([[]]);
});

test('a chart that takes more than it says is told so where its values are said', async () => {
  const more = (values: string) =>
    `void ({ source: { helm: { valuesObject: ${values} } } } satisfies FleetAppConfig<ChartValues<CertManagerMap & { readonly more?: Value; readonly crds?: { readonly also?: Value } }>>);`;
  expect(await errorsIn([more('{ more: { any: 1 }, crds: { also: 1, enabled: true }, replicaCount: 2 }'), more('{ mor: 1 }')])).toEqual([
    [],
    [expect.stringContaining("'mor' does not exist")],
  ]);
});

test('an app with typed values is an app like any other', async () => {
  const fits = 'declare const typed: FleetAppConfig<CertManagerValues>; export const any: FleetAppConfig = typed;';
  expect(await errorsIn([fits])).toEqual([[]]);
});

test('whatever is written compiles', async () => {
  const written = types(
    'Everything_3',
    {
      schema: {
        properties: {
          open: {
            properties: { a: { properties: { b: { type: 'integer' } } }, list: { type: 'array', items: { type: ['string', 'object'] } } },
            additionalProperties: { type: 'string' },
          },
          closed: { type: 'object', additionalProperties: false },
          words: { enum: ['a', 1, true, null, "it's"] },
          'quoted "key" */': { type: 'string' },
          tree: { $ref: '#/$defs/tree' },
          nothing: { type: 'null' },
          mixed: {
            oneOf: [{ type: 'string' }, { properties: { a: { type: 'string' } } }, { type: 'array', items: { properties: { a: { type: 'string' } } } }],
          },
          class: { type: 'string' },
          chartValue: { properties: { value: { properties: { a: {} } } } },
        },
        $defs: { tree: { properties: { kids: { type: 'array', items: { $ref: '#/$defs/tree' } } } } },
      },
    },
    { version: 'v2', values: 'open: {}\nwords: x\ntree: {kids: 1}\n' },
  );
  const { errors } = await editor.show(
    `${written}\nimport type { FleetAppConfig } from 'cdk8s-fleet';\nexport type App = FleetAppConfig<Everything3Values>;\nexport const fits = (app: App): FleetAppConfig => app;`,
  );
  expect(errors).toEqual([]);
});
