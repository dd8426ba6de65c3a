import { FleetError } from '../../../constructs';
import { everywhere } from '../../../layers/hierarchy';
import { type CommitInfo, commitInfos } from '../../../store/git/commit-info';
import { Repository } from '../../../store/git/repository';
import { Revisions } from '../../../store/git/revisions';
import { type HistoryCommit, hasEffect } from '../history/output-history';
import { type HistoryPlace, readHistory } from '../history/read-history';

/** The last commits of a fleet. */
export interface ReadCommits {
  /** The last commit, whether it changed anything or not. @default - there is none */
  readonly last?: CommitInfo;
  /** Those that changed what is rendered, the newest first. */
  readonly commits: readonly HistoryCommit[];
  /** Why there are none, or fewer than there were, each a sentence. */
  readonly notes: readonly string[];
}

/** Commits up to what is checked out. A fleet without any has no history, and is no mistake. @param count how many; 0 for all */
export function commitsNow(place: HistoryPlace, count: number): ReadCommits {
  const repository = Repository.tryFind(place.config);
  if (!repository) return without('the configuration lies in no Git repository');
  if (repository.trouble !== undefined) return without(repository.trouble);
  const head = new Revisions(repository).tryResolve('HEAD');
  return head ? commitsUntil(place, repository, head.hash, count) : without('the repository has no commit yet');
}

/** Commits up to one. @param count how many; 0 for all */
export function commitsUntil(place: HistoryPlace, repository: Repository, from: string, count: number): ReadCommits {
  const [last] = commitInfos(repository, [from]);
  const found = last ? { last } : {};
  try {
    const history = readHistory(place, { path: everywhere, from });
    const commits: HistoryCommit[] = [];
    let seen = 0;
    for (const one of history.commits) {
      if (count > 0 && commits.length === count) break;
      seen += 1;
      if (hasEffect(one)) commits.push(one);
    }
    const isCut = seen < history.count;
    const notes = [
      ...(isCut ? [`Its history begins with the last ${count} commits that changed anything: \`--history 0\` has all.`] : []),
      ...(history.endsAtShallow && !isCut ? ['What was before its oldest commit is not known: the repository was cloned without its history.'] : []),
    ];
    return { ...found, commits, notes };
  } catch (cause) {
    if (cause instanceof FleetError) return { ...found, ...without(cause.problems[0]?.message ?? '') };
    throw cause;
  }
}

function without(why: string): ReadCommits {
  return { commits: [], notes: [`There is no history: ${why}.`] };
}
