import { ApiObject, type Chart } from 'cdk8s';
import fc from 'fast-check';
import { FleetError, type Problem, problemsText } from '../../constructs';
import { isError } from '../../layers/problem';
import { texts } from '../../store/output/output-folder';
import { application, buildFleet, type ConfigContent } from '../builders/fleet-builder';
import { hostileValues, nowhereData } from '../builders/hostile-values';
import { partly } from '../runs';

type Tree = { readonly [key: string]: unknown };

const own = { source: { helm: { valuesObject: { a: 1, list: [1, { b: 2 }] } } } };

/** A fleet that says everything there is to say. */
const everything = {
  fleet: {
    repository: 'https://example.com/fleet.git',
    revision: 'HEAD',
    path: 'dist',
    labelPrefix: 'fleet',
    argoCD: '3.6',
    adopted: false,
    promotionLevel: 'sector',
    dimensions: ['environments', { plural: 'sectors', singular: 'sector' }, 'regions'],
    environments: [
      {
        name: 'dev',
        promotion: 'manual',
        soak: '1h',
        approvers: ['@company/sre'],
        freeze: { reason: 'x', until: '2026-12-31' },
        budget: { targets: 5, sectors: 1 },
        sectors: [{ name: 's', promotion: 'automated', regions: ['r', { name: 'q' }] }],
      },
    ],
  },
  clusterTypes: {
    mgmt: {
      defaults: {
        description: 'x',
        paths: ['dev'],
        applications: { labels: { a: 'b' }, syncPolicy: { automated: { prune: true }, syncOptions: ['CreateNamespace=true'] } },
        applicationSets: { goTemplate: true },
        customize: () => {},
      },
      apps: {
        web: application({
          kind: 'Application',
          description: 'x',
          owners: ['team@example.com'],
          namespace: 'argocd',
          annotations: { a: 'b' },
          finalizers: ['example.com/x'],
          enabled: true,
          ignoreDifferences: [{ kind: 'Deployment', jsonPointers: ['/spec'] }],
          info: [{ name: 'a', value: 'b' }],
          revisionHistoryLimit: 1,
          overrides: { dev: own },
          patches: { 'patch-001': { description: 'x', rolledOutTo: ['dev/s'], change: { source: { targetRevision: '2.0.0' } } } },
        }),
        named: application({ source: undefined, sources: { chart: { repoURL: 'https://example.com', chart: 'x', targetRevision: '1.0.0' } } }),
        work: {
          project: 'default',
          destination: { name: 'in-cluster', namespace: 'x' },
          values: { a: 1 },
          workloads: (chart: Chart) => {
            new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
          },
        },
        pair: {
          description: 'x',
          owners: ['team'],
          apps: { one: application(), two: application() },
          overrides: { dev: { one: own } },
          patches: { 'patch-001': { rolledOutTo: ['dev'], change: { two: own } } },
        },
        set: {
          kind: 'ApplicationSet',
          generators: [{ clusters: { selector: { matchLabels: { a: 'b' } } } }],
          template: { metadata: { name: '{{.name}}' }, spec: application() },
        },
        root: { kind: 'RootApplicationSet', clusterType: 'mgmt', applications: 'cluster', inject: { a: '{{.name}}' } },
      },
    },
  },
};

/** How many keys lead to what a file exports. */
function depthOfFile([top, , third]: readonly string[]): number {
  return top === 'fleet' ? 1 : third === 'apps' ? 4 : 3;
}

/** Every place in what files export, as keys from the top of the fleet. */
function* places(value: unknown, above: readonly string[] = []): Generator<readonly string[]> {
  if (above.length >= depthOfFile(above) && above.join('.') !== 'clusterTypes.mgmt.apps') yield above;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* places(item, [...above, key]);
}

function withValue(tree: unknown, [key, ...below]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(tree)) return tree.map((item, index) => (String(index) === key ? withValue(item, below, value) : item));
  return { ...(tree as Tree), [key]: withValue((tree as Tree)[key], below, value) };
}

/** The file that exports what stands at a place. */
function fileOf([top, type, third, app]: readonly string[]): string {
  return top === 'fleet' ? 'config/fleet.ts' : `config/${type}/${third === 'apps' ? app : third}.ts`;
}

/** All that a command does with a fleet, but for the disk. @returns what it has to say */
function use(content: ConfigContent): readonly Problem[] {
  try {
    const output = buildFleet(content).synth();
    const written = [...texts(output)];
    expect(written.length).toBeGreaterThan(0);
    for (const { text } of written) expect(typeof text).toBe('string');
    for (const patch of output.patches()) expect([...patch.fields, ...patch.places.copies]).toBeDefined();
    expect(output.warnings.filter(isError)).toEqual([]);
    return told(output.warnings);
  } catch (error) {
    if (!(error instanceof FleetError)) throw error;
    expect(error.problems.some(isError)).toBe(true);
    return told(error.problems);
  }
}

/** Whatever is said can be printed, and says where and what. */
function told(problems: readonly Problem[]): readonly Problem[] {
  for (const problem of problems) expect(problem).toMatchObject({ file: expect.stringMatching(/^config\//), message: expect.stringMatching(/\S/) });
  expect(JSON.parse(JSON.stringify(problems))).toHaveLength(problems.length);
  for (const { code } of problems) expect(problemsText(problems)).toContain(code);
  return problems;
}

test('the fleet that says everything has no mistake', () => {
  expect(use(everything)).toEqual([]);
});

const all = [...places(everything)];

test('whatever stands anywhere in the configuration, it is a mistake with its file or none: never a bug', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.constantFrom(...Object.keys(hostileValues)), (place, value) => {
      use(withValue(everything, place, hostileValues[value]) as ConfigContent);
    }),
    { numRuns: 600 },
  );
});

test('what is data nowhere is a mistake wherever it stands, told with the file where it does', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.constantFrom(...nowhereData), (place, value) => {
      const errors = use(withValue(everything, place, hostileValues[value]) as ConfigContent).filter(isError);
      expect(errors).toContainEqual(expect.objectContaining({ file: fileOf(place) }));
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['source', 'helm'],
  ['patches', 'patch-001', 'change'],
])('whatever code returns or throws in the place of %s %s of an app, it is a mistake with its file or none', (...place) => {
  for (const [name, value] of partly(Object.entries(hostileValues), 6)) {
    const errors = use(withValue(everything, ['clusterTypes', 'mgmt', 'apps', 'web', ...place], value) as ConfigContent).filter(isError);
    if (nowhereData.includes(name)) expect([name, errors]).toEqual([name, expect.arrayContaining([expect.objectContaining({ file: 'config/mgmt/web.ts' })])]);
  }
});
