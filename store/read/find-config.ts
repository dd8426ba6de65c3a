import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nearest } from '../../layers/text/nearest';
import { realPath, tryFindRepository } from '../git/find-repository';
import { shownFrom, tryFindPackage } from '../output/output-place';

const usual = 'config';

/**
 * The configuration folder of a command that was told none: `config` in the working directory, or else in the nearest
 * folder above that has a fleet in it, up to the top of the repository; without one, up to the folder of `package.json`.
 *
 * @returns relative to the working directory; `config` where there is none anywhere
 */
export function findConfig(): string {
  const here = realPath('.');
  const last = tryFindRepository(here)?.top ?? tryFindPackage(here) ?? here;
  if (mayBeMeant(join(here, usual))) return usual;
  for (let folder = here; folder !== last; ) {
    folder = dirname(folder);
    if (isFleet(join(folder, usual))) return shownFrom(last, join(folder, usual));
  }
  return usual;
}

function isFleet(folder: string): boolean {
  return fleetFiles.some((name) => existsSync(join(folder, name)));
}

/** Something else may be called `config` too; what is misspelt is told of. */
function mayBeMeant(folder: string): boolean {
  if (isFleet(folder)) return true;
  try {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false;
    const names = readdirSync(folder);
    return fleetFiles.some((name) => nearest(name, names) !== undefined);
  } catch {
    // Whoever reads the folder says why it cannot be read.
    return true;
  }
}

const fleetFiles = ['fleet.ts', 'config.yaml'];
