import type { Problem } from '../../layers/problem';
import { positionAt } from './position';

/** What Git writes around both sides of a conflict, at the beginning of a line. */
const marker = /^(?:<{7}|>{7}|\|{7})(?: |\r?$)/m;
const middle = /^={7}\r?$/;

/**
 * What is wrong with a file that cannot be read, should it be a conflict that nobody resolved. Only for a file that is
 * none: in a text of several lines such lines may be what was meant.
 *
 * @param line where reading it failed. @default - not known
 */
export function conflictProblem(text: string, line?: number): Pick<Problem, 'code' | 'message' | 'line' | 'column' | 'hint'> | undefined {
  const at = marker.exec(text)?.index;
  const lines = text.split('\n');
  const isMiddle = line !== undefined && middle.test(lines[line - 1] ?? '');
  if (at === undefined && !isMiddle) return undefined;
  return {
    code: 'merge-conflict',
    message: 'the file holds a merge conflict that nobody resolved',
    line: at === undefined ? line : positionAt(text, at).line,
    column: 1,
    hint: 'keep what shall stay of both sides, and remove the lines of <<<<<<<, ======= and >>>>>>>',
  };
}
