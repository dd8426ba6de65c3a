import type { Notice } from '../../read/notify/read-notice';
import { boardCommit } from '../board/board-commit';
import { statusData } from '../status/status-text';

/** What moved and what waits, for programs. @param now what the clock says */
export function noticeData({ fleet: { output }, topology, start, commits, patches, frozen, thawed }: Notice, now: Date): object {
  return {
    since: { ...(start.hash === undefined ? {} : { commit: start.hash }), time: new Date(start.time).toISOString() },
    moved: commits.map((one) => boardCommit(one, topology)),
    waiting: patches.map(({ isNew, bad, ...status }) => ({ ...statusData(status, output, now), isNew, ...(bad.length === 0 ? {} : { bad }) })),
    frozen,
    thawed,
  };
}
