import { dirname } from 'node:path';
import { Coverage } from '../../layers/coverage';
import type { Commit, History } from '../git/history';
import { literalList } from '../typescript/set-list';
import { TypeScriptTree } from '../typescript/typescript-tree';

/** A patch that an app had once. */
export interface GonePatch {
  /** The commit since which it is not there. @default - that was not committed yet */
  readonly commit?: Commit;
  /** Whether it covered every target before: then it went into the base. */
  readonly wasEverywhere: boolean;
  /** The last commit that has it. */
  readonly last: Commit;
  /** What the file of the app was called there; in YAML its component's `values.yaml`. */
  readonly file: string;
}

/**
 * A patch that is not in flight any more, by the last commit that has it.
 *
 * @param file    that of the app; in YAML its component's `values.yaml`
 * @param targets where the app was rendered as of a commit
 * @returns `undefined` where no commit knows the patch by this name
 */
export function tryFindGone(history: History, file: string, patch: string, targets: (commit: Commit) => readonly string[]): GonePatch | undefined {
  const looked = new Set<string>();
  // An app that was renamed has the history of both names.
  for (let name: string | undefined = file; name !== undefined && !looked.has(name); ) {
    looked.add(name);
    const commits = history.commits(name.endsWith('.yaml') ? dirname(name) : name);
    for (const [index, paths] of pathsAt(history, commits, name, patch)) {
      if (paths === undefined) continue;
      const last = commits[index] as Commit;
      const all = targets(last);
      return { commit: commits[index - 1], last, file: name, wasEverywhere: new Coverage(paths, all).covered.length === all.length };
    }
    name = history.tryFormerName(name);
  }
  return undefined;
}

/** Where each commit has a patch; `undefined` where it has none of this name. */
function* pathsAt(history: History, commits: readonly Commit[], file: string, patch: string): Generator<readonly [number, readonly string[] | undefined]> {
  if (file.endsWith('.yaml')) {
    const ending = `/${patch}.yaml`;
    for (const [index, commit] of commits.entries()) {
      const found = history.filesAt(commit, dirname(file)).filter((path) => path.endsWith(ending));
      yield [index, found.length === 0 ? undefined : found.map((path) => path.slice(0, -ending.length))];
    }
    return;
  }
  for (let start = 0; start < commits.length; start += chunk) {
    const texts = history.filesOf(commits.slice(start, start + chunk), file);
    for (const [index, text] of texts.entries()) yield [start + index, text === undefined ? undefined : pathsIn(file, text, patch)];
  }
}

/** How many commits are read with one call. */
const chunk = 50;

function pathsIn(file: string, text: string, patch: string): readonly string[] | undefined {
  try {
    const found = new TypeScriptTree({ file, text }).tryFind(['patches', patch], '');
    return found && (literalList({ file, text }, ['patches', patch, 'rolledOutTo']) ?? []);
  } catch {
    // An older version of the file may not parse, or say it otherwise.
    return undefined;
  }
}
