import type { Manifest } from '../../layers/output';
import { isMap, type Spec } from './manifest-rule';

/** The spec of Applications, as a manifest holds it. */
export interface SpecAt {
  readonly spec: Spec;
  /** From the manifest's top. */
  readonly path: readonly string[];
  /** An Application's own, that of an ApplicationSet's template, or what a generator merges over it. */
  readonly role: 'application' | 'template' | 'override';
}

/** A source of an Application that is a map. */
export interface SourceAt {
  readonly source: Spec;
  /** From the manifest's top. */
  readonly path: readonly string[];
}

/** Every spec of Applications in a manifest: an ApplicationSet has one in its template, and one in each template of its generators. */
export function specsOf({ kind, spec }: Manifest): readonly SpecAt[] {
  if (!isMap(spec)) return [];
  if (kind === 'Application') return [{ spec, path: ['spec'], role: 'application' }];
  if (kind !== 'ApplicationSet') return [];
  return [...templateOf(spec, ['spec'], 'template'), ...inGenerators(spec.generators, ['spec', 'generators'])];
}

function* inGenerators(generators: unknown, path: readonly string[]): Generator<SpecAt> {
  if (!Array.isArray(generators)) return;
  for (const [index, generator] of generators.entries()) {
    if (!isMap(generator)) continue;
    for (const [kind, fields] of Object.entries(generator)) {
      if (!isMap(fields)) continue;
      const at = [...path, String(index), kind];
      yield* templateOf(fields, at, 'override');
      // Those of `matrix` and `merge`.
      yield* inGenerators(fields.generators, [...at, 'generators']);
    }
  }
}

function templateOf({ template }: Spec, path: readonly string[], role: SpecAt['role']): readonly SpecAt[] {
  return isMap(template) && isMap(template.spec) ? [{ spec: template.spec, path: [...path, 'template', 'spec'], role }] : [];
}

/** A spec's sources, written as one, as a list or by name. */
export function sourcesOf({ spec, path }: Pick<SpecAt, 'spec' | 'path'>): readonly SourceAt[] {
  const { source, sources } = spec;
  const entries: readonly (readonly [readonly string[], unknown])[] = [
    [['source'], source],
    ...Object.entries(typeof sources === 'object' && sources !== null ? sources : {}).map(([key, value]) => [['sources', key], value] as const),
  ];
  return entries.flatMap(([at, value]) => (isMap(value) ? [{ source: value, path: [...path, ...at] }] : []));
}

/** The manifest with each of its specs of Applications changed; what stays the same is shared. */
export function mapSpecs(manifest: Manifest, change: (at: SpecAt) => Spec): Manifest {
  let mapped = manifest;
  for (const at of specsOf(manifest)) {
    const changed = change(at);
    if (changed !== at.spec) mapped = replaced(mapped, at.path, changed) as Manifest;
  }
  return mapped;
}

function replaced(document: unknown, [key, ...rest]: readonly string[], value: Spec): unknown {
  if (key === undefined) return value;
  const inner = replaced((document as Spec)[key], rest, value);
  if (Array.isArray(document)) return Object.freeze(document.map((item, index) => (index === Number(key) ? inner : item)));
  return Object.freeze({ ...(document as Spec), [key]: inner });
}
