import { tryRead } from '../output-folder';

/** Files that may be rendered output: those on the disk, or those of a commit. */
export interface FileTree {
  /** @param path from the top of the output @returns `undefined` where no file is */
  text(path: string): string | undefined;
}

/** What is on the disk now. */
export class DiskTree implements FileTree {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  text(path: string): string | undefined {
    return tryRead(`${this.#root}/${path}`);
  }
}
