import type { FleetRecord } from '../../layers/record';
import type { Content } from '../state';

/** What every app says at every target, and which layer says it: of a state, or of a configuration that is not rendered. */
export interface FleetContents {
  /** What to call it: `HEAD (1a2b3c4)`, `the configuration`. */
  readonly name: string;
  readonly topology: FleetRecord['topology'];
  /** How it was found, where that is not as everybody expects. @default - nothing is to be said */
  readonly notes?: readonly string[];
  /** Which targets each cluster type has, in sequence. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** In the order of cluster types and names. */
  readonly apps: readonly AppContents[];
}

/** What one app says. */
export interface AppContents {
  readonly clusterType: string;
  readonly app: string;
  /** Where it is rendered, in sequence. */
  readonly targets: readonly string[];
  /** In configuration's words; the same object for targets at which it says the same. @param target one of its own */
  contentAt(target: string): Content;
  /**
   * The layer with the last word about a field, as records name it; about what is in a list, the layer that sets the list.
   *
   * @returns `undefined` where nobody recorded it
   */
  layerOf(keys: readonly string[], target: string): string | undefined;
  /** Equal for targets at which the same layers have the last word about the same fields; what else is equal may be told apart. */
  layersAt(target: string): unknown;
}
