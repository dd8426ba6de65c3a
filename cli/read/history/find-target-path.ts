import { FleetError } from '../../../constructs';
import { isAtOrBelow } from '../../../layers/hierarchy';
import { findPath } from '../find-path';

/** The target that was meant: itself, or the only one of a node. @param context as {@link findPath} takes it @throws FleetError (`unknown-path`) */
export function findTarget(paths: readonly string[], targets: readonly string[], name: string, context = ''): string {
  const path = findPath(paths, name, context);
  if (targets.includes(path)) return path;
  const below = targets.filter((target) => isAtOrBelow(target, path));
  const [first] = below;
  if (first !== undefined && below.length === 1) return first;
  throw new FleetError([
    {
      code: 'unknown-path',
      message: `'${path}' is no target${context}`,
      expected: 'a complete path',
      found: below.length === 0 ? 'nothing is rendered there' : `a node with ${below.length} targets, which may differ`,
      ...(first === undefined ? {} : { hint: `name one of them, such as '${first}'` }),
    },
  ]);
}
