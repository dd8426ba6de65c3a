import type { Problem } from './problem';

/** What a configuration file's default export is, before anybody looked at it, and which file it is. */
export interface ConfigFile {
  /** Relative to the working directory. */
  readonly file: string;
  /** The file's name without its ending. */
  readonly name: string;
  readonly content: unknown;
}

/** A cluster type's folder. */
export interface ClusterTypeFiles {
  readonly name: string;
  /** The folder itself. */
  readonly folder: string;
  /** `defaults.ts`. @default - no defaults */
  readonly defaults?: ConfigFile;
  /** In path order. */
  readonly apps: readonly ConfigFile[];
}

/** A configuration folder as it was read. */
export interface ConfigFiles {
  readonly folder: string;
  /** @default - missing or broken: `problems` says so */
  readonly fleet?: ConfigFile;
  readonly clusterTypes: readonly ClusterTypeFiles[];
  /** Files that could not be read. */
  readonly problems: readonly Problem[];
}
