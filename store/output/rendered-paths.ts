import type { FolderTexts } from '../files/writing/shared-files';
import type { Existing } from './existing-output';

/** A file, or a folder that others hold alike. */
type Piece = string | { readonly folder: string; readonly texts: FolderTexts };

/** What was rendered, by paths from the top of the output and by numbers: those of files that several folders hold are never listed one by one. */
export class RenderedPaths implements Iterable<string> {
  readonly #alone = new Set<string>();
  readonly #folders = new Map<string, FolderTexts>();
  /** What begins at which number, in sequence. */
  readonly #starts: number[] = [];
  readonly #pieces: Piece[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(path: string): void {
    this.#alone.add(path);
    this.#push(path, 1);
  }

  /** @param folder that holds files which others hold, too, and nothing else */
  addFolder(folder: string, texts: FolderTexts): void {
    this.#folders.set(folder, texts);
    this.#push({ folder, texts }, texts.length);
  }

  has(path: string): boolean {
    if (this.#alone.has(path)) return true;
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const texts = this.#folders.get(path.slice(0, end));
      if (texts) return texts.some((text) => text.path === path.slice(end + 1));
    }
    return false;
  }

  /** The path of the file of a number. */
  at(number: number): string {
    const { found, first } = this.#find(number);
    return typeof found === 'string' ? found : `${found.folder}/${found.texts[number - first]?.path}`;
  }

  /** The folder whose first file has a number. */
  folderAt(number: number): string {
    const { found } = this.#find(number);
    return typeof found === 'string' ? found : found.folder;
  }

  /** The folders that hold files which others hold, too. */
  get folders(): Iterable<string> {
    return this.#folders.keys();
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const found of this.#pieces) {
      if (typeof found === 'string') yield found;
      else for (const { path } of found.texts) yield `${found.folder}/${path}`;
    }
  }

  #push(piece: Piece, files: number): void {
    this.#starts.push(this.#size);
    this.#pieces.push(piece);
    this.#size += files;
  }

  /** What holds a number: the last that begins there or before. */
  #find(number: number) {
    let from = 0;
    for (let to = this.#starts.length; to - from > 1; ) {
      const middle = (from + to) >> 1;
      if ((this.#starts[middle] as number) <= number) from = middle;
      else to = middle;
    }
    return { found: this.#pieces[from] as Piece, first: this.#starts[from] as number };
  }
}

/** Folders that hold exactly what was rendered to them need no look into them. @param differing the first files of those that do not */
export function passOverSame(existing: Existing, files: RenderedPaths, differing: readonly number[]): void {
  const others = new Set(differing.map((number) => files.folderAt(number)));
  for (const folder of files.folders) if (!others.has(folder)) existing.passOver(folder);
}
