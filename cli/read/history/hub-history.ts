import type { Change } from '../../../changes/change';
import { compareStates } from '../../../changes/compare-states';
import { ownOfMerge } from '../../../changes/own-of-merge';
import type { State } from '../../../changes/state';
import type { CommitInfo } from '../../../store/git/commit-info';
import type { PathCommit } from '../../../store/git/path-history';
import type { OutputStates } from '../state/output-states';
import { shortened } from './changed-files';
import { reasoned } from './dimension-history';
import type { HistoryCommit } from './output-history';

export interface HubHistoryProps {
  readonly commits: readonly PathCommit[];
  readonly states: OutputStates;
  readonly isAsked: (clusterType: string, target: string) => boolean;
  /** Which app counts: to one, a new cluster is one more place. @default - all */
  readonly isAskedApp?: (clusterType: string, app: string) => boolean;
  readonly mergeOf: (commit: CommitInfo) => CommitInfo | undefined;
}

/** What commits changed in a fleet of hubs and spokes: what a member gets several files say, so that whole states are compared. */
export function* hubHistory({ commits, states, isAsked, isAskedApp, mergeOf }: HubHistoryProps): Generator<HistoryCommit> {
  const stateAt = (hash: string | undefined) => (hash === undefined ? undefined : states.tryAt(hash)) ?? nothing;
  const changesOf = (before: State, after: State): readonly Change[] => {
    if (!isAskedApp) return compareStates(before, after, isAsked).changes;
    const { changes } = compareStates(withTargetsOf(before, after), withTargetsOf(after, before), isAsked);
    return changes.filter((change) => 'app' in change && isAskedApp(change.clusterType, change.app));
  };
  for (const { commit, renames = [] } of commits) {
    const after = stateAt(commit.hash);
    const parents = (commit.parents.length === 0 ? [undefined] : commit.parents).map((parent) => {
      const before = stateAt(parent);
      return { before, changes: changesOf(before, after) };
    });
    const merge = mergeOf(commit);
    const changes = ownOfMerge(parents, after).flatMap((one) => reasoned(one.changes, one.before, after));
    yield { commit, ...(merge ? { merge } : {}), renames: shortened(renames), changes };
  }
}

function withTargetsOf(state: State, other: State): State {
  const names = new Set([...state.targets.keys(), ...other.targets.keys()]);
  const all = (name: string) => [...new Set([...(state.targets.get(name) ?? []), ...(other.targets.get(name) ?? [])])];
  return { ...state, targets: new Map([...names].map((name) => [name, all(name)])) };
}

const nothing: State = {
  name: 'nothing',
  fleet: { topology: 'hub-and-spoke', dimensions: [], sequence: [] },
  targets: new Map(),
  files: [],
  records: [],
  read: () => [],
};
