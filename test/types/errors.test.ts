import { longTest } from '../long-test';
import { Editor } from './editor';

jest.setTimeout(30_000);

const fleet = (dimensions: string, hierarchy: string) => `
import { defineFleet } from 'cdk8s-fleet';
const fleet = defineFleet({ repository: 'x', ${dimensions} ${hierarchy} });
declare module 'cdk8s-fleet' { interface Register { fleet: typeof fleet } }
`;
const usual = fleet(
  '',
  "environments: [{ name: 'integration', sectors: [{ name: 'int-1', regions: ['eu', 'us'] }] }, { name: 'production', sectors: [{ name: 'canary', regions: [{ name: 'eu', soak: '1h' }] }] }]",
);
const custom = fleet("dimensions: [{ plural: 'premises', singular: 'premise' }, 'clusters'],", "premises: [{ name: 'berlin', clusters: ['a', 'b'] }]");
const hubs = `
import { defineHubFleet } from 'cdk8s-fleet';
const fleet = defineHubFleet({ topology: 'hub-and-spoke', repository: 'x', tenants: [{ name: 'shop', environments: ['dev', 'prod'] }] });
declare module 'cdk8s-fleet' { interface Register { fleet: typeof fleet } }
`;

const head = "import { type ApplicationConfig, defineFleet, type FleetAppConfig, type Target } from 'cdk8s-fleet';";

const editors = new Map<string | undefined, Promise<Editor>>();

afterAll(async () => {
  for (const editor of editors.values()) await (await editor).close();
});

/** What the compiler says of each statement, in a fleet, or where there is none. */
async function errorsIn(text: string | undefined, statements: readonly string[]): Promise<readonly (readonly string[])[]> {
  const editor = editors.get(text) ?? Editor.open(text);
  editors.set(text, editor);
  const { errors } = await (await editor).show([head, ...statements].join('\n'));
  const wrong = errors.filter(({ message }) => !/^'\w+' is declared but/.test(message));
  return statements.map((_, index) => wrong.filter(({ line }) => line === index + 1).map(({ message }) => message));
}

/** Fields that say nothing of the kind, or that only an Application has. */
const bases = [
  '',
  "description: 'x', labels: { a: 'b' },",
  "project: 'default',",
  "destination: { name: 'x' },",
  "source: { repoURL: 'x' },",
  "sources: { a: { repoURL: 'x' } },",
  'workloads: () => {},',
  "kind: 'Application',",
];
const mistakes = [
  'overrides: { production: { syncPolcy: {} } }',
  "overrides: { production: { source: { targetRevison: 'v2' } } }",
  'overrides: { production: { template: {} } }',
  'overrides: { producton: {} }',
  "overrides: { production: () => ({ enabled: 'yes' }) }",
  'patches: { p: { rolledOutTo: [], change: { syncPolcy: {} } } }',
  "patches: { p: { rolledOutTo: [], change: { source: { targetRevison: 'v2' } } } }",
  'patches: { p: { rolledOutTo: [], change: { source: { helm: { valuesObjct: {} } } } } }',
  "patches: { p: { rolledOutTo: [], change: { enabled: 'yes' } } }",
  "patches: { p: { rolledOutTo: ['prod'], change: {} } }",
  'patches: { p: { change: {} } }',
  'patches: { p: { rolledOutTo: [], chang: {} } }',
];

test('FleetAppConfig words an error of an Application exactly as ApplicationConfig does', async () => {
  const apps = bases.flatMap((base) => mistakes.map((mistake) => `{ ${base} ${mistake} }`));
  const [found, expected] = await Promise.all(
    ['FleetAppConfig', 'ApplicationConfig'].map((type) =>
      errorsIn(
        usual,
        apps.map((app) => `void (${app} satisfies ${type});`),
      ),
    ),
  );
  for (const [index, app] of apps.entries()) {
    expect(expected?.[index]).toHaveLength(1);
    expect({ app, errors: found?.[index] }).toEqual({ app, errors: expected?.[index] });
    expect(found?.[index]?.join()).not.toContain('ApplicationSet');
  }
});

test('an error of an ApplicationSet speaks of fields of ApplicationSets', async () => {
  const patch = 'patches: { p: { rolledOutTo: [], change: { tmplate: {} } } }';
  const kinds = ["kind: 'ApplicationSet'", "kind: 'RootApplicationSet', clusterType: 'x'"];
  const expected = "Object literal may only specify known properties, and 'tmplate' does not exist in type 'OfTarget<ApplicationSetFields<Values>>'.";
  expect(
    await errorsIn(
      usual,
      kinds.map((kind) => `void ({ ${kind}, ${patch} } satisfies FleetAppConfig);`),
    ),
  ).toEqual([[expected], [expected]]);
});

test('an error of an AppProject speaks of fields of AppProjects, and one of its words of the words', async () => {
  const kind = "kind: 'AppProject'";
  const unknown = (key: string, type: string) => expect.stringMatching(new RegExp(`'${key}' does not exist in type '[^']*${type}[^']*'`, 's'));
  const [right, ...wrong] = await errorsIn(usual, [
    `void ({ ${kind}, sourceRepos: ['*'], destinations: { own: { name: '*', namespace: (target) => target.region } }, roles: { dev: { groups: [] } }, syncWindows: { a: { kind: 'deny' } }, overrides: { production: { syncWindows: { a: { duration: '1h' } } } } } satisfies FleetAppConfig);`,
    `void ({ ${kind}, sourceRepo: ['*'] } satisfies FleetAppConfig);`,
    `void ({ ${kind}, overrides: { production: { sourceRepo: [] } } } satisfies FleetAppConfig);`,
    `void ({ ${kind}, patches: { p: { rolledOutTo: [], change: { destination: {} } } } } satisfies FleetAppConfig);`,
    `void ({ ${kind}, syncWindows: { a: { kind: 'denny' } } } satisfies FleetAppConfig);`,
    `void ({ ${kind}, roles: { dev: { polices: [] } } } satisfies FleetAppConfig);`,
    `void ({ ${kind}, source: { repoURL: 'x' } } satisfies FleetAppConfig);`,
    `void ({ ${kind}, workloads: () => {} } satisfies FleetAppConfig);`,
  ]);
  expect(right).toEqual([]);
  expect(wrong).toEqual([
    [unknown('sourceRepo', 'AppProjectConfig')],
    [unknown('sourceRepo', 'AppProjectFields')],
    [unknown('destination', 'AppProjectFields')],
    [expect.stringContaining(`'"denny"' is not assignable to type`)],
    [unknown('polices', 'RoleLayer')],
    [expect.stringMatching(/is not assignable to type 'undefined'/)],
    [expect.stringMatching(/is not assignable to type 'undefined'/)],
  ]);
});

test('what is silenced is called by a code that can be', async () => {
  const [right, wrong] = await errorsIn(usual, [
    "void ({ silence: { 'value-key source.helm.valuesObject.webhok': 'why', 'sync-option A=b': 'why' } } satisfies FleetAppConfig);",
    "void ({ silence: { 'value-kye source.helm.valuesObject.webhok': 'why' } } satisfies FleetAppConfig);",
  ]);
  expect(right).toEqual([]);
  expect(wrong).toEqual([expect.stringContaining("'value-kye source.helm.valuesObject.webhok'")]);
});

test('a word that is none of those that exist is answered with these', async () => {
  const node = (gate: string) =>
    `defineFleet({ repository: 'x', environments: [{ name: 'e', ${gate} sectors: [{ name: 's', ${gate} regions: [{ name: 'r', ${gate} }] }] }] });`;
  const [right, wrong, misspelt, placement] = await errorsIn(undefined, [
    node("promotion: 'manual',"),
    node("promotion: 'manuel',"),
    "defineFleet({ repository: 'x', environments: [{ name: 'e', promtion: 'manual', sectors: [] }] });",
    "void ({ kind: 'RootApplicationSet', clusterType: 'x', applications: 'hub' } satisfies FleetAppConfig);",
  ]);
  expect(right).toEqual([]);
  const error = `Type '"manuel"' is not assignable to type '"automated" | "manual" | undefined'. Did you mean '"manual"'?`;
  expect(wrong).toEqual([error, error, error]);
  expect(misspelt).toEqual([expect.stringMatching(/'promtion' does not exist .*Did you mean to write 'promotion'\?$/s)]);
  expect(placement).toEqual([`Type '"hub"' is not assignable to type '"cluster" | "controlPlane" | undefined'.`]);
});

describe('a target', () => {
  const ofTarget = (expression: string) => `void ((target: Target) => ${expression});`;
  const noOverlap = expect.stringContaining('This comparison appears to be unintentional');

  test('knows the names of the registered fleet, and their methods', async () => {
    const right = ["target.environment === 'production' && target.sector !== 'canary' && target.region === 'us'", "target.environment.startsWith('p')"];
    const app = "void ({ labels: { a: (target) => (target.region === 'ue' ? 'a' : 'b') } } satisfies FleetAppConfig);";
    const wrong = [ofTarget("target.environment === 'prodution'"), ofTarget("target.sector === 'eu'"), app];
    expect(await errorsIn(usual, [...right.map(ofTarget), ...wrong])).toEqual([[], [], [noOverlap], [noOverlap], [noOverlap]]);
  });

  longTest('has dimensions of other names', async () => {
    const statements = ["target.premise === 'berlin' && target.cluster === 'b'", "target.premise === 'bern'", 'target.environment'];
    expect(await errorsIn(custom, statements.map(ofTarget))).toEqual([[], [noOverlap], [expect.stringContaining("'environment' does not exist")]]);
  });

  longTest('of a fleet of hubs and spokes may be any cluster of a known tenant and environment', async () => {
    const known = "target.tenant === 'shop' && target.environment === 'dev' && target.cluster === 'any' && target.kind === 'hub'";
    expect(await errorsIn(hubs, [known, "target.tenant === 'shp'", "target.environment === 'stage'"].map(ofTarget))).toEqual([[], [noOverlap], [noOverlap]]);
  });

  test('has any name where no fleet is registered', async () => {
    const any = ofTarget("target.environment === 'prodution' || target.sector.startsWith('x') || target.whatever === 'x'");
    expect(await errorsIn(undefined, [any, 'void ((target: Target): string => target.environment);'])).toEqual([[], []]);
  });
});
