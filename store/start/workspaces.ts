import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { entryAt } from '../files/entry-at';
import type { PackageManager } from './fleet-start';

/** Where a repository of several packages lists them, and a pattern that it lacks. */
export interface MissingWorkspace {
  /** From the top of the repository. */
  readonly file: string;
  readonly key: string;
}

/**
 * Where the folder of a fleet has to be listed so that it is installed: pnpm and yarn install no package that a repository
 * of several does not list; npm does.
 *
 * @param top of the repository, absolute @param folder of the fleet, from there
 */
export function missingWorkspace(top: string, folder: string, packageManager: PackageManager): MissingWorkspace | undefined {
  if (folder === '' || packageManager === 'npm') return undefined;
  const file = packageManager === 'pnpm' ? 'pnpm-workspace.yaml' : 'package.json';
  const key = packageManager === 'pnpm' ? 'packages' : 'workspaces';
  const listed = patternsIn(join(top, file), key);
  return listed === undefined || listed.some((pattern) => matches(pattern, folder)) ? undefined : { file, key };
}

/**
 * The lock file at the top of a repository of several packages, which installing the fleet writes: whoever commits the fleet without it
 * has a pipeline that refuses to install.
 *
 * @returns its path from the top. @default - what is installed is locked in the fleet's own folder
 */
export function sharedLock(top: string, folder: string, packageManager: PackageManager): string | undefined {
  if (folder === '') return undefined;
  if (packageManager === 'pnpm') return patternsIn(join(top, 'pnpm-workspace.yaml'), 'packages') && 'pnpm-lock.yaml';
  const listed = patternsIn(join(top, 'package.json'), 'workspaces');
  if (packageManager === 'yarn') return listed && 'yarn.lock';
  return listed?.some((pattern) => matches(pattern, folder)) ? 'package-lock.json' : undefined;
}

function patternsIn(file: string, key: string): readonly string[] | undefined {
  if (!entryAt(file)?.isFile()) return undefined;
  try {
    const found = (parse(readFileSync(file, 'utf8')) as { readonly [key: string]: unknown } | null)?.[key];
    const list = Array.isArray(found) ? found : (found as { readonly packages?: unknown } | undefined)?.packages;
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : undefined;
  } catch {
    // Whoever installs packages says what is wrong with it.
    return undefined;
  }
}

function matches(pattern: string, folder: string): boolean {
  const parts = pattern.replace(/^\.\//, '').replace(/\/$/, '').split('/');
  const source = parts.map((part) => (part === '**' ? '.*' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'))).join('/');
  return new RegExp(`^${source}$`).test(folder);
}
