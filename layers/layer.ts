/** Removes a key that a broader layer set: `helm: { parameters: unset }`. */
export const unset: unique symbol = Symbol.for('cdk8s-fleet.unset') as never;

/** What `unset` is: there is no other value of this type. */
export type Unset = typeof unset;

/**
 * What a layer is, in order of precedence within one dimension path; `release` is what the release of a group says of a
 * component, `placement` the tool's own last word.
 */
export type LayerKind = 'defaults' | 'generated' | 'base' | 'release' | 'override' | 'patch' | 'placement';

/** Where a value came from. */
export interface LayerSource {
  readonly kind: LayerKind;
  /** A patch's name. */
  readonly name?: string;
  /** The dimension path where an override or a patch sits. */
  readonly path?: string;
  /** The file that sets the layer. @default - declared in code, not read from a file */
  readonly file?: string;
  /**
   * The file that says the same at this path, for people to look at: in YAML a patch has one wherever it sits. A mistake in one is a
   * mistake in all, and told of once, in `file`.
   * @default - it is `file`
   */
  readonly copy?: string;
  /** Keys from the file's default export to the layer's values. */
  readonly place: readonly string[];
}

/** A scalar, list or map as JSON knows them. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** The name of a layer as records show it: layer and path, never a file. */
export function layerLabel(source: LayerSource): string {
  if (source.kind === 'override') return `override ${source.path}`;
  if (source.kind === 'patch') return `${patchLabel(source.name ?? '')} ${source.path}`;
  return source.kind;
}

/** How layers call a patch, which may be called like an override. */
export function patchLabel(name: string): string {
  return name === 'override' ? `patch ${name}` : name;
}
