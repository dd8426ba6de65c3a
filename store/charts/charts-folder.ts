import { dirname, join, relative, sep } from 'node:path';
import type { RepositoryChart } from '../../layers/charts/chart-id';
import { entryAt } from '../files/entry-at';
import { isThere, shown } from '../files/paths';
import { realPath } from '../git/find-repository';
import { chartProblem } from './chart-problem';

/** The folder that holds the configuration, and `imports` beside it. Absolute, links followed. */
export function projectOf(config: string): string {
  return dirname(realPath(config));
}

/** Where imported charts of a configuration lie. Absolute. */
export function chartsFolder(config: string): string {
  return join(projectOf(config), 'imports', 'charts');
}

/** What the lock of imported charts is called. */
export const lockName = 'lock.json';

/** Whether anything was imported for a configuration. */
export function hasLock(config: string): boolean {
  return isThere(join(chartsFolder(config), lockName));
}

/**
 * What is written lies in the folder, and nothing on its way is a link: it may have come with a fleet from elsewhere.
 *
 * @throws FleetError where it is otherwise
 */
export function expectNoLinks(project: string, path: string): void {
  const names = relative(project, path).split(sep);
  for (const [depth] of names.entries()) {
    const here = join(project, ...names.slice(0, depth + 1));
    const entry = entryAt(here);
    const isLast = depth === names.length - 1;
    const wrong = entry?.isSymbolicLink()
      ? 'a link'
      : entry && !(isLast ? entry.isFile() : entry.isDirectory())
        ? `no ${isLast ? 'file' : 'folder'}`
        : undefined;
    if (wrong)
      throw chartProblem('chart-lock', `'${shown(here)}' is ${wrong}, and nothing is written there`, {
        file: shown(here),
        hint: 'remove it, and import again',
      });
  }
}

/** Where the archive of a chart lies, from the folder of charts: by its repository, as a person would look for it. */
export function archivePath({ repository, chart }: RepositoryChart, version: string): string {
  const folder = repository
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .split('/')
    .map(asName)
    .join('/');
  return `archives/${folder}/${asName(`${chart}-${version}`)}.tgz`;
}

function asName(part: string): string {
  const name = part.replaceAll(/[^A-Za-z0-9._-]/g, '_').slice(0, 120);
  return /^\.*$/.test(name) ? '_' : name;
}
