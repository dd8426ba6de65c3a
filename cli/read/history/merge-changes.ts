import type { Change } from '../../../changes/change';
import { objectAt, type State, subjectOf } from '../../../changes/state';
import { collapser } from '../../../layers/record';

/** Those of some changes that others are as well, at the targets at which both are. @param states between which the first ones are */
export function inAll(
  changes: readonly Change[],
  others: readonly Change[],
  { before, after }: { readonly before: State; readonly after: State },
): readonly Change[] {
  const known = new Set(others.flatMap((change) => change.targets.map((target) => keyOf(change, target))));
  return changes.flatMap((change): readonly Change[] => {
    const targets = change.targets.filter((target) => known.has(keyOf(change, target)));
    if (targets.length === change.targets.length) return [change];
    if (targets.length === 0) return [];
    const state = change.kind.endsWith('removed') ? before : after;
    const at = { targets, paths: collapser(state.targets.get(change.clusterType) ?? [])(targets) };
    return ['apps' in change ? { ...change, ...at, apps: appsAt(state, change.clusterType, targets) } : { ...change, ...at }];
  });
}

/** What something becomes, wherever it comes from. */
function keyOf(change: Change, target: string): string {
  const { kind, clusterType } = change;
  const object = 'object' in change && change.object !== undefined && objectAt(change.object, target);
  const whose = 'app' in change ? [change.app, object, 'deployer' in change && change.deployer] : [];
  return JSON.stringify([kind, clusterType, target, ...whose, ...(change.kind === 'field' ? [change.field, change.after ?? null] : [])]);
}

function appsAt({ files, fleet }: State, clusterType: string, targets: readonly string[]): number {
  const there = new Set(targets);
  return files.filter((file) => file.clusterType === clusterType && there.has(file.target) && subjectOf(file, fleet.topology).object === undefined).length;
}
