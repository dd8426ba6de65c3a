import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { Coverage } from '../../layers/coverage';
import type { PatchPlaces, PatchState } from '../../layers/patch-state';
import type { Commit, History } from '../git/history';
import { literalList } from '../typescript/set-list';
import { typeScriptContent } from './typescript-content';
import { defaultsPath, hasExpression, yamlContent, yamlTexts } from './yaml-content';

/** A patch at one moment. */
export interface PatchVersion {
  /** What it changes at a target, with all that it takes from elsewhere; `undefined` where it is not there, or where that cannot be told. */
  readonly content: (target: string) => string | undefined;
  /** What it says itself, wherever it sits: in YAML each of its copies. None where it is not there. */
  readonly texts: ReadonlySet<string>;
  /** What it says itself at a target. */
  readonly textsAt: (target: string) => readonly string[];
}

/** A patch as it is, and as commits had it. */
export interface PatchVersions {
  readonly now: PatchVersion;
  /** The files and folders that say what it is. */
  readonly files: readonly string[];
  /** @param commits that touched any of these, the newest first */
  readonly before: (commits: readonly Commit[]) => Generator<{ readonly commit: Commit; readonly version: PatchVersion }>;
}

export function versionsOf(history: History, state: PatchState, places: PatchPlaces): PatchVersions {
  return places.form === 'yaml' ? yamlPatch(history, state, places) : typeScriptPatch(history, state, places);
}

/** How many commits are read with one call: most searches end with the first few. */
const chunk = 50;

function typeScriptPatch(history: History, { paths, targets }: PatchState, { rolledOutTo }: PatchPlaces): PatchVersions {
  const file = resolve(rolledOutTo.file);
  const place = rolledOutTo.place.slice(0, -1);
  const version = (found: ReturnType<typeof typeScriptContent>, list: readonly string[]): PatchVersion => {
    const coverage = new Coverage(list, targets);
    const texts = found === undefined ? [] : [found.own];
    return {
      content: (target) => (coverage.covers(target) ? found?.text : undefined),
      texts: new Set(texts),
      textsAt: (target) => (coverage.covers(target) ? texts : []),
    };
  };
  const present = typeScriptContent(onDisk, file, place);
  const files = [file, ...(present?.files ?? [])];
  function* before(commits: readonly Commit[]): ReturnType<PatchVersions['before']> {
    for (let start = 0; start < commits.length; start += chunk) {
      const part = commits.slice(start, start + chunk);
      const texts = new Map(files.map((one) => [one, history.filesOf(part, one)]));
      for (const [index, commit] of part.entries()) {
        const read = (path: string) => texts.get(path)?.[index];
        yield { commit, version: version(typeScriptContent(read, file, place), listIn(read(file), file, rolledOutTo.place)) };
      }
    }
  }
  return { now: version(present, paths), files, before };
}

function yamlPatch(history: History, { patch }: PatchState, { changes, copies }: PatchPlaces): PatchVersions {
  const folder = resolve(dirname(changes[0]?.base.file ?? ''));
  const defaults = join(folder, defaultsPath);
  const isLiving = copies.some(({ file }) => hasExpression(onDisk(resolve(file)) ?? ''));
  const isNeeded = (path: string) => path.endsWith(`/${patch}.yaml`) || (isLiving && path.endsWith('.yaml'));
  const version = (read: (path: string) => string | undefined, paths: readonly string[]): PatchVersion => ({
    content: (target) => yamlContent(read, paths, patch, target),
    texts: new Set(yamlTexts(read, paths, patch)),
    textsAt: (target) => yamlTexts(read, paths, patch, target),
  });
  const present = filesBelow(folder).filter(isNeeded);
  const known = new Map<string, string | undefined>();
  function* before(commits: readonly Commit[]): ReturnType<PatchVersions['before']> {
    for (const commit of commits) {
      const own = history.idsBelow(folder, commit.hash);
      const ids = new Map(isLiving ? [...own, [defaultsPath, history.idsBelow(defaults, commit.hash).get('') ?? '']] : own);
      const paths = [...ids.keys()].filter(isNeeded);
      const asked = [...new Set(paths.map((path) => ids.get(path) as string))].filter((id) => !known.has(id));
      for (const [index, text] of history.textsOf(asked).entries()) known.set(asked[index] as string, text);
      yield { commit, version: version((path) => known.get(ids.get(path) ?? ''), paths) };
    }
  }
  return { now: version((path) => onDisk(join(folder, path)), present), files: isLiving ? [folder, defaults] : [folder], before };
}

/** The paths of a patch as a text of its file lists them. */
export function listIn(text: string | undefined, file: string, place: readonly string[]): readonly string[] {
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
