import type { Plain } from '../../layers/layer';
import type { FleetRecord } from '../../layers/record';

/** What differs between two nodes, or targets, of one moment. */
export interface NodeDifferences {
  /** Of what: `HEAD (1a2b3c4)`, `the configuration`. */
  readonly of: string;
  /** What its readers call things. */
  readonly topology: FleetRecord['topology'];
  readonly left: ComparedNode;
  readonly right: ComparedNode;
  /** What is rendered below one of them alone, or at all targets of one and some of the other. */
  readonly apps: readonly AppDifference[];
  readonly fields: readonly FieldDifference[];
  /** Fields that say where they are, or have a value of their own at nearly every target. */
  readonly own: readonly FieldDifference[];
}

export interface ComparedNode {
  readonly path: string;
  /** How many targets are at or below it. */
  readonly targets: number;
}

/** Whose a difference is. */
interface Whose {
  readonly clusterType: string;
  readonly app: string;
  /** Which object beside the app's own manifest: `manifests/configmap-settings`; the name of a target in it is `*`. */
  readonly object?: string;
}

export interface AppDifference extends Whose {
  /** Where it is rendered. @default - nowhere */
  readonly left?: Somewhere;
  readonly right?: Somewhere;
}

/** A field whose values below one node are not those below the other. */
export interface FieldDifference extends Whose {
  /** As `layers/record` writes it. */
  readonly field: string;
  readonly left: readonly SideValue[];
  readonly right: readonly SideValue[];
}

/** Targets of one side. */
export interface Somewhere {
  /** In sequence. */
  readonly targets: readonly string[];
  /** The fewest dimension paths that stand for them and for no other of the side's; the node alone for all. */
  readonly paths: readonly string[];
}

/** What a field says at some targets of one side. */
export interface SideValue extends Somewhere {
  /** @default - it is not set */
  readonly value?: Plain;
  /** The layers that say so. @default - none does, or nobody recorded it */
  readonly layers: readonly string[];
}
