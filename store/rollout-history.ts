import { dirname } from 'node:path';
import { Coverage } from '../layers/coverage';
import type { PatchPlaces, PatchState } from '../layers/patch-state';
import { literalList } from './edit/typescript-list';
import type { Commit, History } from './git/history';

/** Since when a patch is where it is. */
export interface Since {
  /** When the commit was made that let it in, in milliseconds. @default - it was not committed yet */
  readonly time?: number;
}

/**
 * When a patch came to a target and stayed: the commit from which on every later one covers it.
 *
 * @returns `undefined` where there is no history
 */
export function sinceWhen(history: History, state: PatchState, places: PatchPlaces, target: string): Since | undefined {
  if (!history.isThere) return undefined;
  const path = writtenAt(places);
  let time: number | undefined;
  for (const commit of history.commits(path)) {
    if (!new Coverage(pathsAt(history, commit, path, state, places), state.targets).covers(target)) break;
    time = commit.time;
  }
  return time === undefined ? {} : { time };
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
  const text = history.fileAt(commit, path);
  return text === undefined ? [] : (literalList({ file: path, text }, rolledOutTo.place) ?? []);
}
