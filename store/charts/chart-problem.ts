import { FleetError, type Problem } from '../../layers/problem';
import type { ProblemCode } from '../../layers/problem-codes';

/** Something is wrong with a chart, or it cannot be had: it stops the import. */
export function chartProblem(code: Extract<ProblemCode, `chart-${string}`>, message: string, rest: Omit<Problem, 'code' | 'message'> = {}): FleetError {
  return new FleetError([{ code, message, ...rest }]);
}
