import type { ChangedFile } from '../changed-file';
import { objectsOf, sizesOf } from '../objects';
import type { Repository } from '../repository';
import { pathIn } from './asked-paths';

/** How much two files have in common that are one under two names, as Git takes it; and two folders in files of the same names. */
const alike = 0.5;
/** How many files are compared for one path, and how large they may be in bytes: what is larger is another where it is not the same. */
const most = { candidates: 20, samples: 16, bytes: 1 << 20 };

interface FileName {
  readonly path: string;
  readonly id: string;
}

/**
 * Where a commit took files and folders from which it added as a whole: what it removed elsewhere that says much the same, in files
 * of the same names below a folder.
 *
 * @param changes all that the commit changed, in the whole repository
 * @param paths   which it added, each a file or a folder
 * @returns the former path of each that was renamed
 */
export function formerPaths(repository: Repository, changes: readonly ChangedFile[], paths: readonly string[]): ReadonlyMap<string, string> {
  const removed = changes.flatMap(({ status, path, before }) => (status === 'removed' && before !== undefined ? [{ path, id: before }] : []));
  if (removed.length === 0) return new Map();
  const names = new RemovedNames(removed);
  const added = changes.flatMap(({ status, path, after }) => (status === 'added' && after !== undefined ? [{ path, id: after }] : []));
  const below = new BelowPaths(added);
  const guesses = paths.map((path): Guess => {
    const files = below.of(path);
    const [only] = files;
    return only?.path === path ? guessFile(only, names) : guessFolder(path, files, names);
  });
  const contents = new Contents(repository);
  contents.load(guesses.flatMap(({ ids }) => ids));
  return new Map(
    paths.flatMap((path, at) => {
      const former = guesses[at]?.judge(contents);
      return former === undefined ? [] : [[path, former] as const];
    }),
  );
}

/** What a path may have been called, before any content is looked at: those of all paths are read together. */
interface Guess {
  /** Files to compare. */
  readonly ids: readonly string[];
  judge(contents: Contents): string | undefined;
}

function guessFile(file: FileName, names: RemovedNames): Guess {
  const same = best(names.withId(file.id), (path) => nearness(path, file.path));
  if (same !== undefined) return { ids: [], judge: () => same };
  const near = names.near(file.path).map((candidate) => ({ ...candidate, near: nearness(candidate.path, file.path) }));
  const candidates = near.sort((a, b) => b.near - a.near).slice(0, most.candidates);
  return {
    ids: candidates.length === 0 ? [] : [file.id, ...candidates.map(({ id }) => id)],
    judge: (contents) => {
      const likely = candidates.filter(({ id }) => contents.likeness(id, file.id) >= alike);
      return best(
        likely.map(({ path }) => path),
        (path) => contents.likeness(names.idOf(path) ?? '', file.id),
      );
    },
  };
}

function guessFolder(folder: string, files: readonly FileName[], names: RemovedNames): Guess {
  const inner = files.map(({ path, id }) => ({ path: path.slice(folder.length + 1), id }));
  // Deep names tell most of where they were.
  const samples = [...inner].sort((a, b) => b.path.split('/').length - a.path.split('/').length).slice(0, most.samples);
  const formers = new Set(samples.flatMap(({ path }) => names.foldersOf(path)));
  const near = [...formers].map((former) => ({ former, near: nearness(former, folder) })).sort((a, b) => b.near - a.near);
  const candidates = near.slice(0, most.candidates).flatMap(({ former }) => {
    const common = inner.flatMap(({ path, id }) => {
      const before = names.idOf(pathIn(former, path));
      return before === undefined ? [] : [{ before, after: id }];
    });
    const other = common.filter(({ before, after }) => before !== after);
    const step = Math.max(1, Math.floor(other.length / most.samples));
    const compared = other.filter((_, at) => at % step === 0);
    return common.length * 2 < inner.length ? [] : [{ former, same: common.length - other.length, other: other.length, compared }];
  });
  return {
    ids: candidates.flatMap(({ compared }) => compared.flatMap(({ before, after }) => [before, after])),
    judge: (contents) => {
      const judged = candidates.map(({ former, same, other, compared }) => {
        const sum = compared.reduce((total, { before, after }) => total + contents.likeness(before, after), 0);
        const kept = same + (sum / Math.max(compared.length, 1)) * other;
        return { former, kept, share: kept / (same + other) };
      });
      // The nearest comes first, and stays where others are as much alike.
      return judged.filter(({ share }) => share >= alike).sort((a, b) => b.kept - a.kept)[0]?.former;
    },
  };
}

/** What two paths have in common: folders at the beginning, and at the end. */
function nearness(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  const count = (x: readonly string[], y: readonly string[]) => {
    const at = x.findIndex((part, index) => part !== y[index]);
    return at < 0 ? x.length : at;
  };
  return count(one, other) + count([...one].reverse(), [...other].reverse());
}

function best(paths: readonly string[], score: (path: string) => number): string | undefined {
  let [found, highest]: [string | undefined, number] = [undefined, -1];
  for (const path of paths) {
    const one = score(path);
    if (one > highest) [found, highest] = [path, one];
  }
  return found;
}

/** What a commit removed, by id, by name and by folder. */
class RemovedNames {
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
class BelowPaths {
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

/** Lines of files, and how much two files have in common. */
class Contents {
  readonly #repository: Repository;
  readonly #lines = new Map<string, ReadonlyMap<string, number> | undefined>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  load(ids: readonly string[]): void {
    const unknown = [...new Set(ids)].filter((id) => !this.#lines.has(id));
    const sizes = sizesOf(this.#repository.git, unknown);
    for (const id of unknown) this.#lines.set(id, undefined);
    const small = unknown.filter((_, at) => (sizes[at] ?? most.bytes) < most.bytes);
    let at = 0;
    for (const content of objectsOf(this.#repository.git, small)) {
      if (content) this.#lines.set(small[at] ?? '', countLines(content.toString('latin1')));
      at += 1;
    }
  }

  /** From 0 to 1: the bytes of the lines that two files share, of those of the larger one. */
  likeness(one: string, other: string): number {
    if (one === other) return 1;
    const [a, b] = [this.#lines.get(one), this.#lines.get(other)];
    if (!a || !b) return 0;
    let shared = 0;
    for (const [line, count] of a) shared += Math.min(count, b.get(line) ?? 0) * (line.length + 1);
    return shared / Math.max(bytesOf(a), bytesOf(b), 1);
  }
}

function countLines(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function bytesOf(lines: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [line, count] of lines) sum += (line.length + 1) * count;
  return sum;
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
