/** Files and folders that somebody asks for, by what they are called now; and what each was called at some time. */
export class AskedPaths {
  /** By what each was called at that time, what it is called now. From the top of the repository. */
  readonly #now: ReadonlyMap<string, string>;

  constructor(now: ReadonlyMap<string, string>) {
    this.#now = now;
  }

  get paths(): readonly string[] {
    return [...this.#now.keys()];
  }

  /**
   * What Git is asked to look at: the paths, or where there are many the folders that hold them, for Git compares each file with
   * each path.
   */
  get pathspecs(): readonly string[] {
    const most = 30;
    let paths = this.paths;
    while (paths.length > most) {
      const depth = Math.max(...paths.map(depthOf));
      paths = [...new Set(paths.map((path) => (depthOf(path) === depth ? path.slice(0, Math.max(path.lastIndexOf('/'), 0)) : path)))];
    }
    return paths.includes('') ? [] : paths;
  }

  /** The one of the paths that holds a file, or is it: the outermost. */
  tryHolder(file: string): string | undefined {
    if (this.#now.has('')) return '';
    for (let end = file.indexOf('/'); end >= 0; end = file.indexOf('/', end + 1)) {
      const folder = file.slice(0, end);
      if (this.#now.has(folder)) return folder;
    }
    return this.#now.has(file) ? file : undefined;
  }

  /** What a file below one of the paths is called now. */
  nowOf(file: string, holder: string): string {
    return moved(file, holder, this.#now.get(holder) ?? holder);
  }
}

/** A file of one folder, or that one itself, as it is called in another. */
function moved(file: string, from: string, to: string): string {
  return from === to ? file : pathIn(to, from === '' ? file : file.slice(from.length + 1));
}

/** A path in a folder; `''` is the folder itself, or the top. */
export function pathIn(folder: string, inner: string): string {
  return folder === '' || inner === '' ? `${folder}${inner}` : `${folder}/${inner}`;
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
