import { existsSync } from 'node:fs';
import Module from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { expectNoSpecial } from '../files/read-file';

/** The settings of this package, whatever lies in the working directory. Run from source, `cli/fleet.js` has it loaded with them. */
const ownSettings = resolve(__dirname, '../../tsconfig.json');

/** Whether this package is compiled already, as it is where it was installed: nobody has made TypeScript loadable then. */
const isCompiled = extname(__filename) === '.js';

let isDone = false;

/**
 * From here on TypeScript can be loaded, with ES syntax wherever it is written. Modules are compiled and found as the
 * `tsconfig.json` of the working directory, or the nearest one above, says: configuration in TypeScript is code, and its
 * author may say where it lies.
 *
 * @throws FleetError where that would be waited for for ever
 */
export function compileTypeScript(): void {
  // A test runner has a loader of its own, and settings of its own for it.
  if (isDone || !(module instanceof Module)) return;
  const isOwn = process.env.TSX_TSCONFIG_PATH === ownSettings;
  if (!isCompiled && !isOwn) return;
  // Once, and told once.
  isDone = true;
  if (isOwn) delete process.env.TSX_TSCONFIG_PATH;
  const file = nearest(process.cwd());
  const isSpecial = file !== undefined && file !== ownSettings;
  if (isSpecial) expectNoSpecial(file);
  if (isCompiled || isSpecial) register();
}

/** As {@link compileTypeScript}, with the settings of this package. */
export function compileApart(): void {
  if (isDone || !isCompiled || !(module instanceof Module)) return;
  isDone = true;
  const { TSX_TSCONFIG_PATH: given } = process.env;
  process.env.TSX_TSCONFIG_PATH = ownSettings;
  register();
  if (given === undefined) delete process.env.TSX_TSCONFIG_PATH;
  else process.env.TSX_TSCONFIG_PATH = given;
}

function register(): void {
  (require('tsx/cjs/api') as typeof import('tsx/cjs/api')).register();
}

function nearest(folder: string): string | undefined {
  const file = join(folder, 'tsconfig.json');
  if (existsSync(file)) return file;
  return folder === dirname(folder) ? undefined : nearest(dirname(folder));
}
