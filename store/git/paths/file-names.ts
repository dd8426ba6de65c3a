/** A file, and what it says. */
export interface FileName {
  readonly path: string;
  readonly id: string;
}

/** What a commit removed, by id, by name and by folder. */
export class RemovedNames {
  readonly #ids = new Map<string, string>();
  readonly #byId = new Map<string, string[]>();
  readonly #byPlace = new Map<string, FileName[]>();

  constructor(files: readonly FileName[]) {
    for (const file of files) {
      this.#ids.set(file.path, file.id);
      push(this.#byId, file.id, file.path);
      push(this.#byPlace, `name ${nameOf(file.path)}`, file);
      push(this.#byPlace, `folder ${folderOf(file.path)}`, file);
    }
  }

  idOf(path: string): string | undefined {
    return this.#ids.get(path);
  }

  withId(id: string): readonly string[] {
    return this.#byId.get(id) ?? [];
  }

  /** Files of the same name elsewhere, and others of the same folder. */
  near(path: string): readonly FileName[] {
    return [...(this.#byPlace.get(`name ${nameOf(path)}`) ?? []), ...(this.#byPlace.get(`folder ${folderOf(path)}`) ?? [])];
  }

  /** Folders that held a file by this path. */
  foldersOf(inner: string): readonly string[] {
    const files = this.#byPlace.get(`name ${nameOf(inner)}`) ?? [];
    return files.filter(({ path }) => path === inner || path.endsWith(`/${inner}`)).map(({ path }) => path.slice(0, -inner.length).replace(/\/$/, ''));
  }
}

/** Files by the folders that hold them. */
export class BelowPaths {
  readonly #files: readonly FileName[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(files: readonly FileName[]) {
    this.#files = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
    const places = new Map<string, number>();
    for (const [at, { path }] of this.#files.entries()) {
      for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
        if (!places.has(path.slice(0, end))) places.set(path.slice(0, end), at);
      }
    }
    this.#places = places;
  }

  of(folder: string): readonly FileName[] {
    const found: FileName[] = [];
    for (let at = this.#places.get(folder) ?? this.#files.length; at < this.#files.length; at += 1) {
      const file = this.#files[at];
      if (file?.path === folder || file?.path.startsWith(`${folder}/`)) found.push(file);
      // Between a folder and its files, others may be sorted: `a-b` before `a/b`.
      else if (!file?.path.startsWith(folder)) break;
    }
    return found;
  }
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
