import type { AnyNames, DimensionsOf, NamesOf, PathsOf, Singular } from './dimension-names';

/**
 * Tells the compiler which fleet the configuration belongs to, once, in `config/fleet.ts`:
 *
 * ```ts
 * declare module 'cdk8s-fleet' {
 *   interface Register {
 *     fleet: typeof fleet;
 *   }
 * }
 * ```
 *
 * Every app file then knows the fleet's dimension paths without importing it. Without it (a very large fleet may slow
 * an editor down) paths are plain strings, and are checked at synth only.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be augmented
export interface Register {}

/** A node of the registered fleet's hierarchy: `production`, `production/prod-canary`, … */
export type DimensionPath = Register extends { fleet: infer F } ? PathsOf<F> : string;

/** The dimensions of the registered fleet in the singular: `environment`, `sector`, `region`. */
export type DimensionName = Register extends { fleet: infer F } ? Singular<DimensionsOf<F>[number]> : string;

/** The names of the registered fleet's nodes by dimension. */
export type DimensionNames = Register extends { fleet: infer F } ? NamesOf<F> : AnyNames;
