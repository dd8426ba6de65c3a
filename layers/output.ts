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
  /** Which of these, the last ones and in the same order, other folders hold alike. @default - none are known to */
  readonly shared?: readonly SharedFiles[];
}

/** What several folders hold alike, one object for all of them: whoever writes or compares files looks into it once. */
export interface SharedFiles {
  /** The folder below that of a target which these have for themselves: `manifests/web`. */
  readonly path: string;
  /** Their paths begin with that one. */
  readonly files: readonly OutputFile[];
}

/** A folder, with everything below it, and whom it is for. */
export interface RenderedPlace {
  /** From the top of the output. */
  readonly folder: string;
  /** Dimension paths: what lies in it reaches nothing that is not below one of these. */
  readonly reaches: readonly string[];
}

/** Where which file of a hub's or a spoke's folder lies. Who writes it and who knows it again both go by this list. */
export const memberPlaces = {
  root: 'bootstrap/root.yaml',
  store: 'bootstrap/secret-store.yaml',
  namedStore: 'bootstrap/secret-stores/{name}.yaml',
  repository: 'bootstrap/repositories/{name}.yaml',
  registration: 'argocd/members/{name}.yaml',
  spokes: 'argocd/applicationsets/{name}.yaml',
  component: 'argocd/applicationsets/{group}/{name}.yaml',
  note: 'argocd/README.md',
  values: 'values/{group}/{name}.yaml',
  valuesInRelease: 'values/{group}/{name}/{release}.yaml',
} as const;

export type MemberPlace = keyof typeof memberPlaces;

/** What a place leaves open. */
export interface MemberPlaceParts {
  readonly group?: string;
  readonly name?: string;
  readonly release?: string;
}

export function memberPath(place: MemberPlace, parts: MemberPlaceParts = {}): string {
  return memberPlaces[place].replace(/\{(group|name|release)\}/g, (_, part: keyof MemberPlaceParts) => parts[part] as string);
}
