import type { ChangedFile } from './changed-file';
import type { Repository } from './repository';
import type { TreeEntry } from './work-tree';

/** What a commit has below a folder, by paths from there; a file of its own is `''`. */
export declare function treeAt(repository: Repository, commit: string, folder: string): ReadonlyMap<string, TreeEntry>;

/** Whether a commit has a file there, or a folder. */
export declare function hasPath(repository: Repository, commit: string, path: string): boolean;

/** In what two commits differ below a folder, by paths from there. */
export declare function changedBetween(repository: Repository, from: string, to: string, folder: string): readonly ChangedFile[];

/** Contents by id, each once. @throws FleetError (`no-history`) where one is not here */
export declare function readBlobs(repository: Repository, ids: Iterable<string>): ReadonlyMap<string, Buffer>;

/** Whether Git is told to leave a path out (`.gitignore`) that it does not know yet. */
export declare function isIgnored(repository: Repository, path: string): boolean;
