import { parseDuration } from '../../../layers/text/duration';
import { commitInfos } from '../../../store/git/commit-info';
import type { Revisions } from '../../../store/git/revisions';

/** From when on something is news. */
export interface NoticeStart {
  /** The last commit that is none. @default - all commits are */
  readonly hash?: string;
  /** In milliseconds. */
  readonly time: number;
}

/**
 * From when on something is news: since a commit, which is a branch or tag, or the last one until a date; since so long ago; or
 * since the commit before the last one.
 *
 * @throws FleetError (`unknown-revision`, `no-history`)
 */
export function noticeStart(revisions: Revisions, said: string | undefined, now: Date): NoticeStart {
  // What forges say of a branch that was not there before.
  const since = said !== undefined && /^0{40,}$/.test(said) ? undefined : said;
  const ago = since === undefined ? undefined : parseDuration(since);
  if (since !== undefined && ago !== undefined && revisions.tryResolve(since) === undefined) {
    const time = now.getTime() - ago;
    const hash = revisions.tryLastBefore(time, revisions.resolve('HEAD').hash, new Date(time).toISOString());
    // Where there was none yet, all are news.
    return { time, ...(hash === undefined ? {} : { hash }) };
  }
  if (since !== undefined) return startAt(revisions, revisions.resolve(since, { dates: true }).hash);
  const head = revisions.resolve('HEAD').hash;
  const { parents, time } = commitInfos(revisions.repository, [head])[0] ?? { parents: [], time: 0 };
  // The first commit of a repository moves all that it has.
  return parents.length === 0 ? { time } : startAt(revisions, revisions.resolve('HEAD^').hash);
}

function startAt({ repository }: Revisions, hash: string): NoticeStart {
  return { hash, time: commitInfos(repository, [hash])[0]?.time ?? 0 };
}
