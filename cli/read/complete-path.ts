import { completeName } from './complete-name';

/**
 * A node or a target by its path, by the beginning of one, or by the names that end one: `prod-canary`, where no other node
 * is called so.
 *
 * @throws FleetError with a suggestion
 */
export function completePath(text: string, paths: readonly string[], context = ''): string {
  const path = text.replace(/\/+$/, '');
  if (paths.includes(path)) return path;
  const [only, second] = path === '' ? [] : paths.filter((known) => known.endsWith(`/${path}`));
  if (only !== undefined && second === undefined) return only;
  return completeName(path, { known: paths, noun: 'node or target', nouns: 'nodes', context });
}
