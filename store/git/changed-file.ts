/** What a commit did to one file. Links and submodules count as files. */
export interface ChangedFile {
  readonly path: string;
  readonly status: 'added' | 'removed' | 'changed';
  /** The id of its content before; of one that was added there is none. */
  readonly before?: string;
  /** The id of its content after; of one that was removed there is none. */
  readonly after?: string;
}
