import type { Manifest } from '../output';
import type { Problem } from '../problem';
import type { ChartId } from './chart-id';

/** A parameter of a chart, as Argo CD hands it to Helm (`--set`, `--set-string`). */
export interface ChartParameter {
  readonly name: string;
  readonly value: string;
  /** Whether it stays a text, whatever it looks like. */
  readonly forceString: boolean;
}

/** What objects of a chart are made of: the same input gives the same objects. */
export interface ChartInput {
  readonly id: ChartId;
  readonly releaseName: string;
  readonly namespace: string;
  /** Texts of YAML, in the order in which Helm reads them: the last one wins. */
  readonly values: readonly string[];
  readonly parameters: readonly ChartParameter[];
  readonly skipCrds: boolean;
  readonly skipTests: boolean;
  readonly skipSchemaValidation: boolean;
  /** `1.33`. @default - what the Helm that is installed takes for itself */
  readonly kubernetes?: string;
  readonly apiVersions: readonly string[];
}

/** What is wrong with a chart, without where it is said: whoever asks knows. */
export type ChartFinding = Pick<Problem, 'code' | 'message' | 'expected' | 'found' | 'hint'>;

/** What a chart gives: its objects in the order in which Helm prints them, or what is wrong. */
export type ChartObjects = { readonly objects: readonly Manifest[] } | { readonly problems: readonly ChartFinding[] };

/** Renders charts, each distinct input once. */
export interface ChartRenderer {
  /** @returns what each gives, in the same order */
  render(inputs: readonly ChartInput[]): readonly ChartObjects[];
}
