import { unmergedBelow } from '../git/merging/unmerged';
import { conflictProblem } from '../text/merge-conflict';
import { CommittedTree } from './committed-tree';
import { DiskTree } from './file-tree';
import type { Ledger } from './ledger';
import { OwnFiles } from './own-files';

/** Decides which files of an output folder are the tool's. Git is asked only where the files themselves do not tell. */
export class Evidence {
  readonly #disk: DiskTree;
  readonly #own: OwnFiles;
  readonly #ledger: Ledger;
  readonly #root: string;
  readonly #wanted: ReadonlySet<string>;
  #commits: readonly { readonly tree: CommittedTree; readonly own: OwnFiles }[] | undefined;
  #isCommitted: boolean | undefined;
  #unmerged: ReadonlySet<string> | undefined;

  /**
   * @param root   the output folder, absolute, links followed
   * @param wanted folders that are rendered now
   */
  constructor(root: string, wanted: ReadonlySet<string>, ledger: Ledger) {
    this.#root = root;
    this.#wanted = wanted;
    this.#disk = new DiskTree(root);
    this.#own = new OwnFiles(this.#disk, wanted);
    this.#ledger = ledger;
  }

  /** Whether any of these files, or of what was committed, shows that the folder is rendered output. */
  isOutput(paths: Iterable<string>): boolean {
    for (const path of paths) if (this.#own.isProof(path)) return true;
    return this.#isRenderedInGit();
  }

  /** The folder of the target, or of the member, that a file lies in: Argo CD reads it there. */
  folderOf(path: string): string | undefined {
    return this.#own.folderOf(path);
  }

  /** Whether a file may be replaced by what is rendered to its place: what was edited by hand, too. */
  mayReplace(path: string): boolean {
    const text = this.#disk.text(path);
    if (text === undefined) return false;
    return (
      this.#isOwnOnDisk(path, text) || this.#own.isSomeRecord(path) || this.#ledger.has(path) || this.#inGit().some(({ own }) => own.markOf(path) !== undefined)
    );
  }

  /** Whether a file may go: what was edited by hand since it was committed may not. */
  mayRemove(path: string): boolean {
    const text = this.#disk.text(path);
    if (text === undefined) return false;
    if (this.#isOwnOnDisk(path, text)) return true;
    // What Git wrote between its marks is nobody's edit.
    const isLeftByMerge = conflictProblem(text) !== undefined && this.#inConflict().has(path);
    return this.#inGit().some(({ own, tree }) => own.markOf(path) !== undefined && (isLeftByMerge || tree.isUnchanged(path)));
  }

  #isOwnOnDisk(path: string, text: string): boolean {
    if (this.#ledger.holds(path, text)) return true;
    const mark = this.#own.markOf(path);
    // Anybody can write what looks the same; where more is known of what was rendered here, it has to say so.
    return mark === 'record' || (mark === 'form' && !this.#ledger.isThere && !this.#isRenderedInGit());
  }

  #isRenderedInGit(): boolean {
    this.#isCommitted ??= this.#inGit().some(({ tree, own }) => [...tree.paths].some((path) => own.isProof(path)));
    return this.#isCommitted;
  }

  #inConflict(): ReadonlySet<string> {
    this.#unmerged ??= new Set(unmergedBelow(this.#root));
    return this.#unmerged;
  }

  #inGit() {
    this.#commits ??= CommittedTree.allOf(this.#root).map((tree) => ({ tree, own: new OwnFiles(tree, this.#wanted) }));
    return this.#commits;
  }
}
