import type { Plain } from '../layer';
import type { Manifest } from '../output';
import type { Problem } from '../problem';
import { type ChartId, isFolder } from './chart-id';

/** A file that a source names, by its path from the top of the chart, or of the fleet's repository. */
export interface InputFile {
  readonly path: string;
  readonly of: 'chart' | 'repository';
}

/** What Kustomize is told of a folder. */
export interface KustomizeTold {
  /** Whether the source says that it is one of Kustomize's. @default - it is one where a kustomization lies in it */
  readonly isSaid?: boolean;
  /** What `kustomize edit` is told, one after the other. */
  readonly edits: readonly (readonly string[])[];
  /** What comes behind the patches that the kustomization has. */
  readonly patches: readonly Plain[];
  /** Folders, from the one of the kustomization. */
  readonly components: readonly string[];
}

/** What objects of a chart are made of: the same input gives the same objects. */
export interface ChartInput {
  readonly id: ChartId;
  readonly releaseName: string;
  readonly namespace: string;
  /** Texts of YAML, in the order in which Helm reads them: the last one wins. */
  readonly values: readonly string[];
  /** Files of values, which Helm reads before `values`; a path may be a pattern. @default - none */
  readonly valueFiles?: readonly InputFile[];
  /** Whether a file of values that is not there is left out. @default false */
  readonly ignoreMissingValueFiles?: boolean;
  /** Values that are what a file holds: each wins over all others. @default - none */
  readonly fileParameters?: readonly { readonly name: string; readonly file: InputFile }[];
  /** Each wins over `values`, and over those before it. */
  readonly parameters: readonly { readonly name: string; readonly value: string; readonly forceString: boolean }[];
  readonly skipCrds: boolean;
  readonly skipTests: boolean;
  readonly skipSchemaValidation: boolean;
  /** `1.33`. @default - what the helm that is installed takes for itself */
  readonly kubernetes?: string;
  /** What `.Capabilities.APIVersions` has beside Kubernetes' own: `monitoring.coreos.com/v1`. */
  readonly apiVersions: readonly string[];
  /** Whether what it gives is compared with what another one gives, and nothing else. @default false */
  readonly isTrial?: boolean;
  /**
   * Whether a value that it is told is followed through the templates, and nothing else is wanted: it gives no objects, and is wrong
   * where a function is given that value which may make something else of it. @default false
   */
  readonly isFollowed?: boolean;
  /** What Kustomize is told where the folder is one of its. @default - it is a chart, whatever lies there */
  readonly kustomize?: KustomizeTold;
}

/** What a chart gives: its objects in the order in which Helm prints them, or what is wrong. */
export type ChartObjects = { readonly objects: readonly Manifest[] } | { readonly problems: readonly ChartFinding[] };

/** Without where it is said: whoever asks knows. */
export interface ChartFinding extends Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint'> {
  /** Which value of those that the chart was told it is about. @default - it is about none */
  readonly value?: readonly string[];
  /** The file of values that says that value, unless something stronger does. @default - none does */
  readonly saidBy?: string;
  /** Which field of the source it is about. @default - it is about none */
  readonly field?: readonly string[];
  /** Whether it is no matter of the chart: there is nothing to render any with. @default false */
  readonly isOfAll?: true;
  /** Whether the folder is no chart at all: Argo CD applies the files in it as they are. @default false */
  readonly isNoChart?: true;
}

/** A question of a chart's templates that Helm answers by itself, where nobody else does. */
export interface AskedCapability {
  /** The version of Kubernetes, or the kinds that there are. */
  readonly of: 'version' | 'kinds';
  /** The file of the chart that asks it. */
  readonly file: string;
  /** What the chart is called in messages. */
  readonly chart: string;
}

/** Renders charts, each distinct input once. */
export interface ChartRenderer {
  /** @returns for each input, in the same order, what it gives: where there is no program to render with, the same problems for all */
  render(inputs: readonly ChartInput[]): readonly ChartObjects[];

  /**
   * Texts for which the templates of a chart may ask, or look, in what they are told, in lists of those that may be asked for together;
   * none of a chart that is not there.
   */
  asked(input: ChartInput): readonly (readonly string[])[];

  /** The version that is rendered where a range is asked for; `undefined` where it is what is asked for, or nobody knows. */
  versionOf(id: ChartId): string | undefined;

  /**
   * Names of the files that inputs are made of, charts and files of values, in the same order: where it is the same, so are they. No
   * program is needed for it. A name is `undefined` where something cannot be read.
   */
  digests(inputs: readonly ChartInput[]): readonly (string | undefined)[];

  /** What the templates of a chart ask of the cluster's Kubernetes; nothing where nobody knows it. */
  capabilitiesOf(input: ChartInput): readonly AskedCapability[];

  /** Whatever says values of a chart, the strongest first: what it is told, and what it says itself; nothing where nobody knows it. */
  valuesOf(input: ChartInput): readonly Plain[];
}

/** Whether what a chart gives depends on files that lie in the fleet's repository. */
export function readsRepository({ id, valueFiles, fileParameters }: ChartInput): boolean {
  return isFolder(id) || valueFiles !== undefined || fileParameters !== undefined;
}
