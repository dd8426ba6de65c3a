import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const repository = join(__dirname, '../..');

/**
 * Builds the package into the `node_modules` of a folder. The packages that it needs are links to those of this repository, so
 * that no registry is asked: they are loaded as if they were installed there.
 *
 * @param options of the build: `--code` leaves out declarations, which take longest
 * @returns the folder of the package
 */
export function installBuilt(folder: string, options: readonly string[] = []): string {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), link);
  }
  const installed = join(folder, 'node_modules/cdk8s-fleet');
  execFileSync(process.execPath, [join(repository, '.ci/package/build.mjs'), installed, ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return installed;
}
