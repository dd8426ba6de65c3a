import type { Plain } from '../../layers/layer';
import type { SpecAt } from './application-specs';
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
export function withoutUnset(at: SpecAt): Spec {
  const unset = unsetPaths(at);
  return unset.length === 0 ? at.spec : unset.reduce<Spec>((cleaned, path) => without(cleaned, path) as Spec, at.spec);
}

type Path = readonly string[];

/** From the spec down. */
function unsetPaths({ spec, path: above, role, sources }: SpecAt): readonly Path[] {
  const paths: Path[] = [];
  // What a template says of these, a generator or a template patch may complete.
  if (role === 'application') {
    addIdle(spec, [], alternatives.spec, paths);
    addIdle(spec.destination, ['destination'], alternatives.destination, paths);
    // An empty text is no namespace.
    if (isMap(spec.destination) && spec.destination.namespace === '') paths.push(['destination', 'namespace']);
  }
  addNulls(spec.syncPolicy, ['syncPolicy'], nullable.syncPolicy, paths);
  for (const { source, path } of sources) {
    const below = path.slice(above.length);
    addNulls(source, below, nullable.source, paths);
    addIdle(source.helm, [...below, 'helm'], alternatives.helm, paths);
  }
  return paths;
}

function addNulls(map: Plain | undefined, path: Path, fields: readonly string[], paths: Path[]): void {
  if (isMap(map)) for (const field of fields) if (map[field] === null) paths.push([...path, field]);
}

function addIdle(map: Plain | undefined, path: Path, fields: readonly [string, string], paths: Path[]): void {
  if (!isMap(map)) return;
  const [one, other] = fields;
  if (map[one] === undefined || map[other] === undefined || isSaid(map[one]) === isSaid(map[other])) return;
  paths.push([...path, isSaid(map[one]) ? other : one]);
}

function without(value: Plain, [key = '', ...rest]: Path): Plain {
  if (Array.isArray(value)) return Object.freeze(value.map((item, index) => (index === Number(key) ? without(item, rest) : item)));
  // Keys stay in their order, which is that of the output.
  const entries = Object.entries(value as Spec).map(([name, item]) => [name, name === key && rest.length > 0 ? without(item, rest) : item] as const);
  return Object.freeze(Object.fromEntries(entries.filter(([name]) => name !== key || rest.length > 0)));
}
