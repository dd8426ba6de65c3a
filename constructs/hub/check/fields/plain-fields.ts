import type { Finding } from '../../../../layers/consequences';
import type { HubSubject } from '../hub-rule';
import { dataRemarks, fieldProblem } from './statement';

/** What fields without layers say is data, and no template. */
export function* plainFields({ statements }: HubSubject): Generator<Finding> {
  for (const statement of statements) {
    for (const { path, code, message, ...rest } of dataRemarks(statement)) yield fieldProblem(statement, path, code, message, rest);
  }
}
