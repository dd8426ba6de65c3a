import { type BigIntStats, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { FleetError } from '../../layers/problem';
import { entryAt } from '../files/entry-at';
import { existingOutput } from './existing-output';
import { DiskTree } from './file-tree';
import { OwnFiles } from './own-files';

/** What an output folder must not be, whatever lies in it. */
export interface OutputOptions {
  /** The configuration folder. @default - none is known */
  readonly config?: string;
}

/**
 * The place of an output folder: a folder of its own. What holds anything else (the working directory, the configuration,
 * a repository, the home folder) is never one, nor is a folder above any of them. Links are followed, and folders are told
 * by what they are on the disk and not by how they are spelled.
 *
 * @param dir as the user named it, relative to the working directory
 * @returns its absolute path
 * @throws FleetError which says what the folder is
 */
export function expectOutputPlace(dir: string, { config }: OutputOptions = {}): string {
  if (dir.trim() === '') throw refused(dir, 'it has no name');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no folder's name should hold
  if (/[\u0000-\u001f\u007f]/.test(dir)) throw refused(dir, 'its name holds a control character');
  const path = resolve(dir);
  const real = followed(path);
  if (real === undefined) return path;
  if (real.split(sep).some((part) => part.toLowerCase() === '.git')) throw refused(dir, 'it lies in a Git directory');
  const held = precious(config).flatMap(([what, place]) => {
    const at = followed(place);
    const above = at === undefined ? -1 : ancestors(at).findIndex((folder) => isSame(folder, real));
    return above < 0 ? [] : [{ what, place, is: above === 0 }];
  });
  // Only a folder that holds nothing else is looked into: one far above may hold the whole disk.
  const isOutput = held.length > 0 && held.every(({ what }) => what === workingDirectory) && holdsOutput(real);
  for (const { what, place, is } of isOutput ? [] : held) throw refused(dir, `it ${is ? 'is' : 'holds'} ${what}`, place);
  const folder = config === undefined || config === '' ? undefined : followed(resolve(config));
  if (folder !== undefined && ancestors(real).some((above) => isSame(above, folder))) throw refused(dir, 'it lies in the configuration', config);
  return path;
}

/** Commands work from any folder, those that were rendered included. */
function holdsOutput(folder: string): boolean {
  const own = new OwnFiles(new DiskTree(folder), new Set());
  return [...existingOutput(folder).files].some((path) => own.isProof(path));
}

const workingDirectory = 'the working directory';

function precious(config: string | undefined): readonly (readonly [what: string, place: string])[] {
  const own = [[workingDirectory, process.cwd()] as const, ...(config ? [['the configuration', resolve(config)] as const] : [])];
  const repositories = own.flatMap(([, folder]) => repositoryOf(folder) ?? []);
  return [...own, ...repositories.map((top) => ['the top of a repository', top] as const), ['the home folder', homedir()]];
}

/** The top of the repository that holds a folder. */
function repositoryOf(folder: string): string | undefined {
  const real = followed(folder);
  return real === undefined ? undefined : ancestors(real).find((above) => entryAt(join(above, '.git')));
}

/** A folder and those above it. */
function ancestors(folder: string): readonly string[] {
  return folder === dirname(folder) ? [folder] : [folder, ...ancestors(dirname(folder))];
}

function isSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [tryStat(one), tryStat(other)];
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function tryStat(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/** @returns where links lead; `undefined` where they lead nowhere */
function followed(path: string): string | undefined {
  try {
    if (entryAt(path)) return realpathSync(path);
  } catch {
    return undefined;
  }
  const above = dirname(path) === path ? undefined : followed(dirname(path));
  return above === undefined ? undefined : join(above, basename(path));
}

function refused(dir: string, why: string, found?: string): FleetError {
  return new FleetError([
    {
      code: 'output-folder',
      message: `'${dir}' cannot be the output folder: ${why}`,
      place: [],
      expected: "a folder of its own, such as 'dist', that is not there yet, is empty or was rendered",
      ...(found === undefined ? {} : { found }),
      hint: 'nothing was written; name another one with `--output`, or with `path` in the settings of the fleet',
    },
  ]);
}
