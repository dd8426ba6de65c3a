import type { PatchPlaces, PatchState } from '../../layers/patch-state';
import type { Commit, History } from '../git/history';
import { type PatchVersion, versionsOf } from './patch-versions';

/** How a patch left a target. */
export interface Left {
  /** @default - it is not committed yet */
  readonly commit?: Commit;
}

/** Where a patch was, saying what it says now, and is no more. */
export interface LeftTargets {
  readonly targets: ReadonlyMap<string, Left>;
  /** Whether all of its history is here: else it may have been in more of them. */
  readonly isWhole: boolean;
}

/**
 * The targets that a patch was taken back from, as the first-parent history of what is checked out tells it: `fleet rollback`, a revert
 * and an edit of where it sits are the same. Who edits what it says begins anew. Who lets it in again at any of the targets that it left
 * together lets go of all of them.
 */
export function leftTargets(history: History, state: PatchState, places: PatchPlaces): LeftTargets {
  const targets = new Map<string, Left>();
  if (!history.isThere) return { targets, isWhole: history.trouble === undefined };
  const { now, files, before } = versionsOf(history, state, places);
  const isIn = (version: PatchVersion, target: string) => version.textsAt(target).some((text) => now.texts.has(text));
  let later = new Set(state.targets.filter((target) => isIn(now, target)));
  let left: Left = {};
  const entered = new Set<string>();
  // What is there now, or went back there since, no older commit has a say in.
  const told = new Set(later);
  for (const { commit, version } of before(history.commits(files))) {
    const isSame = [...version.texts].some((text) => now.texts.has(text));
    if (!isSame) return { targets, isWhole: version.texts.size > 0 || !history.isPartial };
    const there = new Set(state.targets.filter((target) => isIn(version, target)));
    const gone = [...there].filter((target) => !later.has(target));
    const isLetGo = gone.some((target) => entered.has(target));
    for (const target of gone) {
      if (!told.has(target) && !isLetGo) targets.set(target, left);
      told.add(target);
    }
    for (const target of later) if (!there.has(target)) entered.add(target);
    later = there;
    left = { commit };
  }
  return { targets, isWhole: !history.isShallow && !history.isPartial };
}
