import { extname, isAbsolute, join, sep } from 'node:path';
import { FleetError } from '../../layers/problem';
import { thrownAs } from '../../layers/thrown';
import { expectNoSpecial } from '../files/read-file';
import { compileApart, compileTypeScript } from './compile-typescript';
import { loader } from './loader';
import { watchConfigModules } from './module-hooks';
import { forgetRepeatedKeys } from './report-repeated-keys';

/** This package, as configuration asks for it, and where it is. */
const own = 'cdk8s-fleet';
const ownIndex = join(__dirname, `../../cli/entry/index${extname(__filename)}`);

let isInstalled = false;
let isApart = false;

/**
 * Has configuration loaded apart from what lies around it: no settings say where modules are. For what was written out of a
 * fleet in YAML, in whose place anything may lie.
 */
export function loadApart(): void {
  isApart = true;
}

/**
 * Loads a TypeScript or JavaScript module. A configuration folder may lie outside of any package: what it imports by
 * name (`cdk8s-plus-27`) and is not found there is then taken from here. `cdk8s-fleet` is the one that runs, whichever is
 * installed there: with a second one, its `unset` would be nobody's.
 *
 * @param file absolute
 * @throws whatever compiling or running the module throws
 */
export function loadModule(file: string): { readonly [key: string]: unknown } {
  if (isApart) compileApart();
  else compileTypeScript();
  resolvePackagesFromAnywhere();
  watchConfigModules();
  return require(file);
}

/** Has the modules of a folder loaded anew when they are next asked for: a command that edits them reads what it wrote. */
export function forgetModules(folder: string): void {
  forgetRepeatedKeys();
  for (const file of Object.keys(require.cache)) if (file.startsWith(folder + sep)) delete require.cache[file];
}

function resolvePackagesFromAnywhere(): void {
  if (isInstalled) return;
  isInstalled = true;
  const resolve = loader._resolveFilename;
  loader._resolveFilename = function resolveFilename(request, parent, ...rest): string {
    try {
      if (request === own) return resolve.call(this, ownIndex, module);
      const file = resolve.call(this, request, parent, ...rest);
      return isAbsolute(file) ? expectNoSpecial(file) : file;
    } catch (cause) {
      if (thrownAs(cause, FleetError) || request.startsWith('.') || isAbsolute(request)) throw cause;
      try {
        return resolve.call(this, request, module);
      } catch {
        throw cause;
      }
    }
  };
}
