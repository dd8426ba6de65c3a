import type { ErrorObject, ValidateFunction } from 'ajv';
import { once } from '../../layers/get-or';
import type { Plain } from '../../layers/layer';
import type { Manifest } from '../../layers/output';
import { describe } from '../../layers/plain-data';
import { suggestion } from '../../layers/text/nearest';
import { hasToken } from '../../layers/text/token';

/** What a schema has against a manifest, at a path of keys from the manifest's top. */
export interface Finding {
  readonly code: 'unknown-field' | 'invalid-field' | 'missing-field';
  readonly path: readonly string[];
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

type Schemas = { readonly [key: string]: Schema };
type Schema = { readonly properties?: Schemas; readonly items?: Schema; readonly additionalProperties?: boolean | Schema; readonly $ref?: string };

/** An API group whose kinds have closed schemas. */
interface ApiGroup {
  /** Compiled ahead of time: making them from the schemas takes longer than rendering a fleet. Loaded when a manifest needs them. */
  readonly validators: () => { readonly [kind: string]: ValidateFunction };
  readonly schemas: () => readonly (Schema & { readonly $id: string; readonly definitions?: Schemas })[];
  /** Whether specs are made of layers of configuration, which leave out the word `spec`. */
  readonly isLayered: boolean;
}

const groups: ReadonlyMap<string, ApiGroup> = new Map([
  [
    'argoproj.io',
    {
      validators: once(() => require('../../imports/argoproj.io.validate.js')),
      schemas: once(() => require('../../imports/argoproj.io.schema.json')),
      isLayered: true,
    },
  ],
  [
    'external-secrets.io',
    {
      validators: once(() => require('../../imports/external-secrets.io.validate.js')),
      schemas: once(() => require('../../imports/external-secrets.io.schema.json')),
      isLayered: false,
    },
  ],
  [
    'generators.external-secrets.io',
    {
      validators: once(() => require('../../imports/generators.external-secrets.io.validate.js')),
      schemas: once(() => require('../../imports/generators.external-secrets.io.schema.json')),
      isLayered: false,
    },
  ],
]);

/** Fields that configuration keeps beside the spec's; a misspelt one is looked for among them too. */
const fieldsBesideSpec = [
  'namespace',
  'labels',
  'annotations',
  'finalizers',
  'enabled',
  'after',
  'hydrate',
  'kubernetes',
  'apiVersions',
  'values',
  'overrides',
  'patches',
  'description',
  'owners',
  'workloads',
];

/**
 * Checks a manifest against the closed schema of its kind: unknown keys and wrong types. There are schemas of Argo CD
 * 3.6, and of External Secrets' `v1` and its generator for ECR. Manifests of other kinds have no finding.
 */
export function validateManifest(manifest: Manifest): readonly Finding[] {
  const group = groups.get(manifest.apiVersion.slice(0, manifest.apiVersion.indexOf('/')));
  const validate = group?.validators()[manifest.kind];
  if (!group || !validate || validate(manifest)) return [];
  const errors = (validate.errors ?? []).filter((error) => !isLeftToDeploy(error, manifest));
  // External Secrets served older versions for years, and nothing is known of them here.
  if (!group.isLayered && errors.some(({ instancePath }) => instancePath === '/apiVersion')) return [];
  // What is of another type is none of the words either.
  const mistyped = new Set(errors.flatMap(({ keyword, instancePath }) => (keyword === 'type' ? [instancePath] : [])));
  return errors.filter(({ keyword, instancePath }) => keyword !== 'enum' || !mistyped.has(instancePath)).map((error) => toFinding(error, manifest, group));
}

/** What a text with a token in it will be is known at deploy time only. */
function isLeftToDeploy({ keyword, instancePath }: ErrorObject, manifest: Manifest): boolean {
  if (!['pattern', 'enum', 'minLength', 'maxLength'].includes(keyword)) return false;
  const value = valueAt(manifest, keysOf(instancePath));
  return typeof value === 'string' && hasToken(value);
}

function toFinding(error: ErrorObject, manifest: Manifest, group: ApiGroup): Finding {
  const path = keysOf(error.instancePath);
  const at = path[path.length - 1] ?? manifest.kind;
  const visible = group.isLayered && path[0] === 'spec' ? path.slice(1) : path;
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    return {
      code: 'unknown-field',
      path: [...path, key],
      message: `${manifest.kind} has no field '${[...visible, key].join('.')}'`,
      hint: exportedHint(key, path, group) ?? suggestion(key, knownKeys(group, manifest.kind, path), 'fields'),
    };
  }
  const found = describe(valueAt(manifest, path));
  if (error.keyword === 'required') {
    const key = String(error.params.missingProperty);
    return {
      code: 'missing-field',
      path: [...path, key],
      message: `${manifest.kind} needs the field '${[...visible, key].join('.')}'`,
      ...(group.isLayered ? { hint: 'set it in the base, or in the defaults of the cluster type' } : {}),
    };
  }
  if (error.keyword === 'type') {
    const types = [error.params.type].flat() as string[];
    return { code: 'invalid-field', path, message: `'${visible.join('.')}' has the wrong type`, expected: types.map(article).join(' or '), found };
  }
  if (error.keyword === 'enum') {
    const words = (error.params.allowedValues as readonly unknown[]).map(String);
    const value = valueAt(manifest, path);
    const hint = typeof value === 'string' ? suggestion(value, words, 'words') : undefined;
    return { code: 'invalid-field', path, message: `'${visible.join('.')}' is no word that ${manifest.kind} knows`, expected: words.join(', '), found, hint };
  }
  return { code: 'invalid-field', path, message: `'${visible.join('.') || at}' is not valid: ${error.message}`, found };
}

/** What a cluster says of an object that it holds, and nobody else does. */
const clusterFields: readonly string[] = ['status', 'operation', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'];

/** What to do with a manifest that was copied from a cluster, as `argocd app get -o yaml` prints it. */
function exportedHint(key: string, path: readonly string[], { isLayered }: ApiGroup): string | undefined {
  const isTop = path.length === 0 || (path.length === 1 && path[0] === 'spec');
  if ((isTop || path[path.length - 1] === 'metadata') && clusterFields.includes(key)) return 'the cluster writes it, for itself: leave it out';
  if (!isLayered || path[0] !== 'spec' || path.length > 1) return undefined;
  if (key === 'spec') return 'write the fields of the spec themselves';
  if (key === 'metadata') return 'the name is that of the file; write `namespace`, `labels`, `annotations` and `finalizers` beside the fields of the spec';
  return key === 'apiVersion' ? 'it is known: leave it out, and write the fields of the spec themselves' : undefined;
}

function knownKeys(group: ApiGroup, kind: string, path: readonly string[]): readonly string[] {
  const root = group.schemas().find(({ $id }) => $id === kind);
  let schema: Schema | undefined = root;
  for (const key of path) {
    schema = schema?.properties?.[key] ?? schema?.items;
    if (schema?.$ref !== undefined) schema = root?.definitions?.[schema.$ref.slice('#/definitions/'.length)];
  }
  const keys = Object.keys(schema?.properties ?? {});
  return group.isLayered && path.length === 1 && path[0] === 'spec' ? [...keys, ...fieldsBesideSpec] : keys;
}

function valueAt(manifest: Manifest, path: readonly string[]): unknown {
  return path.reduce<Plain | undefined>((value, key) => (value as { [key: string]: Plain } | undefined)?.[key], manifest);
}

function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function article(type: string): string {
  return type === 'array' ? 'a list' : type === 'object' ? 'a map' : type === 'integer' ? 'a whole number' : `a ${type}`;
}
