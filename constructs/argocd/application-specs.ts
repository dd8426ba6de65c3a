import type { Manifest } from '../../layers/output';
import { isMap, type Spec } from './manifest-rule';

/** The spec of Applications, as a manifest holds it. */
export class SpecAt {
  #sources: readonly SourceAt[] | undefined;

  /**
   * @param path from the manifest's top
   * @param role an Application's own, that of an ApplicationSet's template, or what a generator merges over it
   */
  constructor(
    readonly spec: Spec,
    readonly path: readonly string[],
    readonly role: 'application' | 'template' | 'override',
  ) {}

  /** Its sources, written as one, as a list or by name. */
  get sources(): readonly SourceAt[] {
    this.#sources ??= sourcesIn(this.spec, this.path);
    return this.#sources;
  }
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

/** A generator of an ApplicationSet. */
export interface GeneratorAt {
  readonly generator: Spec;
  /** From the manifest's top. */
  readonly path: readonly string[];
}

/** Every generator of an ApplicationSet, however deep they stand in one another. */
export function generatorsOf({ kind, spec }: Manifest): readonly GeneratorAt[] {
  return kind === 'ApplicationSet' && isMap(spec) ? [...generatorsIn(spec.generators, ['spec', 'generators'])] : [];
}

function* generatorsIn(generators: unknown, path: readonly string[]): Generator<GeneratorAt> {
  if (!Array.isArray(generators)) return;
  for (const [index, generator] of generators.entries()) {
    if (!isMap(generator)) continue;
    const at = [...path, String(index)];
    yield { generator, path: at };
    // Those of `matrix` and `merge`.
    for (const [kind, fields] of Object.entries(generator)) if (isMap(fields)) yield* generatorsIn(fields.generators, [...at, kind, 'generators']);
  }
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

const known = new WeakMap<Manifest, readonly SpecAt[]>();

/** Every spec of Applications in a manifest: an Application has one, an ApplicationSet one in each of its templates. */
export function specsOf(manifest: Manifest): readonly SpecAt[] {
  let specs = known.get(manifest);
  if (!specs) {
    // Every rule asks for them.
    specs = specsIn(manifest);
    known.set(manifest, specs);
  }
  return specs;
}

function specsIn(manifest: Manifest): readonly SpecAt[] {
  const { kind, spec } = manifest;
  if (kind === 'Application') return isMap(spec) ? [new SpecAt(spec, ['spec'], 'application')] : [];
  if (kind !== 'ApplicationSet') return [];
  return templatesOf(manifest).flatMap(({ template, path, role }) => (isMap(template.spec) ? [new SpecAt(template.spec, [...path, 'spec'], role)] : []));
}

function sourcesIn({ source, sources }: Spec, path: readonly string[]): readonly SourceAt[] {
  const found: SourceAt[] = [];
  if (isMap(source)) found.push({ source, path: [...path, 'source'] });
  if (typeof sources === 'object' && sources !== null) {
    for (const [key, value] of Object.entries(sources)) if (isMap(value)) found.push({ source: value, path: [...path, 'sources', key] });
  }
  return found;
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
