import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { Coverage } from '../../layers/coverage';
import type { PatchPlaces, PatchState } from '../../layers/patch-state';
import type { Commit, History } from '../git/history';
import { literalList } from '../typescript/set-list';
import { notBefore } from './not-before';
import { typeScriptContent } from './typescript-content';
import { defaultsPath, hasExpression, yamlContent } from './yaml-content';

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
  const { now, files, before } = places.form === 'yaml' ? yamlPatch(history, state, places) : typeScriptPatch(history, state, places);
  const wanted = new Map(targets.map((target) => [target, now(target)]));
  const pending = new Set(targets);
  const since = new Map<string, Since>(targets.map((target) => [target, {}]));
  let oldest: Commit | undefined;
  for (const { commit, content } of before(history.commits(files, from))) {
    for (const target of pending) {
      const found = content(target);
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

/** What a patch changes at a target; `undefined` where it is not there, or where that cannot be told. */
type Content = (target: string) => string | undefined;

/** A patch as it is, and as commits had it. */
interface Versions {
  readonly now: Content;
  /** The files and folders that say what it is. */
  readonly files: readonly string[];
  readonly before: (commits: readonly Commit[]) => Generator<{ readonly commit: Commit; readonly content: Content }>;
}

/** How many commits are read with one call: most searches end with the first few. */
const chunk = 50;

function typeScriptPatch(history: History, { paths, targets }: PatchState, { rolledOutTo }: PatchPlaces): Versions {
  const file = resolve(rolledOutTo.file);
  const place = rolledOutTo.place.slice(0, -1);
  const present = typeScriptContent(onDisk, file, place);
  const files = [file, ...(present?.files ?? [])];
  const coverage = new Coverage(paths, targets);
  function* before(commits: readonly Commit[]): ReturnType<Versions['before']> {
    for (let start = 0; start < commits.length; start += chunk) {
      const part = commits.slice(start, start + chunk);
      const texts = new Map(files.map((one) => [one, history.filesOf(part, one)]));
      for (const [index, commit] of part.entries()) {
        const read = (path: string) => texts.get(path)?.[index];
        const text = read(file);
        const list = listIn(text, file, rolledOutTo.place);
        const content = typeScriptContent(read, file, place)?.text;
        yield { commit, content: (target) => (new Coverage(list, targets).covers(target) ? content : undefined) };
      }
    }
  }
  return { now: (target) => (coverage.covers(target) ? present?.text : undefined), files, before };
}

function yamlPatch(history: History, { patch }: PatchState, { changes, copies }: PatchPlaces): Versions {
  const folder = resolve(dirname(changes[0]?.base.file ?? ''));
  const defaults = join(folder, defaultsPath);
  const isLiving = copies.some(({ file }) => hasExpression(onDisk(resolve(file)) ?? ''));
  const isNeeded = (path: string) => path.endsWith(`/${patch}.yaml`) || (isLiving && path.endsWith('.yaml'));
  const present = filesBelow(folder).filter(isNeeded);
  const known = new Map<string, string | undefined>();
  function* before(commits: readonly Commit[]): ReturnType<Versions['before']> {
    for (const commit of commits) {
      const own = history.idsBelow(folder, commit.hash);
      const ids = new Map(isLiving ? [...own, [defaultsPath, history.idsBelow(defaults, commit.hash).get('') ?? '']] : own);
      const paths = [...ids.keys()].filter(isNeeded);
      const asked = [...new Set(paths.map((path) => ids.get(path) as string))].filter((id) => !known.has(id));
      for (const [index, text] of history.textsOf(asked).entries()) known.set(asked[index] as string, text);
      yield { commit, content: (target) => yamlContent((path) => known.get(ids.get(path) ?? ''), paths, patch, target) };
    }
  }
  return {
    now: (target) => yamlContent((path) => onDisk(join(folder, path)), present, patch, target),
    files: isLiving ? [folder, defaults] : [folder],
    before,
  };
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

function listIn(text: string | undefined, file: string, place: readonly string[]): readonly string[] {
  return text === undefined ? [] : (literalList({ file, text }, place) ?? []);
}

function onDisk(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** Files by their paths from a folder. */
function filesBelow(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.split(sep).join('/')) : [];
}
