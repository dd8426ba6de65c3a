/** Files that several folders hold alike. */
export interface Shared {
  /** Every folder of them, with all that is in it: first the one above all, whose path is `''`. */
  readonly folders: readonly { readonly path: string; readonly entries: ReadonlyMap<string, 'file' | 'folder'> }[];
  /** Their paths are from the one above all. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

/** What was done, by the numbers of files. */
export interface Done {
  readonly written: number[];
  /** First files of folders that did not hold exactly the files that several hold alike. */
  readonly differing: number[];
}

interface PutFiles {
  putFile(made: Set<string>, old: string, path: string, bytes: Uint8Array): boolean;
  putShared(made: Set<string>, done: Done, shared: Shared, first: number, old: string, path: string): void;
  putSlot(made: Set<string>, done: Done, known: ReadonlyMap<number, Shared>, slot: Buffer): void;
}

/** What the thread does; what is little, or waits too long for it, is done without one. */
export const { putFile, putShared, putSlot } = require('./put-file.cjs') as PutFiles;
