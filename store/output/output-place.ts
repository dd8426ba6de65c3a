import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { FleetError } from '../../layers/problem';
import { recordFolder } from '../../layers/record';
import { shellWord } from '../../layers/text/shell-word';
import { realPath, tryFindRepository } from '../git/find-repository';
import { History } from '../git/history';
import { renderedHeader } from './rendered-header';

/**
 * Where the rendered output of a fleet lies: its `path` counts from the top of the repository that holds the configuration,
 * wherever a command runs, as Argo CD reads it. Without a repository it counts from the folder of the nearest `package.json`
 * above the configuration, and without one from the working directory.
 *
 * @param config the configuration folder, relative to the working directory or absolute
 * @param path   the fleet's `path`
 * @returns the folder as messages show it: from the working directory; absolute where that is somewhere else
 * @throws FleetError where the output of an earlier version still lies where `path` counted from the working directory; and
 *   where links on the way of a fleet in YAML, which Git carries like any file, lead to what is somebody else's
 */
export function outputPlace(config: string, path: string): string {
  const base = baseOf(config);
  const place = resolve(base, path);
  if (isYaml(config) && !isAtOrAbove(base, realPath(place))) throw leadsAway(base, path, realPath(place));
  const old = oldPlaces(config, path).find((folder) => folder !== place && holdsRendered(folder));
  if (old !== undefined && !holdsRendered(place)) throw hasMoved({ base, path, old, place });
  return outputDir(config, path);
}

/** The same, whatever lies anywhere. */
export function outputDir(config: string, path: string): string {
  const base = baseOf(config);
  return shownFrom(base, resolve(base, path));
}

/** The folder from which the `path` of a fleet counts. Absolute, links followed. */
export function baseOf(config: string): string {
  return tryFindRepository(config)?.top ?? tryFindPackage(config) ?? realPath('.');
}

/** The nearest folder above a path that holds a `package.json`. Absolute, links followed. */
export function tryFindPackage(path: string): string | undefined {
  for (let folder = realPath(path); ; folder = dirname(folder)) {
    if (isFile(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether a package says that its files are ES modules, which name one another with an ending. */
export function isOfModules(config: string): boolean {
  const folder = tryFindPackage(config);
  try {
    return folder !== undefined && JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).type === 'module';
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** From the working directory, where that lies below a base too. */
export function shownFrom(base: string, place: string): string {
  const here = realPath('.');
  const short = relative(here, place) || '.';
  return isAtOrAbove(base, here) || !(short === '..' || short.startsWith(`..${sep}`) || isAbsolute(short)) ? short.split(sep).join('/') : place;
}

/** Where commands used to write: below the folder where they ran, which was the one that holds the configuration, or its package. */
function oldPlaces(config: string, path: string): readonly string[] {
  const [here, configuration] = [realPath('.'), realPath(config)] as const;
  const folders = [here, dirname(configuration), tryFindPackage(config) ?? here].map((folder) => resolve(folder, path));
  return [...new Set(folders)].filter((folder) => !isAtOrAbove(folder, here) && !isAtOrAbove(folder, configuration));
}

/** Whether something below a folder says that it was rendered: a record, a chart, or values of a cluster. */
function holdsRendered(folder: string): boolean {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name !== '.git' && holdsRendered(path);
    const above = path.split(sep).slice(-3, -1);
    const isMarked = entry.name === 'Chart.yaml' || (entry.name.endsWith('.yaml') && (above[0] === 'values' || above.includes(recordFolder)));
    return isMarked && entry.isFile() && readFileSync(path, 'utf8').startsWith(renderedHeader);
  });
}

function isAtOrAbove(folder: string, other: string): boolean {
  const inside = relative(folder, other);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function isYaml(config: string): boolean {
  return isFile(join(realPath(config), 'config.yaml'));
}

function leadsAway(base: string, path: string, found: string): FleetError {
  return new FleetError([
    {
      code: 'output-folder',
      message: `'${path}' cannot be the output folder: a link leads out of '${shownFrom(base, base)}'`,
      place: [],
      expected: 'a folder beside the configuration, or below',
      found,
      hint: 'nothing was written; if that folder is meant, name it with `--output`, else remove the link',
    },
  ]);
}

function hasMoved({ base, path, old, place }: { readonly base: string; readonly path: string; readonly old: string; readonly place: string }): FleetError {
  const [from, to, above] = [old, place, dirname(place)].map((folder) => shownFrom(base, folder)) as [string, string, string];
  const isTracked = new History(old).isTracked(old);
  const move = `${isTracked ? 'git mv' : 'mv'} ${shellWord(from)} ${shellWord(to)}`;
  const stay = relative(base, old).split(sep).join('/');
  return new FleetError([
    {
      code: 'output-folder',
      message: `the rendered output is at '${from}', but the fleet's path '${path}' counts from '${shownFrom(base, base)}', whatever the working directory`,
      place: [],
      expected: `the output at '${to}'`,
      hint: `move it: \`${existsSync(above) ? '' : `mkdir -p ${shellWord(above)} && `}${move}\`; or leave it there, and let the fleet say path: '${stay}'. Nothing was written`,
    },
  ]);
}
