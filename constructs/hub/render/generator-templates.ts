import type { Plain } from '../../../layers/layer';
import { compare } from '../../../layers/problem';
import { sayTheSame } from './sorted-map';

export type PlainMap = { readonly [key: string]: Plain };

/** Specs of Applications that one ApplicationSet makes: what all say alike, for its template, and what each says otherwise. */
export interface SharedSpec {
  readonly common: PlainMap;
  specialOf(spec: PlainMap): PlainMap;
}

/**
 * A field of the spec that differs stands in the templates of the generators and nowhere else, because Argo CD merges a
 * generator's template over the common one, and takes `false` for unset there (argo-cd, applicationset/generators,
 * mergeGeneratorTemplate).
 */
export function sharedSpec(specs: readonly PlainMap[]): SharedSpec {
  const [first = {}] = specs;
  const keys = [...new Set(specs.flatMap((spec) => Object.keys(spec)))].sort(compare);
  const isCommon = (key: string) => specs.every((spec) => sayTheSame(spec[key], first[key]));
  const special = keys.filter((key) => !isCommon(key));
  return { common: pick(first, keys.filter(isCommon)), specialOf: (spec) => pick(spec, special) };
}

function pick(spec: PlainMap, wanted: readonly string[]): PlainMap {
  return Object.fromEntries(wanted.flatMap((key) => (spec[key] === undefined ? [] : [[key, spec[key]]])));
}

/** The template of a generator, where it says anything: a template is whole, and what is empty in it says nothing. */
export function ownTemplate(special: PlainMap, metadata: PlainMap | undefined): { readonly template?: PlainMap } {
  if (Object.keys(special).length === 0 && metadata === undefined) return {};
  return { template: { metadata: metadata ?? {}, spec: { destination: {}, project: '', ...special } } };
}
