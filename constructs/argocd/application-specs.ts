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

/** A template of Applications in an ApplicationSet: its own, or one that a generator merges over it. */
export interface TemplateAt {
  readonly template: Spec;
  /** From the manifest's top. */
  readonly path: readonly string[];
  readonly role: 'template' | 'override';
}

/** Every template of an ApplicationSet, however deep its generators stand in one another. */
export function templatesOf({ spec }: Manifest): readonly TemplateAt[] {
  return isMap(spec) ? [...templateIn(spec, ['spec'], 'template'), ...inGenerators(spec.generators, ['spec', 'generators'])] : [];
}

function* inGenerators(generators: unknown, path: readonly string[]): Generator<TemplateAt> {
  if (!Array.isArray(generators)) return;
  for (const [index, generator] of generators.entries()) {
    if (!isMap(generator)) continue;
    for (const [kind, fields] of Object.entries(generator)) {
      if (!isMap(fields)) continue;
      const at = [...path, String(index), kind];
      yield* templateIn(fields, at, 'override');
      // Those of `matrix` and `merge`.
      yield* inGenerators(fields.generators, [...at, 'generators']);
    }
  }
}

function templateIn({ template }: Spec, path: readonly string[], role: TemplateAt['role']): readonly TemplateAt[] {
  return isMap(template) ? [{ template, path: [...path, 'template'], role }] : [];
}

/** Every spec of Applications in a manifest: an Application has one, an ApplicationSet one in each of its templates. */
export function specsOf(manifest: Manifest): readonly SpecAt[] {
  const { kind, spec } = manifest;
  if (kind === 'Application') return isMap(spec) ? [{ spec, path: ['spec'], role: 'application' }] : [];
  if (kind !== 'ApplicationSet') return [];
  return templatesOf(manifest).flatMap(({ template, path, role }) => (isMap(template.spec) ? [{ spec: template.spec, path: [...path, 'spec'], role }] : []));
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
  return specsOf(manifest).reduce((mapped, at) => withPart(mapped, at.path, at.spec, change(at)), manifest);
}

/** The same for the templates of an ApplicationSet. */
export function mapTemplates(manifest: Manifest, change: (at: TemplateAt) => Spec): Manifest {
  return templatesOf(manifest).reduce((mapped, at) => withPart(mapped, at.path, at.template, change(at)), manifest);
}

function withPart(manifest: Manifest, path: readonly string[], before: Spec, after: Spec): Manifest {
  return before === after ? manifest : (replaced(manifest, path, after) as Manifest);
}

function replaced(document: unknown, [key, ...rest]: readonly string[], value: Spec): unknown {
  if (key === undefined) return value;
  const inner = replaced((document as Spec)[key], rest, value);
  if (Array.isArray(document)) return Object.freeze(document.map((item, index) => (index === Number(key) ? inner : item)));
  return Object.freeze({ ...(document as Spec), [key]: inner });
}
