import { type CommitInfo, commitInfos } from '../../../store/git/commit-info';
import type { Revision, Revisions } from '../../../store/git/revisions';

/** One change of a fleet as it arrived: a commit, with the branch that it merged. */
export interface CommittedStep {
  /** The commit before it. */
  readonly from: string;
  readonly to: string;
  /** The commit that brought it; of several that are judged as one, the last. */
  readonly commit: CommitInfo;
  /** It and all that came with it, the newest first. */
  readonly commits: readonly CommitInfo[];
  /** What these say. */
  readonly messages: readonly string[];
}

/** Everything since a commit. */
export interface SinceCommit {
  readonly base: Revision;
  readonly head: Revision;
  /** The oldest first. */
  readonly steps: readonly CommittedStep[];
  /** What there is to say of how they were told apart, each a sentence. */
  readonly notes: readonly string[];
}

/**
 * The changes since a commit, or since the current branch left it: one for each commit that HEAD got, a merged branch being one.
 *
 * @param isOne whether they are judged as one, as they arrive in a merge or a squash
 * @throws FleetError (`unknown-revision`, `no-history`)
 */
export function stepsSince(revisions: Revisions, since: string, isOne: boolean): SinceCommit {
  const { repository } = revisions;
  const [asked, head] = [revisions.resolve(since, { dates: true }), revisions.resolve('HEAD')];
  const hash = revisions.mergeBase(asked, head);
  const base = { text: hash === asked.hash ? since : `where HEAD left ${since}`, hash };
  const list = (args: readonly string[]) =>
    repository
      .text('rev-list', args)
      .split('\n')
      .filter((line) => line !== '');
  const range = [head.hash, `^${base.hash}`];
  const commits = list(['--first-parent', '--reverse', ...range]);
  if (commits.length === 0) return { base, head, steps: [], notes: [] };
  const infos = commitInfos(repository, commits);
  // Where the branch merged what it is to be merged into, its own commits stand on an older one.
  const isStraight = infos[0]?.parents[0] === base.hash;
  if (isOne || !isStraight) {
    const notes = isOne || isStraight ? [] : [`the branch merged '${since}', or something newer than it: all of it is judged as one change`];
    const all = commitInfos(repository, list(range));
    const last = infos.at(-1) as CommitInfo;
    return {
      base,
      head,
      steps: [{ from: base.hash, to: head.hash, commit: last, commits: all, messages: all.map(({ message }) => message) }],
      notes,
    };
  }
  const steps = infos.map((commit): CommittedStep => {
    const [from = base.hash] = commit.parents;
    const merged = commit.parents.length > 1 ? commitInfos(repository, list([commit.hash, `^${from}`])) : [commit];
    return { from, to: commit.hash, commit, commits: merged, messages: merged.map(({ message }) => message) };
  });
  return { base, head, steps, notes: [] };
}
