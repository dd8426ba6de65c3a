import { builtinModules } from 'node:module';
import { testedVersions } from './versions';

/** @returns why npm, or the fleet, cannot have a package called so; `undefined` where it can */
export function whyNoPackageName(name: string): string | undefined {
  const [, scope, bare = ''] = /^(?:@([^/]*)\/)?(.*)$/s.exec(name) ?? [];
  if (name.length > 214) return 'it is longer than 214 characters';
  if (name !== name.toLowerCase()) return 'it has capital letters';
  if (bare === '' || scope === '') return 'a part of it is empty';
  if ([scope ?? 'x', bare].some((part) => !/^[a-z0-9~_.-]+$/.test(part) || /~/.test(part))) return 'it has characters other than letters, digits, -, _ and .';
  if (/^[._-]/.test(bare)) return `it begins with ${bare[0]}`;
  if (['node_modules', 'favicon.ico'].includes(bare)) return 'npm keeps the name for itself';
  if (builtinModules.includes(name)) return 'it is the name of a module of Node';
  if (name === 'cdk8s-fleet' || name in testedVersions) return 'the fleet needs a package of that name';
  return undefined;
}

/** The nearest name that npm takes. */
export function packageNameFor(name: string): string {
  const made = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
    .slice(0, 200);
  return made === '' ? 'fleet' : whyNoPackageName(made) === undefined ? made : `${made}-config`;
}
