import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import type { Repository } from '../repository';
import { inShort, refused, runGit } from './user-git';

/** What the reflog of a branch says of commits that this tool put there. */
export const madeBy = 'fleet promote --auto --branches';

/** A file of a commit by its path from the top; `null` where it goes. */
interface TreeFile {
  readonly path: string;
  readonly text: string | Buffer | null;
}

/** For one run of Git: no hooks run, and nothing is written beside the index that is named. */
export const quiet: readonly string[] = [
  `core.hooksPath=${devNull}`,
  'core.splitIndex=false',
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.sparseCheckout=false',
  'log.showSignature=false',
].flatMap((setting) => ['-c', setting]);

/** Makes commits on top of one, by an index of their own. */
export class TreeMaker {
  readonly #repository: Repository;
  readonly #base: string;
  readonly #folder: string;
  #isSigned: boolean | undefined;

  /** @param folder that may be made and removed */
  constructor(repository: Repository, base: string, folder: string) {
    this.#repository = repository;
    this.#base = base;
    this.#folder = folder;
  }

  /** The tree of the commit with some files in it: `git add` takes them, with the attributes, filters and ends of lines of the repository. */
  make(files: readonly TreeFile[]): string {
    if (files.length === 0) return this.#said(['rev-parse', `${this.#base}^{tree}`]);
    const folder = join(this.#folder, 'tree');
    rmSync(this.#folder, { recursive: true, force: true });
    try {
      mkdirSync(folder, { recursive: true });
      for (const { path, text } of files) {
        if (text === null) continue;
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode: this.#isProgram(path) ? 0o755 : 0o644 });
      }
      const env = { GIT_INDEX_FILE: join(this.#folder, 'index') };
      const inside = [`--git-dir=${this.#repository.gitDir}`, `--work-tree=${folder}`, '-C', folder];
      this.#said([...inside, 'read-tree', this.#base], '', env);
      this.#said([...inside, 'add', '--all', '--pathspec-from-file=-', '--pathspec-file-nul'], files.map(({ path }) => path).join('\0'), env);
      return this.#said([...inside, 'write-tree'], '', env);
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  /** @returns its id: no branch has it yet */
  commit(tree: string, message: string): string {
    this.#isSigned ??= runGit(this.#repository, ['config', '--type=bool', '--get', 'commit.gpgSign']).stdout.trim() === 'true';
    return this.#said(['commit-tree', tree, '-p', this.#base, ...(this.#isSigned ? ['-S'] : []), '-F', '-'], `${message}\n`);
  }

  #isProgram(path: string): boolean {
    return ((statSync(join(this.#repository.top, path), { throwIfNoEntry: false })?.mode ?? 0) & 0o100) !== 0;
  }

  #said(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): string {
    const { status, stdout, stderr } = runGit(this.#repository, [...quiet, ...args], input, env);
    if (status === 0) return stdout.trim();
    const command = args.find((word) => /^[a-z]+-?[a-z]+$/.test(word)) ?? '';
    throw refused({
      message: `Git did not make the commit: \`git ${command}\` ended with status ${status}`,
      found: inShort(stderr),
      hint: 'no branch was changed by it; put right what Git says, and run it again',
    });
  }
}
