import type { Fields } from '../../../changes/fields';
import { saidAt } from '../../../changes/said-at';
import { type CommitInfo, commitInfos } from '../../../store/git/commit-info';
import type { Repository } from '../../../store/git/repository';

/** Since when something is as it is. */
export interface Since {
  /**
   * `commit`: that commit made it so. `before`: it is so at that commit, the first one that the clone has. `uncommitted`: it is not
   * so in Git.
   */
  readonly kind: 'commit' | 'before' | 'uncommitted';
  /** @default - it is not committed */
  readonly commit?: CommitInfo;
}

/** What an app said at a target before and after a commit; nothing where it was not rendered. */
export interface FieldStep {
  readonly commit: CommitInfo;
  before(): Fields | undefined;
  after(): Fields | undefined;
  /** Of a merge: what each of its parents said. */
  parents(): readonly (Fields | undefined)[];
}

/** How what an app says at a target came to be. */
export interface FieldStory {
  /** The newest first. */
  readonly steps: readonly FieldStep[];
  /** What it says at the last commit. */
  readonly last: Fields | undefined;
  readonly endsAtShallow: boolean;
}

/** Tells since when fields are what they are. */
export class Sinces {
  readonly #repository: Repository;
  readonly #story: FieldStory;
  readonly #ancestors = new Map<string, ReadonlySet<string>>();
  #first: CommitInfo | undefined;

  constructor(repository: Repository, story: FieldStory) {
    this.#repository = repository;
    this.#story = story;
  }

  /**
   * @param now what is said now; where it is not what the last commit says, it is not committed
   * @returns `undefined` where no commit ever said something else: what is not rendered has no history
   */
  of(field: string, now: Fields | undefined): Since | undefined {
    const { steps, last, endsAtShallow } = this.#story;
    const said = saidAt(now, field);
    if (said !== saidAt(last, field)) return { kind: 'uncommitted' };
    let branch: ReadonlySet<string> | undefined;
    for (const { commit, before, after, parents } of steps) {
      if (branch?.has(commit.hash) === false || saidAt(after(), field) !== said) continue;
      if (commit.parents.length > 1) {
        const at = parents().findIndex((fields) => saidAt(fields, field) === said);
        if (at < 0) return { kind: 'commit', commit };
        branch = this.#below(commit.parents[at] as string);
      } else if (saidAt(before(), field) !== said) return { kind: 'commit', commit };
    }
    return endsAtShallow && said !== undefined ? { kind: 'before', commit: this.#firstCommit() } : undefined;
  }

  /** A commit and all that it follows from. */
  #below(hash: string): ReadonlySet<string> {
    const known = this.#ancestors.get(hash) ?? new Set(this.#repository.text('rev-list', [hash]).split('\n'));
    this.#ancestors.set(hash, known);
    return known;
  }

  #firstCommit(): CommitInfo {
    this.#first ??= commitInfos(
      this.#repository,
      [...this.#repository.boundary].filter((hash) => hash !== ''),
    ).reduce((one, other) => (other.time < one.time ? other : one));
    return this.#first;
  }
}
