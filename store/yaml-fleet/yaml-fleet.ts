import type { Dimension } from '../../layers/hierarchy';
import type { Problem } from '../../layers/problem';
import type { YamlFile } from './yaml-file';

/** A fleet of YAML files as they lie there: every file that means something, and what is wrong with the others. */
export interface YamlFleet {
  /** Absolute. */
  readonly root: string;
  readonly config: YamlFile;
  /** `exemptions.yaml`. @default - there is none, or it cannot be read */
  readonly exemptions?: YamlFile;
  readonly dimensions: readonly Dimension[];
  /** The nodes of the outermost dimension, as `config.yaml` has them. */
  readonly nodes: unknown;
  /** Every dimension path, complete or not, in sequence. */
  readonly paths: readonly string[];
  readonly clusterTypes: readonly YamlClusterType[];
  readonly problems: readonly Problem[];
}

export interface YamlClusterType {
  readonly name: string;
  /** Relative to the working directory. */
  readonly folder: string;
  readonly defaults?: YamlFile;
  readonly components: readonly YamlComponent[];
  /** The names of what is there, or has to be, and that nobody could read; `problems` says so. */
  readonly unread: readonly string[];
}

export interface YamlComponent {
  readonly name: string;
  /** Relative to the working directory. */
  readonly folder: string;
  readonly values: YamlFile;
  readonly metadata?: YamlFile;
  /** In sequence; at one path the override, then the patches in name order. */
  readonly layers: readonly YamlLayer[];
}

/** An `override.yaml` or a `patch-*.yaml`. */
export interface YamlLayer {
  readonly kind: 'override' | 'patch';
  /** The file's name without its ending. */
  readonly name: string;
  /** The dimension path where it sits. */
  readonly path: string;
  readonly file: YamlFile;
}

/** The sections of a file, and what they hold. */
export const sections = { applications: 'Application', applicationsets: 'ApplicationSet', appprojects: 'AppProject' } as const;

/** Where a cluster type says in TypeScript what its apps of a section have in common. */
export const defaultsKeys = { applications: 'applications', applicationsets: 'applicationSets', appprojects: 'appProjects' } as const;

export type Section = keyof typeof sections;

export const sectionNames = Object.keys(sections) as readonly Section[];
