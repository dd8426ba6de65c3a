import { FleetError } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { suggestion } from '../../../layers/text/nearest';

/** How many of several meanings are shown. */
const shown = 6;

/**
 * The dimension path that was meant: itself, or the only one that ends with these names, or whose last names begin so:
 * `us-central1`, `prod-canary/us`.
 *
 * @param paths every node and target, in sequence
 * @throws FleetError (`unknown-path`) with a suggestion
 */
export function findPath(paths: readonly string[], name: string): string {
  const asked = name.replace(/^\/+|\/+$/g, '');
  if (paths.includes(asked)) return asked;
  const names = asked === '' ? [] : asked.split('/');
  for (const isMeant of [(part: string, word: string) => part === word, begins]) {
    const found = names.length === 0 ? [] : paths.filter((path) => endsSo(path.split('/'), names, isMeant));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw unknownPath(name, `it could be ${found.slice(0, shown).join(' or ')}${found.length > shown ? ', …' : ''}`);
  }
  throw unknownPath(name, suggestion(asked, paths, 'paths'));
}

/** The target that was meant: itself, or the only one of a node. @throws FleetError (`unknown-path`) */
export function findTarget(paths: readonly string[], targets: readonly string[], name: string): string {
  const path = findPath(paths, name);
  if (targets.includes(path)) return path;
  const below = targets.filter((target) => isAtOrBelow(target, path));
  const [first] = below;
  if (first !== undefined && below.length === 1) return first;
  throw new FleetError([
    {
      code: 'unknown-path',
      message: `'${path}' is no target`,
      expected: 'a complete path',
      found: below.length === 0 ? 'nothing is rendered there' : `a node with ${below.length} targets, which may differ`,
      ...(first === undefined ? {} : { hint: `name one of them, such as '${first}'` }),
    },
  ]);
}

function endsSo(parts: readonly string[], names: readonly string[], isMeant: (part: string, word: string) => boolean): boolean {
  return names.length <= parts.length && names.every((word, index) => isMeant(parts[parts.length - names.length + index] as string, word));
}

/** One number does not begin another: `us-east1` is not `us-east10` cut short. */
function begins(part: string, word: string): boolean {
  return part.startsWith(word) && !/\d\d$/.test(part.slice(0, word.length + 1));
}

function unknownPath(name: string, hint: string | undefined): FleetError {
  return new FleetError([{ code: 'unknown-path', message: `there is no node or target '${name}'`, ...(hint === undefined ? {} : { hint }) }]);
}
