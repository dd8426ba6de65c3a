import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** Rendered output has a folder of its own. */
export function* outputPaths({ fleet }: FleetSubject): Generator<Problem> {
  if (isOutputPath(fleet.path)) return;
  yield problemAt(fleet, 'invalid-name', `'${fleet.path}' cannot be the path of rendered output`, {
    at: ['path'],
    expected: "a folder from the top of the repository, such as 'dist'",
  });
}

/** Whether a path can name the folder of rendered output: one of its own below the top of the repository, and none of Git's. */
function isOutputPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no folder's name should hold
  if (path.trim() === '' || path.startsWith('/') || /[\u0000-\u001f\u007f]/.test(path)) return false;
  return !path.split('/').some((part) => part === '..' || part === '.' || part.toLowerCase() === '.git');
}
