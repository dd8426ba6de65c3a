/** Files by their paths: some, or all but some. Never changed, so that many commits may share one. */
export class FileSet {
  static readonly all = new FileSet(true, new Set());
  static readonly none = new FileSet(false, new Set());

  readonly #isAllBut: boolean;
  readonly #files: ReadonlySet<string>;

  private constructor(isAllBut: boolean, files: ReadonlySet<string>) {
    this.#isAllBut = isAllBut;
    this.#files = files;
  }

  static of(files: Iterable<string>): FileSet {
    return new FileSet(false, new Set(files));
  }

  has(file: string): boolean {
    return this.#files.has(file) !== this.#isAllBut;
  }

  union(other: FileSet): FileSet {
    if (other === this || (!other.#isAllBut && other.#files.size === 0)) return this;
    if (!this.#isAllBut && !other.#isAllBut) return new FileSet(false, new Set([...this.#files, ...other.#files]));
    if (this.#isAllBut) return new FileSet(true, new Set([...this.#files].filter((file) => !other.has(file))));
    return other.union(this);
  }

  without(files: readonly string[]): FileSet {
    if (files.length === 0) return this;
    if (this.#isAllBut) return new FileSet(true, new Set([...this.#files, ...files]));
    const left = new Set(this.#files);
    for (const file of files) left.delete(file);
    return new FileSet(false, left);
  }
}
