import type { ChangedFile } from './changed-file';
import type { CommitInfo } from './commit-info';
import type { Repository } from './repository';

/** What a commit did below the paths that were asked for. */
export interface PathChange extends ChangedFile {
  /** From the top of the repository, as it would be called now: whoever asks for `deploy` reads `deploy/…` of what was in `dist/…` then. */
  readonly path: string;
  /** What the file was called when the commit was made (of one that was renamed: before). @default - the same */
  readonly formerPath?: string;
}

/** A commit that changed something there. */
export interface PathCommit {
  readonly commit: CommitInfo;
  /** In order of their paths, never empty. */
  readonly changes: readonly PathChange[];
}

export interface PathHistory {
  /** The newest first; no commit comes before one that follows from it. */
  readonly commits: readonly PathCommit[];
  /** Whether the repository was cloned without what came before: the first commits that it has say nothing of how the files came to be. */
  readonly endsAtShallow: boolean;
}

export interface PathHistoryOptions {
  /** @default 'HEAD' */
  readonly from?: string;
  /** Only what was committed then or later, in milliseconds. @default - all */
  readonly since?: number;
  /** Only what was committed then or before, in milliseconds. @default - all */
  readonly until?: number;
  /** Whether what came with a merge came when it was merged, by the merge. @default false: by the commits that were merged */
  readonly firstParent?: boolean;
}

/** @param paths files and folders, relative to the working directory; they need not be there any more */
export declare function historyOf(repository: Repository, paths: readonly string[], options?: PathHistoryOptions): PathHistory;
