import type { Plain } from '../../../layers/layer';
import type { LayerPlace } from '../changes/change-places';
import type { Since } from './field-steps';

/** What one app says at one target, and why. */
export interface Explanation {
  readonly clusterType: string;
  readonly app: string;
  readonly target: string;
  /** The commit that was asked: `v1.2 (1a2b3c4)`. @default - the configuration as it is now */
  readonly at?: string;
  /** Whether the app is rendered there. */
  readonly isRendered: boolean;
  /** Sorted by name. */
  readonly fields: readonly ExplainedField[];
  /** Why nothing is said of commits. @default - it is */
  readonly withoutHistory?: string;
}

export interface ExplainedField {
  readonly field: string;
  /** @default - a layer unset what others had set */
  readonly value?: Plain;
  /** The layer that has the last word, and where it says so. @default - nobody recorded it */
  readonly layer?: LayerPlace;
  /** What it hid, the nearest first. */
  readonly hid: readonly HiddenValue[];
  /** @default - it is not rendered, or nothing is known of commits */
  readonly since?: Since;
}

export interface HiddenValue {
  /** @default - the layer unset it */
  readonly value?: Plain;
  readonly layer: LayerPlace;
}
