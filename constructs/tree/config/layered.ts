import type { Unset } from '../../../layers/layer';
import type { Target } from './target';

/** A value, or a pure function of the target that gives it. */
export type OfTarget<T> = T | ((target: Target) => T);

/**
 * What a layer sets: a value, a pure function of the target that gives it, or `unset` for what a broader layer set. Of a map
 * a layer says any part; a list is replaced whole, so its items are complete.
 */
export type Layered<T> = T | ((target: Target) => T) | Unset;

/** What stands in a map by its name. */
export interface Unnamed {
  /** Its key in the map is its name. */
  readonly name?: undefined;
}

/** Texts by name, such as labels. */
export interface Texts {
  readonly [name: string]: Layered<string> | undefined;
}

/** Anything a YAML document can hold, with functions of the target and `unset` in it. */
export type Value = string | number | boolean | null | undefined | Unset | readonly Value[] | { readonly [key: string]: Value } | ((target: Target) => Value);

/** Free-form values, such as a Helm chart's. */
export type Values = { readonly [key: string]: Value } | ((target: Target) => { readonly [key: string]: Value }) | Unset;
