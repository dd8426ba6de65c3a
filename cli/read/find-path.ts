import { FleetError } from '../../constructs';
import { asksFor, nearest, suggestion } from '../../layers/text/nearest';

/** How many of several meanings are shown. */
const shown = 6;

/**
 * The dimension path that was meant: itself, or the only one that ends with these names, or whose last names begin so:
 * `us-central1`, `prod-canary/us`.
 *
 * @param paths   every node and target, in sequence
 * @param context where they are looked for, with a blank in front. @default - the fleet
 * @throws FleetError (`unknown-path`) with a suggestion
 */
export function findPath(paths: readonly string[], name: string, context = ''): string {
  const found = meant(paths, name);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const several = `it could be ${found.slice(0, shown).join(' or ')}${found.length > shown ? ', …' : ''}`;
  const hint = found.length > 1 ? several : nearHint(paths, withoutSlashes(name));
  throw new FleetError([{ code: 'unknown-path', message: `there is no node or target '${name}'${context}`, ...(hint === undefined ? {} : { hint }) }]);
}

/** A path that is nearly called so, as a whole or by its last name. */
function nearHint(paths: readonly string[], asked: string): string | undefined {
  const lastName = asked.slice(asked.lastIndexOf('/') + 1);
  const near = nearest(asked, paths) ?? nearest(lastName, new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1))));
  return near === undefined ? suggestion(asked, paths, 'paths') : asksFor(near);
}

/** As {@link findPath}; `undefined` where none or several may be meant. Whole names alone count. */
export function tryFindPath(paths: readonly string[], name: string): string | undefined {
  const asked = withoutSlashes(name);
  if (paths.includes(asked)) return asked;
  const [only, second] = ending(paths, asked, isSame);
  return second === undefined ? only : undefined;
}

/** All that may be meant, by the strictest reading that finds any. */
function meant(paths: readonly string[], name: string): readonly string[] {
  const asked = withoutSlashes(name);
  if (paths.includes(asked)) return [asked];
  const whole = ending(paths, asked, isSame);
  return whole.length > 0 ? whole : ending(paths, asked, begins);
}

function ending(paths: readonly string[], asked: string, isMeant: (part: string, word: string) => boolean): readonly string[] {
  if (asked === '') return [];
  const names = asked.split('/');
  return paths.filter((path) => {
    const parts = path.split('/');
    return names.length <= parts.length && names.every((word, index) => isMeant(parts[parts.length - names.length + index] as string, word));
  });
}

function withoutSlashes(name: string): string {
  return name.replace(/^\/+|\/+$/g, '');
}

function isSame(part: string, word: string): boolean {
  return part === word;
}

/** One number does not begin another: `us-east1` is not `us-east10` cut short. */
function begins(part: string, word: string): boolean {
  return part.startsWith(word) && !/\d\d$/.test(part.slice(0, word.length + 1));
}
