import type { Unset } from '../layers/layer';
import type { Target } from './target';

/** A value, or a pure function of the target that gives it. */
export type OfTarget<T> = T | ((target: Target) => T);

/**
 * What a layer may say of a `T`: any part of it, any value of it as a function of the target, and `unset` for what a
 * broader layer set. Lists are replaced whole, so their items are complete.
 */
export type Layered<T> = T extends Scalar
  ? OfTarget<T> | Unset
  : T extends readonly (infer Item)[]
    ? readonly Complete<Item>[] | ((target: Target) => readonly Complete<Item>[]) | Unset
    : IsOpen<T> extends true
      ? Values
      : LayeredMap<T> | ((target: Target) => LayeredMap<T>) | Unset;

/** Any part of a map. */
export type LayeredMap<T> = {
  readonly [K in keyof T]?: Layered<NonNullable<T[K]>> | (K extends 'sources' ? { readonly [name: string]: Layered<Named<T[K]>> } : never);
};

/** Of `sources`, in any spec: each may be written under its name, in a map that is merged as one and rendered as a list. */
type Named<T> = NonNullable<T> extends readonly (infer Source)[] ? Omit<Source, 'name'> : never;

/** A whole `T` in which any value may be a function of the target. */
type Complete<T> = T extends Scalar
  ? OfTarget<T>
  : T extends readonly (infer Item)[]
    ? readonly Complete<Item>[] | ((target: Target) => readonly Complete<Item>[])
    : IsOpen<T> extends true
      ? Value
      : CompleteMap<T> | ((target: Target) => CompleteMap<T>);

type CompleteMap<T> = { readonly [K in keyof T]: Complete<T[K]> | (K extends 'sources' ? { readonly [name: string]: Complete<Named<T[K]>> } : never) };

type Scalar = string | number | boolean | null | undefined;

/** Whether the schema leaves the content of a map open: Helm values, most of all. */
type IsOpen<T> = unknown extends T ? true : string extends keyof T ? (unknown extends T[keyof T] ? true : false) : false;

/** Anything a YAML document can hold, with functions of the target and `unset` in it. */
export type Value = string | number | boolean | null | undefined | Unset | readonly Value[] | { readonly [key: string]: Value } | ((target: Target) => Value);

/** Free-form values, such as a Helm chart's. */
export type Values = { readonly [key: string]: Value } | ((target: Target) => { readonly [key: string]: Value }) | Unset;
