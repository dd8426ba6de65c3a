import { existsSync, readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { expectNoSpecial } from '../files/read-file';
import { type LoadedModule, loader } from './loader';

/** The settings of this package, whatever lies in the working directory. Run from source, `cli/fleet.js` has it loaded with them. */
const ownSettings = resolve(__dirname, '../../tsconfig.json');
const own = dirname(ownSettings) + sep;

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
  const asNode = loader._extensions['.js'];
  (require('tsx/cjs/api') as typeof import('tsx/cjs/api')).register();
  const compiled = loader._extensions['.js'];
  if (asNode === undefined || compiled === undefined || asNode === compiled) return;
  loader._extensions['.js'] = (loaded, file) => {
    if (!isInstalled(file) || mayBeEsModule(readFileSync(file, 'latin1'))) return compiled(loaded, file);
    return loadPlainly(loaded, file, asNode, compiled);
  };
}

type Load = (loaded: LoadedModule, file: string) => unknown;

/** Loads a CommonJS file of a package as Node does: to look for what there is to compile in hundreds of them takes longer than to run them. */
function loadPlainly(loaded: LoadedModule, file: string, asNode: Load, compiled: Load): unknown {
  process.setSourceMapsEnabled(false);
  try {
    return asNode(loaded, file);
  } catch (cause) {
    // Told before anything of it runs: its package is one of ES modules.
    if ((cause as NodeJS.ErrnoException | undefined)?.code === 'ERR_REQUIRE_ESM' && !loaded.loaded) return compiled(loaded, file);
    throw cause;
  } finally {
    process.setSourceMapsEnabled(true);
  }
}

function isInstalled(file: string): boolean {
  return file.includes(`${sep}node_modules${sep}`) || file.startsWith(own);
}

/**
 * In doubt it is one.
 *
 * @param bytes a character each: to decode files of megabytes takes longer than to look through them
 */
function mayBeEsModule(bytes: string): boolean {
  return /(?:^|[;}/\n\r])[ \t]*(?:import|export)\b\s*[\w{*'"$\x80-\xff]|\bimport\.meta\b/.test(bytes);
}

function nearest(folder: string): string | undefined {
  const file = join(folder, 'tsconfig.json');
  if (existsSync(file)) return file;
  return folder === dirname(folder) ? undefined : nearest(dirname(folder));
}
