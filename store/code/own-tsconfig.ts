import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { register } from 'tsx/cjs/api';
import { expectNoSpecial } from '../files/read-file';

/** What `cli/fleet.js` has this package itself loaded with, whatever lies in the working directory. */
const ownSettings = resolve(__dirname, '../../tsconfig.json');

/**
 * From here on modules are compiled and found as the `tsconfig.json` of the working directory, or the nearest one above,
 * says: configuration in TypeScript is code, and its author may say where it lies.
 *
 * @throws FleetError where that would be waited for for ever
 */
export function heedTsconfig(): void {
  if (process.env.TSX_TSCONFIG_PATH !== ownSettings) return;
  // Once, and told once.
  delete process.env.TSX_TSCONFIG_PATH;
  const file = nearest(process.cwd());
  if (file === undefined || file === ownSettings) return;
  expectNoSpecial(file);
  register();
}

function nearest(folder: string): string | undefined {
  const file = join(folder, 'tsconfig.json');
  if (existsSync(file)) return file;
  return folder === dirname(folder) ? undefined : nearest(dirname(folder));
}
