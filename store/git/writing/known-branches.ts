import type { Repository } from '../repository';
import { madeBy } from './tree-maker';
import { runGit } from './user-git';

/** A branch of this repository. */
export interface LocalBranch {
  readonly commit: string;
  /** The work tree that has it checked out. @default - none has */
  readonly workTree?: string;
}

interface FoundBranch {
  readonly name: string;
  readonly commit: string;
  /** Whether the commit that new branches begin at has it. */
  readonly isMerged: boolean;
}

/** The branches of a fleet's steps that are there already, here and at remotes as far as they were fetched. */
export class KnownBranches {
  readonly #repository: Repository;
  readonly #base: string;
  readonly #local = new Map<string, LocalBranch>();
  readonly #remote = new Map<string, string>();
  /** As `origin` has them. */
  readonly #pushed = new Map<string, string>();

  /** @param rooms what their names begin with, or are */
  constructor(repository: Repository, base: string, rooms: readonly string[]) {
    this.#repository = repository;
    this.#base = base;
    const patterns = rooms.flatMap((room) => [`refs/heads/${room}`, `refs/remotes/*/${room}`, `refs/remotes/*/${room}/*/*`]);
    const text = repository.tryText('for-each-ref', ['--format=%(refname) %(objectname) %(worktreepath)', ...patterns]) ?? '';
    for (const line of text.split('\n')) {
      const [, kind, remote = '', name = '', commit = '', workTree = ''] = /^refs\/(heads|remotes)\/(.*?)(fleet\/\S+) (\S+) (.*)$/.exec(line) ?? [];
      if (kind === 'heads' && remote === '') this.#local.set(name, { commit, ...(workTree === '' ? {} : { workTree }) });
      if (kind === 'remotes') this.#remote.set(name, commit);
      if (kind === 'remotes' && remote === 'origin/') this.#pushed.set(name, commit);
    }
  }

  local(name: string): LocalBranch | undefined {
    return this.#local.get(name);
  }

  /** The commit at which `origin` has a branch, as far as it was fetched from there or pushed there. */
  pushed(name: string): string | undefined {
    return this.#pushed.get(name);
  }

  /**
   * Why what `origin` has is not pushed over: others committed to it, as far as names of committers tell, for no reflog of this clone
   * does. @default - it may be
   */
  whyTheirs(name: string): string | undefined {
    const pushed = this.#pushed.get(name);
    if (pushed === undefined || pushed === this.#local.get(name)?.commit) return undefined;
    const [, own] = /<(.*)>/.exec(runGit(this.#repository, ['var', 'GIT_COMMITTER_IDENT']).stdout) ?? [];
    const mails = this.#repository.tryText('log', ['--format=%ce', pushed, '--not', this.#base, '--'])?.split('\n') ?? [];
    const other = mails.find((mail) => mail !== '' && mail !== own);
    if (other === undefined) return undefined;
    return `the branch ${name} of origin is somebody's: ${other} committed to it. Merge it, or delete it (\`git push origin --delete ${name}\`)`;
  }

  /** Why a branch is not made anew: it is checked out, or somebody else has put it where it is. @default - it may be */
  whyLeft(name: string, { commit, workTree }: LocalBranch): string | undefined {
    if (workTree !== undefined) return `the branch ${name} is checked out in ${workTree}`;
    if (this.#isOurs(name, commit)) return undefined;
    return `the branch ${name} is somebody's: its last commit was put there by other means. Merge it, or delete it (\`git branch -D ${name}\`)`;
  }

  atRemotes(): readonly FoundBranch[] {
    return [...this.#remote].map(([name, commit]) => ({ name, commit, isMerged: this.#isMerged(commit) }));
  }

  /** Those of this repository that may be deleted: nobody loses a commit. */
  ours(): readonly FoundBranch[] {
    const all = [...this.#local].filter(([name, branch]) => this.whyLeft(name, branch) === undefined);
    return all.map(([name, { commit }]) => ({ name, commit, isMerged: this.#isMerged(commit) }));
  }

  /**
   * The last entry of a branch's reflog says who put it where it is: a commit, an amended one, a reset, a rebase and a fetch each
   * leave one. Whoever commits may be called as the robot is; a trailer stays in what is amended.
   */
  #isOurs(name: string, commit: string): boolean {
    const said = this.#repository.tryText('log', ['--walk-reflogs', '--max-count=1', '--format=%H %gs', `refs/heads/${name}`, '--']);
    return said?.trim() === `${commit} ${madeBy}`;
  }

  #isMerged(commit: string): boolean {
    return this.#repository.tryText('merge-base', ['--is-ancestor', commit, this.#base]) !== undefined;
  }
}
