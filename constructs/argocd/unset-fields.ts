import type { Plain } from '../../layers/layer';
import { type SpecAt, sourcesOf } from './application-specs';
import { isMap, type Spec } from './manifest-rule';

/**
 * Whether a field says something to Argo CD. Its interface and its command write out fields that say nothing: an empty
 * text, an empty list or null stands there for a field that is absent (`omitempty` and Go's zero values: argo-cd,
 * pkg/apis/application/v1alpha1/types.go).
 */
export function isSaid(value: Plain | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Fields in which null is a setting that is off, as Argo CD's interface writes it. Anywhere else null is a mistake. */
const nullable = {
  source: ['directory', 'helm', 'kustomize', 'plugin'],
  syncPolicy: ['automated', 'managedNamespaceMetadata', 'retry'],
} as const;

/** Fields of which one may be said: beside it, one that says nothing is no second one. */
const alternatives = { spec: ['source', 'sources'], destination: ['name', 'server'], helm: ['values', 'valuesObject'] } as const;

/** A spec without the fields that say nothing and would be refused otherwise; everything else stays as it is written. */
export function withoutUnset({ spec, role }: Pick<SpecAt, 'spec' | 'role'>): Spec {
  return [...unsetPaths(spec, role)].reduce<Spec>((cleaned, path) => without(cleaned, path) as Spec, spec);
}

type Path = readonly string[];

function* unsetPaths(spec: Spec, role: SpecAt['role']): Generator<Path> {
  // What a template says of these, a generator or a template patch may complete.
  if (role === 'application') {
    yield* idle(spec, [], alternatives.spec);
    yield* idle(spec.destination, ['destination'], alternatives.destination);
  }
  yield* nulls(spec.syncPolicy, ['syncPolicy'], nullable.syncPolicy);
  for (const { source, path } of sourcesOf({ spec, path: [] })) {
    yield* nulls(source, path, nullable.source);
    yield* idle(source.helm, [...path, 'helm'], alternatives.helm);
  }
}

function* nulls(map: Plain | undefined, path: Path, fields: readonly string[]): Generator<Path> {
  if (isMap(map)) for (const field of fields) if (map[field] === null) yield [...path, field];
}

function* idle(map: Plain | undefined, path: Path, fields: readonly string[]): Generator<Path> {
  if (!isMap(map) || !fields.some((field) => isSaid(map[field]))) return;
  for (const field of fields) if (map[field] !== undefined && !isSaid(map[field])) yield [...path, field];
}

function without(value: Plain, [key = '', ...rest]: Path): Plain {
  if (Array.isArray(value)) return Object.freeze(value.map((item, index) => (index === Number(key) ? without(item, rest) : item)));
  // Keys stay in their order, which is that of the output.
  const entries = Object.entries(value as Spec).map(([name, item]) => [name, name === key && rest.length > 0 ? without(item, rest) : item] as const);
  return Object.freeze(Object.fromEntries(entries.filter(([name]) => name !== key || rest.length > 0)));
}
