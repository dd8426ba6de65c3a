import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { type FileKind, fileKinds } from '../../constructs/from-config/yaml-schema/file-kinds';
import { yamlSchema } from '../../constructs/from-config/yaml-schema/yaml-schema';
import { exemptionShape } from '../../layers/shape/exemption-shape';
import { nodeShape } from '../../layers/shape/fleet-shape';
import type { Field, Shape } from '../../layers/shape/shape';
import { typescriptOnly, yamlAppFields, yamlMetadataShape, yamlPatchMetadataShape, yamlSettingsShape } from '../../layers/shape/yaml-shape';
import { rendered } from '../../store/yaml-fleet/rendered-fields';
import { outcome, small } from '../builders/yaml-fleets';
import { TemporaryFolders } from '../workspaces/temporary-folder';

const twin = join(__dirname, 'example');
const kinds = Object.keys(fileKinds) as FileKind[];
const all = yamlSchema(undefined, rendered) as { readonly $defs: Readonly<Record<string, object>> };
// All of them are compiled once: what they have in common takes seconds.
const ajv = new Ajv({ allowUnionTypes: true, strict: true, inlineRefs: false }).addSchema(all, 'fleet');
const folders = new TemporaryFolders();

function kindOf(file: string): FileKind {
  const name = basename(file, '.yaml');
  return name.startsWith('patch-') ? 'patch' : (name as FileKind);
}

function errorsOf(kind: FileKind | undefined, content: unknown): readonly string[] {
  const validate = ajv.getSchema(kind === undefined ? 'fleet' : `fleet#/$defs/${kind}`);
  if (!validate) throw new Error(`no schema of ${kind}`);
  if (validate(content)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

type Map = Readonly<Record<string, unknown>>;

/** A copy with another value at a path of keys; `undefined` takes it out. */
function withValue(content: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(content))
    return content.flatMap((item, index) => (String(index) === key ? (rest.length === 0 ? [value] : [withValue(item, rest, value)]) : [item]));
  const { [key]: old, ...others } = (content ?? {}) as Map;
  const changed = rest.length === 0 ? value : withValue(old, rest, value);
  return changed === undefined ? others : { ...(content as Map), [key]: changed };
}

test.each(kinds)('the schema of %s is that of all files, as far as it is about it', (kind) => {
  const { $schema, $defs = {}, ...schema } = yamlSchema(kind, rendered);
  expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(all.$defs[kind]).toEqual(schema);
  expect(all.$defs).toMatchObject($defs as object);
  const names = [...JSON.stringify({ schema, $defs }).matchAll(/"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name);
  expect(names.filter((name) => !Object.hasOwn($defs as object, name ?? ''))).toEqual([]);
});

describe('every file that the reader takes is one to the schema', () => {
  const files = readdirSync(twin, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));

  test.each(files)('%s', (file) => {
    const content: unknown = parse(readFileSync(join(twin, file), 'utf8'));
    expect(errorsOf(kindOf(file), content)).toEqual([]);
    expect(errorsOf(undefined, content)).toEqual([]);
  });

  test.each([
    ['a hierarchy in other words', 'config', { dimensions: ['tenants', 'sites'], sequence: { tenants: [{ name: 'a', sites: ['x'] }] } }],
    ['keys of the user', 'config', { ...parse(small['config.yaml']), ours: { a: 1 } }],
    ['boolean words of YAML 1.1', 'values', { applications: { web: { enabled: 'yes', syncPolicy: { automated: { prune: 'off' } } } } }],
    ['expressions', 'values', { applications: { web: { revisionHistoryLimit: '{{ .Values.limit }}', source: { '{{ .Values.key }}': 'x' } } } }],
    ['null, which removes', 'override', { applications: { web: { syncPolicy: null, source: { helm: { valuesObject: { a: null } } } } } }],
    ['a layer that says nothing', 'defaults', { applications: { default: null }, applicationsets: null }],
    ['sources by name', 'values', { applications: { web: { sources: { chart: { repoURL: 'https://example.com', chart: 'x' } } } } }],
    ['annotations that are quoted', 'values', { applications: { web: { additionalAnnotations: { a: 1, b: true } } } }],
    ['what was never rendered', 'values', { applicationsets: { web: { project: 'x', goTemplateOptions: 7, preservedFields: { a: 1 } } } }],
  ] as const)('%s', (_, kind, content) => {
    expect(errorsOf(kind, content)).toEqual([]);
  });
});

/** A value that a field of the kind cannot have. */
function wrong({ is, orText }: Field): unknown {
  if (orText) return 7;
  if (is === 'strings' || is === 'map') return 'x';
  return is === 'reasons' ? { 'a.b': 7 } : is === 'word' || is === 'duration' || is === 'date' || is === 'day' || is === 'boolean' ? 'sometimes' : 7;
}

interface Mistake {
  readonly file: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

const web = ['applications', 'prometheus'];

/** One mistake for each key of each shape, all in one fleet. */
const mistakes: readonly Mistake[] = [
  ...each('config.yaml', [], yamlSettingsShape),
  ...each('config.yaml', ['sequence', 'environments', '1'], {
    promotion: nodeShape.promotion,
    soak: nodeShape.soak,
    approvers: nodeShape.approvers,
    freeze: nodeShape.freeze,
    budget: nodeShape.budget,
    waves: nodeShape.waves,
  }),
  ...each('config.yaml', ['sequence', 'environments', '2', 'freeze'], nodeShape.freeze.keys),
  ...each('exemptions.yaml', ['exemptions', '0'], exemptionShape),
  { file: 'exemptions.yaml', path: ['exemptions', '1', 'reason'], value: ' ' },
  { file: 'exemptions.yaml', path: ['exemptions', '2', 'untill'], value: '2099-12-31' },
  { file: 'config.yaml', path: ['sequence', 'environments', '0', 'promotoin'], value: 'manual' },
  { file: 'config.yaml', path: ['sequence', 'environments', '0', 'approvers'], value: [' '] },
  { file: 'config.yaml', path: ['sequence', 'environments', '0', 'freeze'], value: ' ' },
  { file: 'config.yaml', path: ['sequence', 'environments', '0', 'budget'], value: {} },
  ...['0%', '101%', 'most', 0, 1.5].map((wave) => ({ file: 'config.yaml', path: ['sequence', 'environments', '0', 'sectors', '0', 'waves'], value: [wave] })),
  { file: 'config.yaml', path: ['sequence', 'environments', '0', 'sectors', '0', 'budget'], value: { targets: 0 } },
  { file: 'config.yaml', path: ['sequence', 'environments', '0', 'sectors', '1', 'budget'], value: { regions: 1.5 } },
  { file: 'management-cluster/hypershift/metadata.yaml', path: ['owners'], value: [''] },
  { file: 'config.yaml', path: ['sequence', 'environments', '2', 'sectors', '0', 'regions', '0'], value: 7 },
  ...each('management-cluster/prometheus/metadata.yaml', [], Object.fromEntries(Object.entries(yamlMetadataShape).filter(([key]) => key !== 'name'))),
  ...each('management-cluster/hypershift/production/patch-009.yaml', ['metadata'], yamlPatchMetadataShape),
  ...each('management-cluster/hypershift/values.yaml', ['applications', 'hypershift'], yamlAppFields),
  ...typescriptOnly.map((key) => ({ file: 'management-cluster/prometheus/values.yaml', path: [...web, key], value: {} })),
  ...['destination', 'syncPolicy'].map((key) => ({ file: 'management-cluster/prometheus/values.yaml', path: [...web, key], value: 'x' })),
  ...['project', 'ignoreDifferences', 'info', 'revisionHistoryLimit'].map((key) => ({
    file: 'management-cluster/prometheus/values.yaml',
    path: [...web, key],
    value: { x: 1 },
  })),
  { file: 'management-cluster/prometheus/values.yaml', path: [...web, 'syncPolcy'], value: {} },
  { file: 'infra-cluster/argocd/values.yaml', path: ['applications', 'argocd', 'source', 'targetRevison'], value: 'x' },
  { file: 'infra-cluster/argocd/values.yaml', path: ['applications', 'argocd', 'source', 'targetRevision'], value: 7 },
  { file: 'infra-cluster/argocd/values.yaml', path: ['applications', 'argocd', 'syncPolicy', 'syncOptions'], value: [null] },
  { file: 'infra-cluster/infra-cluster-root/values.yaml', path: ['applicationsets', 'infra-cluster-root', 'goTemplate'], value: 'sometimes' },
  { file: 'infra-cluster/infra-cluster-root/values.yaml', path: ['applicationsets', 'infra-cluster-root', 'syncPolicy'], value: 'x' },
];

function each(file: string, above: readonly string[], shape: Shape): readonly Mistake[] {
  return Object.entries(shape).map(([key, field]) => ({ file, path: [...above, key], value: wrong(field) }));
}

const exemption = { rule: 'soak', app: '*', path: 'stage', reason: 'x', owner: 'y', until: '2099-12-31' };

const added: Readonly<Record<string, unknown>> = {
  'exemptions.yaml': { exemptions: [exemption, exemption, exemption] },
  'management-cluster/hypershift/production/patch-009.yaml': { applications: { hypershift: { source: { targetRevision: 'v0.2.0' } } } },
};

const contentOf = (file: string): unknown => added[file] ?? parse(readFileSync(join(twin, file), 'utf8'));

function copyOfTwin(changed: Readonly<Record<string, unknown>>): string {
  const folder = folders.make({});
  cpSync(twin, folder, { recursive: true });
  for (const [file, content] of Object.entries(changed)) writeFileSync(join(folder, file), stringify(content, { schema: 'yaml-1.1' }));
  return folder;
}

describe('what the reader refuses in one file, the schema refuses', () => {
  const changed: Record<string, unknown> = {};
  for (const { file, path, value } of mistakes) changed[file] = withValue(changed[file] ?? contentOf(file), path, value);
  const { problems } = outcome(copyOfTwin(changed));
  const refused = new Set(problems.filter(({ severity = 'error' }) => severity === 'error').map(({ file, place = [] }) => `${file} ${place.join('.')}`));

  test.each(mistakes)('$file $path', ({ file, path, value }) => {
    const at = path.join('.');
    expect([...refused].filter((place) => place === `${file} ${at}` || place.startsWith(`${file} ${at}.`))).not.toEqual([]);
    expect(errorsOf(kindOf(file), contentOf(file))).toEqual([]);
    expect(errorsOf(kindOf(file), withValue(contentOf(file), path, value))).not.toEqual([]);
  });

  test.each([
    ['config', { cluster_types: [] }],
    ['config', { ...parse(small['config.yaml']), cluster_types: [{ name: '../elsewhere' }] }],
    ['exemptions', {}],
    ['exemptions', { exemptions: {} }],
    ...Object.keys(exemptionShape).map((key) => ['exemptions', { exemptions: [{ ...exemption, [key]: undefined }] }] as const),
    ['config', { sequence: [] }],
    ['config', { sequence: { environments: ['production'] } }],
    ['values', {}],
    ['values', { applications: {} }],
    ['values', { applications: { web: 7 } }],
    ['override', { applications: ['web'] }],
  ] as const)('%s without what it is for: %j', (kind, content) => {
    expect(errorsOf(kind, content)).not.toEqual([]);
  });
});

/** Paths of a file, without what Argo CD leaves open. */
function pathsOf(content: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof content !== 'object' || content === null || above[above.length - 1] === 'valuesObject') return [above];
  return [above, ...Object.entries(content).flatMap(([key, value]) => pathsOf(value, [...above, key]))];
}

// What a broader layer says wrongly may be hidden everywhere: these files say the last word.
const lastWords = ['config.yaml', 'management-cluster/prometheus/metadata.yaml', 'management-cluster/prometheus/values.yaml'];

test('the schema refuses nothing that the reader takes', () => {
  const places = lastWords.flatMap((file) =>
    pathsOf(contentOf(file))
      .filter((path) => path.length > 0)
      .map((path) => ({ file, path })),
  );
  const values = fc.constantFrom(7, true, 'x', '', 'yes', null, undefined, '{{ .Values.cluster.region }}', [], {}, ['x'], [7], { x: 1 });
  fc.assert(
    fc.property(fc.constantFrom(...places), values, ({ file, path }, value) => {
      const content = withValue(contentOf(file), path, value);
      const refusals = errorsOf(kindOf(file), content);
      if (refusals.length === 0) return;
      const { problems } = outcome(copyOfTwin({ [file]: content }));
      expect({ refusals, errors: problems.filter(({ severity = 'error' }) => severity === 'error').length }).not.toMatchObject({ errors: 0 });
    }),
    { numRuns: 10 },
  );
});
