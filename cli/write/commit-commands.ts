import { relative, resolve, sep } from 'node:path';
import { isAtOrBelow } from '../../layers/hierarchy';
import { shellWord } from '../../layers/text/shell-word';
import { isThere } from '../../store/files/paths';
import { tryFindRepository } from '../../store/git/find-repository';
import { History } from '../../store/git/history';
import type { LoadedFleet } from '../read/load-fleet';
import { commonFolder } from './common-folder';
import type { Written } from './write-change';

/**
 * The Git commands that commit exactly what the steps wrote, from where the command was run. None where there is no repository.
 *
 * @param steps in the order in which they were done
 */
export function commitCommands({ config }: LoadedFleet, steps: readonly Written[], message: string): readonly string[] {
  const history = new History(config);
  const { root } = history;
  if (root === undefined || !history.isThere || steps.length === 0) return [];
  const edited = steps.flatMap((step) => step.edited);
  // `git add` refuses a name that is neither there nor tracked.
  const known = edited.filter((file) => isThere(file) || history.isTracked(file));
  const folder = commonFolder(edited);
  const configuration = edited.length > 1 && steps.every(({ cleanFolders }) => cleanFolders.some((clean) => isAtOrBelow(folder, clean))) ? [folder] : known;
  const stale = new Set(steps.flatMap((step) => step.stale));
  const isWhole = stale.size === 0 && steps[0]?.wasClean === true;
  const rendered = steps.flatMap(({ rendered: { dir, report } = {} }) => {
    if (dir === undefined || report === undefined) return [];
    if (isWhole) return [dir];
    const written = [...report.written, ...report.removed].filter((path) => !stale.has(path)).map((path) => `${dir}/${path}`);
    return written.filter((file) => isThere(file) || history.isTracked(file));
  });
  const from = (path: string) =>
    relative(isHere(root) ? '.' : root, resolve(path))
      .split(sep)
      .join('/') || '.';
  const git = gitIn(root);
  const paths = [...new Set([...configuration, ...rendered].map(from))].map(shellWord);
  return [`${git} add -A -- ${paths.join(' ')}`, `${git} commit -m ${shellWord(message)}`];
}

/** Branches, pushed. */
export function pushCommands(root: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${gitIn(root)} push --force-with-lease origin ${names.map(shellWord).join(' ')}`];
}

/** Git as it is typed where the command was run. */
function gitIn(root: string): string {
  return isHere(root) ? 'git' : `git -C ${shellWord(root)}`;
}

function isHere(root: string): boolean {
  return tryFindRepository('.')?.top === root;
}
