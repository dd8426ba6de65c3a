import { shown } from '../files/paths';
import { changedBuiltIn } from './built-ins';
import { addRequested, isConfigModule } from './config-modules';
import { freezeExports, freezeOwnExports } from './freeze';
import { loader } from './loader';
import { reportRepeatedKeys } from './report-repeated-keys';
import { report } from './reported';
import { strict } from './strict';

let isInstalled = false;

/**
 * From here on every module of a configuration, however it is asked for, runs in strict mode and is looked at when it is
 * loaded: the data that it exports is frozen, for it is other files' data too; so is what it imports from this package.
 */
export function watchConfigModules(): void {
  if (isInstalled) return;
  isInstalled = true;
  // The file that a message names may stand far below the one that threw: each module between them is six calls deep.
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 100);
  const { _resolveFilename: resolve } = loader;
  const { load, _compile: compile } = loader.prototype;
  /** This package, as configuration finds it. */
  const ownFiles = new Set<string>();
  loader._resolveFilename = function resolveFilename(request, parent, ...rest): string {
    const file = resolve.call(this, request, parent, ...rest);
    addRequested(request, parent?.filename ?? undefined, file);
    if (request === 'cdk8s-fleet' && !ownFiles.has(file)) {
      ownFiles.add(file);
      const known = require.cache[file];
      if (known?.loaded) freezeOwnExports(known.exports);
    }
    return file;
  };
  loader.prototype.load = function loadAndLook(filename): void {
    try {
      load.call(this, filename);
    } finally {
      // Before anything else: what is done next relies on it.
      if (isConfigModule(filename)) reportChangedBuiltIn(filename);
    }
    if (ownFiles.has(filename)) freezeOwnExports(this.exports);
    if (!isConfigModule(filename)) return;
    freezeExports(this.exports);
    reportRepeatedKeys(filename);
  };
  loader.prototype._compile = function compileStrictly(code, filename, ...rest): unknown {
    const isModule = isConfigModule(filename) && (/\.[cm]?tsx?$/.test(filename) || code.includes('__esModule'));
    return compile.call(this, isModule ? strict(code) : code, filename, ...rest);
  };
}

function reportChangedBuiltIn(filename: string): void {
  const name = changedBuiltIn(() => shown(filename));
  if (name === undefined) return;
  const hint = 'other files are read and rendered with it: write a function of your own';
  report({ code: 'config-throws', message: `the file changes ${name}, which is everybody's`, file: shown(filename), hint });
}
