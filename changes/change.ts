import type { Plain } from '../layers/layer';
import type { FleetRecord } from '../layers/record';
import type { LayerPlace } from './layer-places';
import type { Mark } from './objects/marks';
import type { Workloads } from './what-goes';

/** Where a change shows: equal changes of several targets are one. */
interface Somewhere {
  readonly clusterType: string;
  /** Every one, in sequence. */
  readonly targets: readonly string[];
  /** The fewest dimension paths that stand for them and for no other; `*` for all of the cluster type. */
  readonly paths: readonly string[];
}

/** One difference between two rendered states. */
export type Change = TargetChange | AppChange | ObjectChange | FieldChange;

/** A target of a cluster type comes or goes, with every app of it. */
export interface TargetChange extends Somewhere {
  readonly kind: 'target-removed' | 'target-added';
  /** How many apps come or go with all of them. */
  readonly apps: number;
  /** The node that came, or went, in its place and gets nearly the same: this one was renamed. */
  readonly twin?: string;
}

/** An app under another name, of another cluster type or by another deployer. */
export interface Twin {
  readonly clusterType: string;
  readonly app: string;
  readonly deployer?: string;
}

/** An app comes or goes at targets that were there before and are there afterwards. */
export interface AppChange extends Somewhere {
  readonly kind: 'app-removed' | 'app-added';
  readonly app: string;
  /** Whose Argo CD deploys it, in fleets of hubs. */
  readonly deployer?: string;
  /** Whether it is, or was, nowhere else. */
  readonly isEverywhere: boolean;
  /** Of what went: what becomes of what it deployed. @default - it came */
  readonly workloads?: Workloads;
  /** Of what came: what its objects do beside what they say. @default - nothing that people must see */
  readonly marks?: readonly Mark[];
  /** An app that says nearly the same and came where this one went, or went where it came: it was renamed or moved. */
  readonly twin?: Twin;
  readonly cause: Cause;
}

/** An object beside an app's own comes or goes. */
export interface ObjectChange extends Somewhere {
  readonly kind: 'object-removed' | 'object-added';
  readonly app: string;
  /** By its place: `manifests/configmap-settings`; of several members of hubs, whose names are `*` in it: `hub-1/argocd/members/*`. */
  readonly object: string;
  /** Its kind and name, as its first target has it, without a namespace where they have several: `ConfigMap settings`. @default - it says none */
  readonly manifest?: string;
  /** What that does beside what it says. @default - nothing that people must see */
  readonly marks?: readonly Mark[];
  /** Whether clusters have it before and after: its app is opened or closed, and Git alone begins or ends to hold it. @default false */
  readonly gitOnly?: true;
  /** Of an app whose charts are opened. @default - no layer has a word about it, or nobody recorded it */
  readonly cause?: Cause;
}

/** A field says something else. */
export interface FieldChange extends Somewhere {
  readonly kind: 'field';
  readonly app: string;
  /** As that of an {@link ObjectChange}. */
  readonly object?: string;
  /** The kind and the name of the object, where it is not the app's own. */
  readonly manifest?: string;
  readonly deployer?: string;
  /** As `layers/record` writes it. */
  readonly field: string;
  /** @default - it was not set */
  readonly before?: Plain;
  /** @default - it is set no more */
  readonly after?: Plain;
  /** Of an object beside the app's own: what the change does that this field is part of. @default - nothing that people must see */
  readonly marks?: readonly Mark[];
  readonly cause: Cause;
}

/** Which layers a change comes from: more than one, where they differ from target to target. */
export interface Cause {
  /** Those that have the word now, sorted. @default - none does, or nobody recorded it */
  readonly now: readonly string[];
  /** Those that had it before. */
  readonly before: readonly string[];
  /** Whose layers they are, and of which field. @default - the app's own, of the field itself or of `enabled` */
  readonly of?: LayerPlace;
  /** Of what a chart makes of several values: where the others stand that are other ones now. @default - it is one value */
  readonly besides?: readonly LayerPlace[];
}

/** Values that come from another layer now and say the same. */
export interface Moved {
  /** How many values of how many apps, target by target. */
  readonly values: number;
  readonly apps: number;
}

/** All that differs between two states. */
export interface Changes {
  /** What the states are called. */
  readonly before: string;
  readonly after: string;
  /** What alone was looked at: `cert-manager at production`, `what is at production`. @default - the whole fleet */
  readonly only?: string;
  /** Of the later state: what its readers call things. */
  readonly topology: FleetRecord['topology'];
  /** Removals first, then additions, then fields; each in the order of cluster types, apps and fields. */
  readonly changes: readonly Change[];
  /** How many targets get something else, or come or go. */
  readonly targets: number;
  readonly moved: Moved;
  /** Of how many apps, each counted at each target, nobody can tell whether their objects change. @default 0 */
  readonly unseen?: number;
  /** What there is to say of how the states were found, each a sentence. */
  readonly notes: readonly string[];
}
