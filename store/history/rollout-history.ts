import { dirname } from 'node:path';
import { Coverage } from '../../layers/coverage';
import type { PatchPlaces, PatchState } from '../../layers/patch-state';
import type { Commit, History } from '../git/history';
import { notBefore } from './not-before';
import { listIn, versionsOf } from './patch-versions';

/** Since when a patch is where it is. */
export interface Since {
  /** When the commit was made that let it in as it is now, in milliseconds. @default - it was not committed yet */
  readonly time?: number;
  /** Its id. @default - as above */
  readonly commit?: string;
}

/**
 * When a patch came to a target, as it is now, and stayed: the commit from which on every later one has the same content
 * there. What was edited since began anew, and so did what was taken back in between.
 *
 * @param from   the commit to begin with. @default - the last one of what is checked out
 * @param output the folder of rendered output, whose records say since when there is the target, and the app at it. @default - both were always there
 * @returns `undefined` where there is no history
 */
export function sinceWhen(history: History, state: PatchState, places: PatchPlaces, target: string, from?: string, output?: string): Since | undefined {
  return sinceWhenAt(history, state, places, [target], from, output)?.get(target);
}

/** The same for several targets, with one look at the history. */
export function sinceWhenAt(
  history: History,
  state: PatchState,
  places: PatchPlaces,
  targets: readonly string[],
  from?: string,
  output?: string,
): ReadonlyMap<string, Since> | undefined {
  if (!history.isThere) return undefined;
  const { now, files, before } = versionsOf(history, state, places);
  const wanted = new Map(targets.map((target) => [target, now.content(target)]));
  const pending = new Set(targets);
  const since = new Map<string, Since>(targets.map((target) => [target, {}]));
  let oldest: Commit | undefined;
  for (const { commit, version } of before(history.commits(files, from))) {
    for (const target of pending) {
      const found = version.content(target);
      if (found !== undefined && found === wanted.get(target)) {
        since.set(target, { time: commit.time, commit: commit.hash });
        oldest = commit;
      } else pending.delete(target);
    }
    if (pending.size === 0) break;
  }
  if (oldest === undefined || output === undefined) return since;
  const apps = places.changes.map(({ app }) => app);
  return notBefore(history, { output, clusterType: state.clusterType, apps, files }, since, oldest, from);
}

/**
 * The targets that a patch entered last: those that it covers now and did not before it last covered more.
 *
 * @returns `undefined` where Git cannot tell, or knows the patch only as it is
 */
export function lastEntered(history: History, state: PatchState, places: PatchPlaces): readonly string[] | undefined {
  if (!history.isThere || history.isShallow) return undefined;
  const path = writtenAt(places);
  const now = new Coverage(state.paths, state.targets).covered;
  for (const commit of history.commits(path)) {
    const before = new Coverage(pathsAt(history, commit, path, state, places), state.targets);
    if (before.covered.length === 0) return undefined;
    const entered = now.filter((target) => !before.covers(target));
    if (entered.length > 0) return entered;
  }
  return undefined;
}

/** The file that says where a patch sits, or the folder. */
function writtenAt({ form, changes, rolledOutTo }: PatchPlaces): string {
  return form === 'yaml' ? dirname(changes[0]?.base.file ?? '') : rolledOutTo.file;
}

function pathsAt(history: History, commit: Commit, path: string, { patch }: PatchState, { form, rolledOutTo }: PatchPlaces): readonly string[] {
  if (form === 'yaml') {
    const ending = `/${patch}.yaml`;
    return history.filesAt(commit, path).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
  }
  return listIn(history.fileAt(commit, path), path, rolledOutTo.place);
}
