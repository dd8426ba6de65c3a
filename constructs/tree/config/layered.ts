import type { Unset } from '../../../layers/layer';
import type { ClusterToken } from '../cluster';
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

/**
 * What a layer may say of a scalar among the values of a chart whose values are typed, at any depth: a value, what only the
 * live cluster knows, null, which to Helm drops the chart's own, `unset` for what a broader layer set, or a pure function of
 * the target.
 */
export type ChartValue<T> = T | ClusterToken | null | Unset | ChartValueOfTarget<T | ClusterToken>;

/** The same of a map or a list, which no cluster gives: an editor would offer the methods of a text among its keys. */
export type ChartPart<T> = T | null | Unset | ChartValueOfTarget<T>;

/** A pure function of the target that gives a value of a chart. */
export type ChartValueOfTarget<T> = (target: Target) => T | null | Unset;

/** All values of a chart whose values are typed. */
export type ChartValues<T> = T | ((target: Target) => T) | Unset;

declare const bySource: unique symbol;

/** The values of an app with several sources, by the names of these: `FleetAppConfig<BySource<{ web: WebValues; db: DbValues }>>`. */
export interface BySource<Charts> {
  /** Known to the compiler alone. */
  readonly [bySource]: Charts;
}

/** The values of an app's only source, and of each in a list. */
export type OfOneSource<Typed> = [Typed] extends [BySource<unknown>] ? Values : Typed;
