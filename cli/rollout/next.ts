import { dirname, relative, resolve, sep } from 'node:path';
import { isAtOrBelow } from '../../layers/hierarchy';
import { plural } from '../../layers/problem-text';
import { tryFindRepository } from '../../store/git/find-repository';
import { History } from '../../store/git/history';
import { isThere } from '../../store/paths';
import { shellWord } from '../../store/shell-word';
import type { Finished } from './finish';
import type { RolloutFleet } from './fleet';

/**
 * What to run next, where the command was run: a commit of exactly what the steps did. Nothing where there is no repository.
 *
 * @param steps in the order in which they were done
 */
export function nextOf({ config }: RolloutFleet, steps: readonly Finished[], message: string): readonly string[] {
  const history = new History(config);
  const { root } = history;
  if (root === undefined || !history.isThere || steps.length === 0) return [];
  const edited = steps.flatMap((step) => step.edited);
  // Git knows no name that is neither there nor tracked.
  const named = edited.filter((file) => isThere(file) || history.isTracked(file));
  const folder = commonFolder(edited);
  const configuration = edited.length > 1 && steps.every(({ cleanFolders }) => cleanFolders.some((clean) => isAtOrBelow(folder, clean))) ? [folder] : named;
  const stale = new Set(steps.flatMap((step) => step.stale));
  const isWhole = stale.size === 0 && steps[0]?.wasClean === true;
  const rendered = steps.flatMap(({ rendered: { dir, report } = {} }) => {
    if (dir === undefined || report === undefined) return [];
    if (isWhole) return [dir];
    const written = [...report.written, ...report.removed].filter((path) => !stale.has(path)).map((path) => `${dir}/${path}`);
    return written.filter((file) => isThere(file) || history.isTracked(file));
  });
  const isHere = tryFindRepository('.')?.top === root;
  const from = (path: string) =>
    relative(isHere ? '.' : root, resolve(path))
      .split(sep)
      .join('/') || '.';
  const git = isHere ? 'git' : `git -C ${shellWord(root)}`;
  const paths = [...new Set([...configuration, ...rendered].map(from))].map(shellWord);
  return [`${git} add -A -- ${paths.join(' ')}`, `${git} commit -m ${shellWord(message)}`];
}

/** The deepest folder that is there and holds all of some files. Absolute. */
export function commonFolder(files: readonly string[]): string {
  const paths = files.map((file) => resolve(file));
  let folder = dirname(paths[0] ?? resolve('.'));
  while (folder !== dirname(folder) && (!isThere(folder) || paths.some((path) => !isAtOrBelow(path, folder)))) folder = dirname(folder);
  return folder;
}

/** What a person reads of the end of a command. */
export function nextLines(steps: readonly Finished[], next: readonly string[]): readonly string[] {
  const stale = new Set(steps.flatMap((step) => step.stale)).size;
  const dir = steps.flatMap(({ rendered }) => rendered?.dir ?? [])[0] ?? '';
  return [
    ...(stale > 0
      ? ['', `${dir}/ was not current before: ${plural(stale, 'file')} of other edits ${stale === 1 ? 'was' : 'were'} rendered too. Commit them apart.`]
      : []),
    ...(next.length > 0 ? ['', 'Next:', ...next.map((line) => `  ${line}`)] : []),
  ];
}
