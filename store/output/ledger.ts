import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { entryAt } from '../files/entry-at';
import { hashOf } from '../files/journal';
import { placeInGit } from '../files/journal-place';
import { makeFolders } from '../files/make-folders';

/**
 * What the last run wrote in this work tree that no record in the output names, by path with the hash of the text: workloads,
 * what `customize` adds, the manifests of hubs and spokes. It lies in the Git directory, where no merge meets it; it is a help
 * for what was not committed yet, and may be missing.
 */
export class Ledger {
  readonly #file: string | undefined;
  readonly #hashes: ReadonlyMap<string, string>;

  private constructor(file: string | undefined, hashes: ReadonlyMap<string, string>) {
    this.#file = file;
    this.#hashes = hashes;
  }

  /** @param root the output folder, absolute, links followed */
  static of(root: string): Ledger {
    const place = placeInGit(root);
    const file = place && `${place}.rendered.json`;
    return new Ledger(file, file === undefined ? new Map() : read(file));
  }

  get isThere(): boolean {
    return this.#hashes.size > 0;
  }

  /** Whether the last run wrote a file here, whatever became of it. */
  has(path: string): boolean {
    return this.#hashes.has(path);
  }

  /** Whether a file is still as the last run wrote it. */
  holds(path: string, text: string): boolean {
    return this.#hashes.get(path) === hashOf(text);
  }

  /** What is about to be written is known as well from now on. */
  with(hashes: ReadonlyMap<string, string>): Ledger {
    return this.#kept(new Map([...this.#hashes, ...hashes]));
  }

  /** Nothing else is known from now on. */
  only(hashes: ReadonlyMap<string, string>): Ledger {
    return this.#kept(hashes);
  }

  #kept(hashes: ReadonlyMap<string, string>): Ledger {
    if (this.#file !== undefined && !isEqual(hashes, this.#hashes)) tryWrite(this.#file, hashes);
    return new Ledger(this.#file, hashes);
  }
}

function isEqual(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, hash]) => other.get(path) === hash);
}

function read(file: string): ReadonlyMap<string, string> {
  try {
    const uid = process.getuid?.();
    const found = entryAt(file);
    if (!found?.isFile() || (uid !== undefined && found.uid !== uid)) return new Map();
    const entries = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as object);
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return new Map();
  }
}

/** A run does not fail for it: where it is missing, Git and the form of a file say what is the tool's. */
function tryWrite(file: string, hashes: ReadonlyMap<string, string>): void {
  try {
    makeFolders(dirname(file));
    const aside = `${file}.${process.pid}`;
    // Never through a link that somebody laid there.
    rmSync(aside, { force: true });
    writeFileSync(aside, JSON.stringify(Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)))), { flag: 'wx' });
    renameSync(aside, file);
    if (hashes.size === 0) rmSync(file, { force: true });
  } catch {
    // As above.
  }
}
