import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Plain } from '../../layers/layer';
import { suggestion } from '../../layers/nearest';
import type { Manifest } from '../../layers/output';
import { describe } from '../../layers/plain-data';

/** What a schema has against a manifest, at a path of keys from the manifest's top. */
export interface Finding {
  readonly code: 'unknown-field' | 'invalid-field' | 'missing-field';
  readonly path: readonly string[];
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

type Schema = { readonly properties?: { readonly [key: string]: Schema }; readonly items?: Schema; readonly additionalProperties?: boolean | Schema };

/** Fields that configuration keeps beside the spec's; a misspelt one is looked for among them too. */
const fieldsBesideSpec = [
  'namespace',
  'labels',
  'annotations',
  'finalizers',
  'enabled',
  'values',
  'overrides',
  'patches',
  'description',
  'owners',
  'workloads',
];

/**
 * Checks a manifest of Argo CD's own kinds against the closed schema of Argo CD 3.6: unknown keys and wrong types.
 * Manifests of other kinds have no finding.
 */
export function validateManifest(manifest: Manifest): readonly Finding[] {
  if (!manifest.apiVersion.startsWith('argoproj.io/')) return [];
  const validate = validators()[manifest.kind];
  if (!validate || validate(manifest)) return [];
  return (validate.errors ?? []).map((error) => toFinding(error, manifest));
}

let compiled: { readonly [kind: string]: ValidateFunction } | undefined;

/** Compiled ahead of time: making them from the schemas takes longer than rendering a fleet. */
function validators(): { readonly [kind: string]: ValidateFunction } {
  compiled ??= require('../../imports/argoproj.io.validate.js') as { readonly [kind: string]: ValidateFunction };
  return compiled;
}

function toFinding(error: ErrorObject, manifest: Manifest): Finding {
  const path = error.instancePath.split('/').slice(1).map(unescapePointer);
  const at = path[path.length - 1] ?? manifest.kind;
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    return {
      code: 'unknown-field',
      path: [...path, key],
      message: `${manifest.kind} has no field '${[...visible(path), key].join('.')}'`,
      hint: suggestion(key, knownKeys(manifest.kind, path), 'fields'),
    };
  }
  const found = describe(valueAt(manifest, path));
  if (error.keyword === 'required') {
    const key = String(error.params.missingProperty);
    return {
      code: 'missing-field',
      path: [...path, key],
      message: `${manifest.kind} needs the field '${[...visible(path), key].join('.')}'`,
      hint: 'set it in the base, or in the defaults of the cluster type',
    };
  }
  if (error.keyword === 'type') {
    const types = [error.params.type].flat() as string[];
    return { code: 'invalid-field', path, message: `'${visible(path).join('.')}' has the wrong type`, expected: types.map(article).join(' or '), found };
  }
  return { code: 'invalid-field', path, message: `'${visible(path).join('.') || at}' is not valid: ${error.message}`, found };
}

/** The path as configuration writes it: without `spec`. */
function visible(path: readonly string[]): readonly string[] {
  return path[0] === 'spec' ? path.slice(1) : path;
}

function knownKeys(kind: string, path: readonly string[]): readonly string[] {
  const schemas = require('../../imports/argoproj.io.schema.json') as readonly (Schema & { readonly $id: string })[];
  let schema: Schema | undefined = schemas.find(({ $id }) => $id === kind);
  for (const key of path) schema = schema?.properties?.[key] ?? schema?.items;
  const keys = Object.keys(schema?.properties ?? {});
  return path.length === 1 && path[0] === 'spec' ? [...keys, ...fieldsBesideSpec] : keys;
}

function valueAt(manifest: Manifest, path: readonly string[]): unknown {
  return path.reduce<Plain | undefined>((value, key) => (value as { [key: string]: Plain } | undefined)?.[key], manifest);
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function article(type: string): string {
  return type === 'array' ? 'a list' : type === 'object' ? 'a map' : type === 'integer' ? 'a whole number' : `a ${type}`;
}
