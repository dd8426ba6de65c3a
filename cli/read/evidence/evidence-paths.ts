import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { FleetOutput } from '../../../constructs';
import { nameOfEvidence } from '../../../layers/law/evidence';
import { wordsOfCommand } from '../../../layers/text/shell-word';
import { entryAt } from '../../../store/files/entry-at';
import { isOutside } from '../../../store/files/paths';
import { type RepositoryPlace, realPath } from '../../../store/git/find-repository';
import { importedFiles } from '../../../store/read/fleet-files';
import { namedOptions } from './named-options';

/** A path that evidence names: what lies there decides what is good. */
export interface EvidencePath {
  /** How the evidence is called. */
  readonly evidence: string;
  /** From the top of the repository; nothing has to be there. */
  readonly path: string;
  /** Whether it is meant where a folder is there: a bare word may be the name of anything. */
  readonly mayBeFolder: boolean;
}

export interface EvidencePlaces {
  readonly config: string;
  /** The output folder, from the top of the repository: what is rendered has approvers of its own. */
  readonly inside: string;
}

/**
 * What evidence names in the repository: words of commands that may be paths, from where these run or from a folder that they name, and
 * files of certificates; of code with what it imports by a path. What a program reads besides, nobody can tell.
 */
export function evidencePaths(output: FleetOutput, { config, inside }: EvidencePlaces, { top }: Pick<RepositoryPlace, 'top'>): readonly EvidencePath[] {
  const own = relative(top, realPath(config)).split(sep).join('/');
  const found = new Map<string, EvidencePath>();
  const add = (evidence: string, path: string, mayBeFolder: boolean) => {
    for (const place of [linkAt(path), realPath(path), ...importedBy(path)]) {
      const named = relative(top, place).split(sep).join('/');
      const isFleet = [own, inside].some((folder) => isIn(folder, named)) || isIn(named, inside);
      if (!isOutside(named) && !isFleet && !named.split('/').includes('node_modules'))
        found.set(`${evidence} ${named}`, { evidence, path: named, mayBeFolder });
    }
  };
  for (const { node } of output.nodes) {
    for (const one of node.evidence ?? []) {
      if (typeof one === 'function' || !('command' in one)) continue;
      const words = wordsOfCommand(one.command.run);
      const folders = [resolve(config), ...words.map((word) => resolve(config, word)).filter((path) => entryAt(path)?.isDirectory())];
      for (const folder of folders) for (const word of words) add(nameOfEvidence(one), resolve(folder, word), word.includes('/'));
    }
  }
  for (const [one, { caFile }] of namedOptions(output)) if (caFile !== undefined) add(nameOfEvidence(one), resolve(config, caFile), false);
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Those that are there, each once, from the top of the repository; folders end with `/`. */
export function filesThere(paths: readonly EvidencePath[], { top }: Pick<RepositoryPlace, 'top'>): readonly string[] {
  const there = paths.flatMap(({ path, mayBeFolder }) => {
    const entry = entryAt(join(top, path));
    if (entry?.isDirectory()) return mayBeFolder ? [`${path}/`] : [];
    return entry === undefined ? [] : [path];
  });
  return [...new Set(there)];
}

/** Of files that changed, those that a piece of evidence names, by its name. @param changed from the top of the repository */
export function changedEvidence(
  paths: readonly EvidencePath[],
  changed: readonly string[],
): readonly (readonly [evidence: string, files: readonly string[]])[] {
  const byEvidence = new Map<string, Set<string>>();
  for (const { evidence, path, mayBeFolder } of paths) {
    const files = changed.filter((file) => file === path || (mayBeFolder && isIn(file, path)));
    if (files.length > 0) byEvidence.set(evidence, new Set([...(byEvidence.get(evidence) ?? []), ...files]));
  }
  return [...byEvidence].map(([evidence, files]) => [evidence, [...files].sort()]);
}

/** A link is as much a file of the repository as what it leads to. */
function linkAt(path: string): string {
  return join(realPath(dirname(path)), basename(path));
}

function importedBy(path: string): readonly string[] {
  return /^\.[cm]?[jt]s$/.test(extname(path)) ? importedFiles(path).map(realPath) : [];
}

/** Whether a path is a folder's, or the folder itself. The top of a repository has all. */
function isIn(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
