import type { Repository } from './repository';

/** A line `Key: value` at the end of a commit's message. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
}

/** What a commit says of itself. Its texts are as they were written: whoever prints them cleans them. */
export interface CommitInfo {
  readonly hash: string;
  readonly tree: string;
  /** All that it names, those that a shallow clone left out, too. */
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  /** When it was written, as ISO 8601 with its author's offset: `2026-11-01T10:00:00+01:00`. */
  readonly date: string;
  /** When it was committed, in milliseconds. */
  readonly time: number;
  /** The first paragraph of its message, in one line; `''` where it has none. */
  readonly subject: string;
  /** What follows the first paragraph, trailers included. */
  readonly body: string;
  readonly trailers: readonly Trailer[];
}

/** @returns one for each hash. @throws FleetError (`no-history`) where one cannot be read */
export declare function commitInfos(repository: Repository, hashes: readonly string[]): readonly CommitInfo[];
