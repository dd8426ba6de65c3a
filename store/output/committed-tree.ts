import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { History } from '../git/history';
import { blobId } from '../git/objects';
import { asRendered, type FileTree } from './file-tree';

/** What the output folder held in commits that it may have come from: the last one, and what is being merged into it. */
const names = ['HEAD', 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REBASE_HEAD'];

/** What a commit holds in the output folder. */
export class CommittedTree implements FileTree {
  readonly #root: string;
  readonly #history: History;
  readonly #commit: string;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #texts = new Map<string, string | undefined>();

  private constructor(root: string, history: History, commit: string, ids: ReadonlyMap<string, string>) {
    this.#root = root;
    this.#history = history;
    this.#commit = commit;
    this.#ids = ids;
  }

  /** @param root the output folder, absolute, links followed */
  static allOf(root: string): readonly CommittedTree[] {
    const history = new History(root);
    if (!history.isThere) return [];
    return names.flatMap((commit) => {
      const ids = history.idsBelow(root, commit);
      return ids.size === 0 ? [] : [new CommittedTree(root, history, commit, ids)];
    });
  }

  get paths(): Iterable<string> {
    return this.#ids.keys();
  }

  text(path: string): string | undefined {
    if (!this.#ids.has(path)) return undefined;
    if (!this.#texts.has(path)) {
      const text = this.#history.fileAt({ hash: this.#commit, time: 0 }, join(this.#root, path));
      this.#texts.set(path, text === undefined ? undefined : asRendered(text));
    }
    return this.#texts.get(path);
  }

  /** Whether the file on the disk is, byte for byte, the one that was committed; the ends of its lines may be those of a checkout. */
  isUnchanged(path: string): boolean {
    const id = this.#ids.get(path);
    if (id === undefined) return false;
    const bytes = readFileSync(join(this.#root, path));
    return blobId(bytes, id) === id || (bytes.includes('\r\n') && blobId(withoutReturns(bytes), id) === id);
  }
}

/** Byte by byte: what is no text stays what it is. */
function withoutReturns(bytes: Buffer): Buffer {
  return Buffer.from(asRendered(bytes.toString('latin1')), 'latin1');
}
