import { compareStates } from '../../../changes/compare-states';
import type { State } from '../../../changes/state';
import type { CommitInfo } from '../../../store/git/commit-info';
import type { PathCommit } from '../../../store/git/path-history';
import type { OutputStates } from '../state/output-states';
import { reasoned } from './dimension-history';
import type { HistoryCommit } from './output-history';

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
    const [parent] = commit.parents;
    const before = (parent === undefined ? undefined : states.tryAt(parent)) ?? nothing;
    const after = states.tryAt(commit.hash) ?? nothing;
    const merge = mergeOf(commit);
    const { changes } = compareStates(before, after, isAsked);
    const asked = changes.filter((change) => !('app' in change) || isAskedApp(change.clusterType, change.app));
    yield { commit, ...(merge ? { merge } : {}), renames: [], changes: reasoned(asked, before, after) };
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
