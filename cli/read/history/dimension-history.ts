import type { AppChange, Change } from '../../../changes/change';
import { compareStates } from '../../../changes/compare-states';
import { ownOfMerge } from '../../../changes/own-of-merge';
import { reasonsOf } from '../../../changes/reasons';
import type { State } from '../../../changes/state';
import type { CommitInfo } from '../../../store/git/commit-info';
import type { PathCommit } from '../../../store/git/path-history';
import type { Repository } from '../../../store/git/repository';
import { type ChangedFiles, changedFiles } from './changed-files';
import { CommitStates, type FilesOfCommit } from './commit-states';
import type { HistoryCommit, ReasonedChange } from './output-history';
import type { TargetsThen } from './targets-then';

/** How many commits are read together: the first few quickly. */
const together = { first: 25, others: 100 };

export interface DimensionHistoryProps {
  readonly commits: readonly PathCommit[];
  /** The output folder, from the top of the repository. */
  readonly folder: string;
  /** How many dimensions the fleet has. */
  readonly depth: number;
  /** What is there at the newest of the commits. */
  readonly targets: TargetsThen;
  /** Which files count: those of one app, to which a new target is one more place. @default - all */
  readonly isAsked?: (file: ChangedFiles['files'][number]) => boolean;
  /** Of commits after this time nothing is told, in milliseconds. */
  readonly until: number;
  readonly mergeOf: (commit: CommitInfo) => CommitInfo | undefined;
}

/** What commits changed in a fleet of dimensions, by the files that they touched alone. */
export function* dimensionHistory(
  repository: Repository,
  { commits, folder, depth, targets, isAsked, until, mergeOf }: DimensionHistoryProps,
): Generator<HistoryCommit> {
  const states = new CommitStates(repository);
  let after = targets;
  for (let start = 0, size = together.first; start < commits.length; start += size, size = start === size ? size : together.others) {
    const chunk = commits.slice(start, start + size).map((one) => {
      const changed = changedFiles(one, folder, depth);
      return { commit: one.commit, changed, asked: isAsked ? { ...changed, files: changed.files.filter(isAsked) } : changed };
    });
    states.load(chunk.map(({ commit, asked }) => ({ commit, changed: asked })));
    for (const { commit, changed, asked } of chunk) {
      after = after.formerly(changed).after(changed);
      const before = after.before(changed);
      if (commit.time <= until && (!isAsked || asked.files.length > 0 || changed.renames.length > 0)) {
        const merge = mergeOf(commit);
        const all = isAsked ? before.union(after) : undefined;
        const there = { before: all ?? before, after: all ?? after };
        const changes = changesOf(states, { commit, changed: asked }, there);
        yield { commit, ...(merge ? { merge } : {}), renames: changed.renames, changes };
      }
      after = before;
    }
  }
}

function changesOf(states: CommitStates, one: FilesOfCommit, targets: Readonly<Record<'before' | 'after', TargetsThen>>): readonly ReasonedChange[] {
  if (one.changed.files.length === 0) return [];
  const after = states.state(one, 'after', targets.after);
  const parents = (one.commit.parents.length < 2 ? [0] : [...one.commit.parents.keys()]).map((parent) => {
    const before = states.state(one, parent, targets.before);
    return { before, changes: compareStates(before, after).changes };
  });
  return ownOfMerge(parents, after).flatMap(({ before, changes }) =>
    reasoned(changes, before, after).map((found) => ({ ...found, change: withWhole(found.change, before, after) })),
  );
}

/** With why each change came about. */
export function reasoned(changes: readonly Change[], before: State, after: State): readonly ReasonedChange[] {
  const layersOf = (state: State) => {
    const known = new Map<string, ReadonlySet<string>>();
    return (clusterType: string, app: string) => {
      const key = `${clusterType}/${app}`;
      const layers = known.get(key) ?? state.records.find((record) => record.clusterType === clusterType && record.app === app)?.read().layers ?? none;
      known.set(key, layers);
      return layers;
    };
  };
  const [had, have] = [layersOf(before), layersOf(after)];
  return changes.map((change) => ({
    change,
    reasons:
      'app' in change && !isGoneWithTargets(change, after) ? reasonsOf(change, had(change.clusterType, change.app), have(change.clusterType, change.app)) : [],
  }));
}

/** What goes because its targets go no layer has withdrawn. */
function isGoneWithTargets({ kind, clusterType, targets }: Change, { targets: there }: State): boolean {
  return kind === 'app-removed' && !targets.some((target) => there.get(clusterType)?.includes(target));
}

const none: ReadonlySet<string> = new Set();

/** The states hold what changed alone: whether an app is anywhere else, its record says. */
function withWhole(change: Change, before: State, after: State): Change {
  if (change.kind !== 'app-removed' && change.kind !== 'app-added') return change;
  const { clusterType, app } = change;
  const other = change.kind === 'app-removed' ? after : before;
  const record = other.records.find((one) => one.clusterType === clusterType && one.app === app)?.read();
  const isElsewhere = record !== undefined && (other.targets.get(clusterType) ?? []).some((target) => record.isRendered(target));
  return { ...change, isEverywhere: !isElsewhere } satisfies AppChange;
}
