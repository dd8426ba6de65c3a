import Module from 'node:module';
import { join } from 'node:path';

const packageName = 'cdk8s-fleet';
const resolver = Module as unknown as { _resolveFilename: (request: string, ...rest: unknown[]) => string };
let isInstalled = false;

/**
 * Loads a TypeScript or JavaScript module. A configuration folder may lie outside of any package that depends on this
 * one; what it imports as `cdk8s-fleet` is then this package.
 *
 * @param file absolute
 * @throws whatever compiling or running the module throws
 */
export function loadModule(file: string): { readonly [key: string]: unknown } {
  resolvePackageFromAnywhere();
  return require(file);
}

function resolvePackageFromAnywhere(): void {
  if (isInstalled) return;
  isInstalled = true;
  const resolve = resolver._resolveFilename;
  resolver._resolveFilename = function resolveFilename(this: unknown, request: string, ...rest: unknown[]): string {
    try {
      return resolve.call(this, request, ...rest);
    } catch (cause) {
      if (request !== packageName) throw cause;
      return resolve.call(this, join(__dirname, '../constructs/index.ts'), ...rest);
    }
  };
}
