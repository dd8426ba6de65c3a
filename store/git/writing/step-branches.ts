import { basename, dirname } from 'node:path';
import type { Repository } from '../repository';
import { branchRoom, branchWord } from './branch-name';
import { KnownBranches } from './known-branches';
import { madeBy, quiet, TreeMaker } from './tree-maker';
import { type ExpectedFiles, Uncommitted } from './uncommitted';
import { inShort, refused, runGit } from './user-git';

/** A file of a commit. */
export interface CommittedFile {
  /** Relative to the working directory, or absolute. */
  readonly path: string;
  /** `null` for a file that goes. */
  readonly text: string | Buffer | null;
}

/** A branch of one commit. */
export interface StepBranch {
  readonly name: string;
  readonly message: string;
  /** Those that change. */
  readonly files: readonly CommittedFile[];
}

/** What became of a branch. */
export type MadeBranch =
  /** It has the commit: it did before, it did not, or it was not there. */
  | { readonly name: string; readonly commit: string; readonly became: 'unchanged' | 'updated' | 'new' }
  /** It stays as it is. */
  | { readonly name: string; readonly became: 'left'; readonly why: string };

/** A branch of a step that nobody would make now. */
export interface ObsoleteBranch {
  readonly name: string;
  /** What it was at, where it was a branch of this repository, and was deleted. @default - it is a remote's */
  readonly deleted?: string;
}

export interface BranchOptions {
  /** The configuration folder. */
  readonly config: string;
  /** A folder that may be made, and is removed. */
  readonly scratch: string;
  /** A message without what may differ, where two say the same. */
  readonly alike: (message: string) => string;
  /** Whether none is made: then nothing is looked at that Git tells only where it may run programs. @default false */
  readonly dryRun?: boolean;
}

/**
 * Branches that begin at the last commit, each with one commit. Nothing that is checked out changes, nor does the index: Git makes
 * the commits of a work tree of its own, which holds what they change and nothing else, and runs no hooks.
 */
export class StepBranches implements ExpectedFiles {
  readonly flag = '--branches';
  /** The commit that each begins at. */
  readonly base: string;
  /** That of what was seen and belongs to no step. */
  readonly evidence: string;
  readonly #room: string;
  readonly #uncommitted: Uncommitted;
  readonly #known: KnownBranches;
  readonly #trees: TreeMaker;
  readonly #alike: (message: string) => string;

  private constructor(uncommitted: Uncommitted, base: string, { config, scratch, alike }: BranchOptions) {
    const { repository } = uncommitted;
    this.base = base;
    this.#uncommitted = uncommitted;
    this.#alike = alike;
    const inside = repository.inside(config);
    this.#room = branchRoom('steps', inside);
    this.evidence = branchRoom('evidence', inside);
    this.#known = new KnownBranches(repository, base, [this.#room, this.evidence]);
    this.#trees = new TreeMaker(repository, base, scratch);
  }

  /** @throws FleetError (`commit`, `no-history`) where no branch can be made */
  static begin(options: BranchOptions): StepBranches {
    const uncommitted = Uncommitted.in(options.config, '--branches', !options.dryRun);
    const { repository } = uncommitted;
    const base = repository.tryText('rev-parse', ['--verify', '--quiet', 'HEAD^{commit}'])?.trim();
    if (base === undefined || base === '') {
      throw refused({
        message: 'nothing is committed yet: there is no commit that a branch could begin at',
        hint: 'nothing was written; commit the fleet first',
      });
    }
    const { status, stderr } = options.dryRun ? { status: 0, stderr: '' } : runGit(repository, ['var', 'GIT_COMMITTER_IDENT']);
    if (status !== 0) {
      throw refused({
        message: 'Git does not know who commits',
        found: inShort(stderr),
        hint: 'nothing was written; say it with `git config user.name` and `git config user.email`',
      });
    }
    return new StepBranches(uncommitted, base, options);
  }

  /** The top of the repository. */
  get top(): string {
    return this.#uncommitted.repository.top;
  }

  /**
   * @param files that count besides what lies in the folders, as far as the repository has them
   * @throws FleetError (`commit`) where anything of it has changes that are not committed: steps are decided by what is there
   */
  expectCleanBelow(folders: readonly string[], files: readonly string[]): void {
    this.#uncommitted.expectCleanBelow(folders, files);
  }

  expectClean(files: readonly string[]): void {
    this.#uncommitted.expectClean(files);
  }

  expectKept(files: readonly string[]): void {
    this.#uncommitted.expectKept(files);
  }

  /** That of the steps of an app, of which it has one at a time. */
  nameOf(clusterType: string, app: string): string {
    return [this.#room, branchWord(clusterType), branchWord(app)].join('/');
  }

  /** Makes a branch, or leaves it where it is the same already, or is not this tool's to make. @throws FleetError (`commit`) where Git does not */
  make({ name, message, files }: StepBranch): MadeBranch {
    const { repository } = this.#uncommitted;
    const tree = this.#trees.make(files.map(({ path, text }) => ({ path: pathInside(repository, path), text })));
    const known = this.#known.local(name);
    const isSame = (commit?: string) => commit !== undefined && this.#isSame(commit, tree, message);
    const theirs = isSame(this.#known.pushed(name)) ? undefined : this.#known.whyTheirs(name);
    if (known !== undefined && theirs === undefined && isSame(known.commit)) return { name, commit: known.commit, became: 'unchanged' };
    const why = theirs ?? (known && this.#known.whyLeft(name, known));
    if (why !== undefined) return { name, became: 'left', why };
    const commit = this.#trees.commit(tree, message);
    const made = runGit(repository, [...quiet, 'update-ref', '--create-reflog', '-m', madeBy, `refs/heads/${name}`, commit, known?.commit ?? '']);
    if (made.status !== 0) {
      throw refused({
        message: `Git did not make the branch '${name}'`,
        found: inShort(made.stderr),
        hint: 'the branch is as it was; put right what Git says, and run it again',
      });
    }
    return { name, commit, became: known === undefined ? 'new' : 'updated' };
  }

  /** Whether `origin` has a branch at a commit, as far as it was fetched from there or pushed there. */
  isPushed(name: string, commit: string): boolean {
    return this.#known.pushed(name) === commit;
  }

  /**
   * What nobody would make now, here and at remotes, as far as it was fetched: what was merged is no such branch.
   *
   * @param kept    names of those that are made, or stay for a reason
   * @param deletes whether those of this repository that this tool made are deleted. Others are nobody's business here
   */
  obsolete(kept: ReadonlySet<string>, deletes: boolean): readonly ObsoleteBranch[] {
    const found = new Map<string, ObsoleteBranch>();
    for (const { name, isMerged } of this.#known.atRemotes()) if (!kept.has(name) && !isMerged) found.set(name, { name });
    for (const { name, commit, isMerged } of this.#known.ours()) {
      if (kept.has(name)) continue;
      const isGone = deletes && runGit(this.#uncommitted.repository, [...quiet, 'update-ref', '-d', `refs/heads/${name}`, commit]).status === 0;
      if (!isMerged) found.set(name, { name, ...(isGone ? { deleted: commit } : {}) });
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Whether a branch is what would be made now, but for the moment and whoever made it: what reviewers have seen stays. */
  #isSame(commit: string, tree: string, message: string): boolean {
    const { repository } = this.#uncommitted;
    const text = repository.tryText('cat-file', ['commit', commit]) ?? '';
    const end = text.indexOf('\n\n');
    const head = text.slice(0, end).split('\n');
    const parents = head.flatMap((line) => (line.startsWith('parent ') ? [line.slice('parent '.length)] : []));
    if (head[0] !== `tree ${tree}` || parents.length !== 1 || this.#alike(text.slice(end + 2).trim()) !== this.#alike(message.trim())) return false;
    const trees = repository.tryText('rev-parse', [`${parents[0]}^{tree}`, `${this.base}^{tree}`])?.split('\n') ?? [];
    return trees[0] !== undefined && trees[0] === trees[1];
  }
}

/** From the top. What goes may be a link, and not what it leads to. */
function pathInside(repository: Repository, path: string): string {
  const folder = repository.inside(dirname(path));
  return folder === '' ? basename(path) : `${folder}/${basename(path)}`;
}
