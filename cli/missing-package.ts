import { resolve, sep } from 'node:path';

/** The top of this package. */
const home = resolve(__dirname, '..') + sep;

/**
 * @returns the package that this one asked for and that is not there: of those that are used with the copy of the user's own
 *          program, none comes along where a package manager leaves that to its user
 */
export function missingPackage(error: unknown): string | undefined {
  const { code, message, requireStack } = (error ?? {}) as { readonly code?: string; readonly message?: string; readonly requireStack?: readonly string[] };
  if (code !== 'MODULE_NOT_FOUND' || !requireStack?.[0]?.startsWith(home)) return undefined;
  return /^Cannot find module '((?:@[^/']+\/)?[^./'][^/']*)/.exec(message ?? '')?.[1];
}
