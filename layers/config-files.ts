import type { ChartRenderer } from './charts/chart-input';
import type { Problem } from './problem';

/** A place in a file. */
export interface Place {
  /** Relative to the working directory. */
  readonly file: string;
  /** Keys from the top of the file's content. */
  readonly place: readonly string[];
}

/** What a configuration file's default export is, before anybody looked at it, and which file it is. */
export interface ConfigFile {
  /** Relative to the working directory. */
  readonly file: string;
  /** The file's name without its ending. */
  readonly name: string;
  readonly content: unknown;
  /**
   * Where parts of the content stand, by their keys joined with {@link placeKey}: a YAML fleet keeps each layer in a file
   * of its own. What has no entry stands below the nearest one above it.
   * @default - in the file, at the same place
   */
  readonly parts?: ReadonlyMap<string, Place>;
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
  /** The names of files that are there, or have to be, and that nobody could read; `problems` says so. @default - none */
  readonly unread?: readonly string[];
}

/** A configuration folder as it was read. */
export interface ConfigFiles {
  readonly folder: string;
  /** Whether it is a folder of TypeScript or of YAML files. @default 'typescript' */
  readonly form?: 'typescript' | 'yaml';
  /** @default - missing or broken: `problems` says so */
  readonly fleet?: ConfigFile;
  /** `exemptions.ts`, or the list in `exemptions.yaml`. @default - there are none, or `problems` says what is wrong */
  readonly exemptions?: ConfigFile;
  /** `rules.ts`: rules of the fleet's own. @default - there are none, or `problems` says what is wrong */
  readonly rules?: ConfigFile;
  /** Whether `rules.ts` is there and could not be read. @default false */
  readonly hasUnreadRules?: boolean;
  readonly clusterTypes: readonly ClusterTypeFiles[];
  /** Who renders the charts of apps that are opened. @default - nobody: none may be */
  readonly charts?: ChartRenderer;
  /** Files that could not be read. */
  readonly problems: readonly Problem[];
}

/** Keys as one key of {@link ConfigFile.parts}. */
export function placeKey(keys: readonly string[]): string {
  return keys.join('\u0000');
}

/** Where a part of a file's content stands. */
export function placeIn({ file, parts }: Pick<ConfigFile, 'file' | 'parts'>, keys: readonly string[]): Place {
  for (let length = parts ? keys.length : -1; length >= 0; length -= 1) {
    const part = parts?.get(placeKey(keys.slice(0, length)));
    if (part) return { file: part.file, place: [...part.place, ...keys.slice(length)] };
  }
  return { file, place: keys };
}
