import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { getOr } from '../../layers/get-or';
import { entryAt } from '../files/entry-at';
import { hashOf } from '../files/journal';
import { placeInGit } from '../files/journal-place';
import { makeFolders } from '../files/make-folders';

/** Files that no record in the output names, by path from its top with the hash of the text. */
export class Unrecorded {
  readonly #files: Map<string, string>;
  /** What a folder holds that others hold alike, by paths from there; one object for all of them. */
  readonly #folders: Map<string, ReadonlyMap<string, string>>;

  constructor(files: Iterable<readonly [string, string]> = [], folders: Iterable<readonly [string, ReadonlyMap<string, string>]> = []) {
    this.#files = new Map(files);
    this.#folders = new Map(folders);
  }

  get isEmpty(): boolean {
    return this.#files.size + this.#folders.size === 0;
  }

  add(path: string, text: string): void {
    this.#files.set(path, hashOf(text));
  }

  /** Folders that hold what others hold alike. */
  get folders(): readonly string[] {
    return [...this.#folders.keys()];
  }

  addFolder(folder: string, hashes: ReadonlyMap<string, string>): void {
    if (hashes.size > 0) this.#folders.set(folder, hashes);
  }

  hashOf(path: string): string | undefined {
    const own = this.#files.get(path);
    if (own !== undefined || this.#folders.size === 0) return own;
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const found = this.#folders.get(path.slice(0, end))?.get(path.slice(end + 1));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Both; what the other one says of a file goes before what this one does. */
  with(other: Unrecorded): Unrecorded {
    const files = [...this.#files].filter(([path]) => other.hashOf(path) === undefined);
    const both = new Map<ReadonlyMap<string, string>, Map<ReadonlyMap<string, string>, ReadonlyMap<string, string>>>();
    const folders = [...other.#folders].map(([folder, hashes]) => {
      const before = this.#folders.get(folder) ?? hashes;
      const made = getOr(both, before, () => new Map());
      return [folder, getOr(made, hashes, () => (before === hashes ? hashes : new Map([...before, ...hashes])))] as const;
    });
    return new Unrecorded([...files, ...other.#files], [...this.#folders, ...folders]);
  }

  /** The same for the same, whatever the order. */
  get text(): string {
    const held = new Map<ReadonlyMap<string, string>, number>();
    const numbers = new Map<string, number>();
    for (const [folder, hashes] of sorted(this.#folders)) {
      const number = held.get(hashes) ?? held.size;
      held.set(hashes, number);
      numbers.set(folder, number);
    }
    const content: Kept = {
      version: 2,
      files: Object.fromEntries(sorted(this.#files)),
      folders: Object.fromEntries(numbers),
      held: [...held.keys()].map((hashes) => Object.fromEntries(sorted(hashes))),
    };
    return JSON.stringify(content);
  }

  /** @throws SyntaxError where it is no JSON */
  static read(text: string): Unrecorded {
    const content: unknown = JSON.parse(text);
    if (!isMap(content)) return new Unrecorded();
    // As it was written before folders had a part of their own.
    if (content.version !== 2) return new Unrecorded(hashesIn(content));
    const held = (Array.isArray(content.held) ? content.held : []).map((one) => new Map(hashesIn(one)));
    const folders = Object.entries(isMap(content.folders) ? content.folders : {});
    return new Unrecorded(
      hashesIn(content.files),
      folders.flatMap(([folder, number]) => {
        const hashes = held[Number(number)];
        return hashes ? [[folder, hashes] as const] : [];
      }),
    );
  }
}

/** How it is kept. */
interface Kept {
  readonly version: 2;
  readonly files: Readonly<Record<string, string>>;
  /** Which of `held` a folder holds. */
  readonly folders: Readonly<Record<string, number>>;
  readonly held: readonly Readonly<Record<string, string>>[];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hashesIn(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(isMap(value) ? value : {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

function sorted<T>(entries: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * What the last run wrote in this work tree that no record in the output names: workloads, what charts give that are opened,
 * what `customize` adds, the manifests of hubs and spokes. It lies in the Git directory, where no merge meets it; it is a help
 * for what was not committed yet, and may be missing.
 */
export class Ledger {
  readonly #file: string | undefined;
  readonly #known: Unrecorded;
  /** As it is kept. */
  readonly #text: string;

  private constructor(file: string | undefined, known: Unrecorded, text: string) {
    this.#file = file;
    this.#known = known;
    this.#text = text;
  }

  /** @param root the output folder, absolute, links followed */
  static of(root: string): Ledger {
    const place = placeInGit(root);
    const file = place && `${place}.rendered.json`;
    return file === undefined ? new Ledger(undefined, new Unrecorded(), '') : read(file);
  }

  static kept(file: string, known: Unrecorded, text: string): Ledger {
    return new Ledger(file, known, text);
  }

  get isThere(): boolean {
    return !this.#known.isEmpty;
  }

  /** Folders to which the last run wrote what others hold alike. */
  get folders(): readonly string[] {
    return this.#known.folders;
  }

  /** Whether the last run wrote a file here, whatever became of it. */
  has(path: string): boolean {
    return this.#known.hashOf(path) !== undefined;
  }

  /** Whether a file is still as the last run wrote it. */
  holds(path: string, text: string): boolean {
    return this.#known.hashOf(path) === hashOf(text);
  }

  /** What is about to be written is known as well from now on. */
  with(written: Unrecorded): Ledger {
    return this.#keep(this.#known.with(written));
  }

  /** Nothing else is known from now on. */
  only(written: Unrecorded): Ledger {
    return this.#keep(written);
  }

  #keep(known: Unrecorded): Ledger {
    if (this.#file === undefined) return this;
    const text = known.isEmpty ? '' : known.text;
    if (text !== this.#text) tryWrite(this.#file, text);
    return new Ledger(this.#file, known, text);
  }
}

function read(file: string): Ledger {
  try {
    const uid = process.getuid?.();
    const found = entryAt(file);
    if (!found?.isFile() || (uid !== undefined && found.uid !== uid)) return Ledger.kept(file, new Unrecorded(), '');
    const text = readFileSync(file, 'utf8');
    return Ledger.kept(file, Unrecorded.read(text), text);
  } catch {
    return Ledger.kept(file, new Unrecorded(), '');
  }
}

/** A run does not fail for it: where it is missing, Git and the form of a file say what is the tool's. @param text `''` for none */
function tryWrite(file: string, text: string): void {
  try {
    if (text === '') {
      rmSync(file, { force: true });
      return;
    }
    makeFolders(dirname(file));
    const aside = `${file}.${process.pid}`;
    // Never through a link that somebody laid there.
    rmSync(aside, { force: true });
    writeFileSync(aside, text, { flag: 'wx' });
    renameSync(aside, file);
  } catch {
    // As above.
  }
}
