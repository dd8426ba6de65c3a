import { compareStates } from '../../../changes/compare-states';
import type { State } from '../../../changes/state';
import type { CommitInfo } from '../../../store/git/commit-info';
import type { PathCommit } from '../../../store/git/path-history';
import type { OutputStates } from '../state/output-states';
import { reasoned } from './dimension-history';
import type { HistoryCommit } from './output-history';
import { ownOfMerge } from './own-of-merge';

export interface HubHistoryProps {
  readonly commits: readonly PathCommit[];
  readonly states: OutputStates;
  readonly isAsked: (clusterType: string, target: string) => boolean;
  /** Which app counts. */
  readonly isAskedApp: (clusterType: string, app: string) => boolean;
  readonly mergeOf: (commit: CommitInfo) => CommitInfo | undefined;
}

/** What commits changed in a fleet of hubs and spokes: what a member gets several files say, so that whole states are compared. */
export function* hubHistory({ commits, states, isAsked, isAskedApp, mergeOf }: HubHistoryProps): Generator<HistoryCommit> {
  for (const { commit } of commits) {
    const after = states.tryAt(commit.hash) ?? nothing;
    const parents = (commit.parents.length === 0 ? [undefined] : commit.parents).map((parent) => {
      const before = (parent === undefined ? undefined : states.tryAt(parent)) ?? nothing;
      const { changes } = compareStates(before, after, isAsked);
      return { before, changes: changes.filter((change) => !('app' in change) || isAskedApp(change.clusterType, change.app)) };
    });
    const merge = mergeOf(commit);
    const changes = ownOfMerge(parents, after).flatMap((one) => reasoned(one.changes, one.before, after));
    yield { commit, ...(merge ? { merge } : {}), renames: [], changes };
  }
}

const nothing: State = {
  name: 'nothing',
  fleet: { topology: 'hub-and-spoke', dimensions: [], sequence: [] },
  targets: new Map(),
  files: [],
  records: [],
  read: () => [],
};
