import type { Plain } from './layer';
import type { Branch } from './node';
import type { AppRecord, FleetRecord } from './record';

/** A Kubernetes object as data. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string } & { readonly [key: string]: Plain };
  readonly [key: string]: Plain;
}

/** One file of rendered output, as data: what turns it into text may share work between equal documents. */
export type OutputFile =
  /** `Chart.yaml` and `values.yaml`: what makes a Helm chart of a target's folder. */
  | { readonly kind: 'chart'; readonly path: string; readonly document: Plain }
  /** Where an app is rendered, and which layers set its values; Argo CD reads no such file. */
  | { readonly kind: 'record'; readonly path: string; readonly record: AppRecord }
  /** Which targets there are; Argo CD reads no such file. */
  | { readonly kind: 'fleet-record'; readonly path: string; readonly record: FleetRecord }
  /** A text that is no object: for people, which Argo CD does not read; or of a chart of an app's own, what Helm checks at deploy time. */
  | { readonly kind: 'note'; readonly path: string; readonly text: string }
  /** The values of a Helm chart. */
  | { readonly kind: 'helm-values'; readonly path: string; readonly values: Branch }
  /** A file below `templates/`: Helm evaluates it at deploy time. */
  | { readonly kind: 'template'; readonly path: string; readonly document: Manifest }
  /** A file that is applied as it is; or in a chart of the app's own, where Helm evaluates it at deploy time. @default - as it is */
  | { readonly kind: 'manifest'; readonly path: string; readonly document: Manifest; readonly inChart?: true };

/** A folder of rendered output. */
export interface OutputFolder {
  /** From the top of the output: `management-cluster/production/prod-canary/us-east1`. */
  readonly path: string;
  /** Their paths are relative to the folder. */
  readonly files: readonly OutputFile[];
}

/** A folder, with everything below it, and whom it is for. */
export interface RenderedPlace {
  /** From the top of the output. */
  readonly folder: string;
  /** Dimension paths: what lies in it reaches nothing that is not below one of these. */
  readonly reaches: readonly string[];
}
