import type { Finding } from '../../../../layers/consequences';
import type { HubSubject } from '../hub-rule';
import { fieldProblem } from './statement';

/** The path of a component lies in its repository. */
export function* sourcePaths({ usable }: HubSubject): Generator<Finding> {
  for (const statement of usable) {
    const { path } = statement.fields;
    if (statement.about !== 'components' || typeof path !== 'string' || !(path.startsWith('/') || path.split('/').includes('..'))) continue;
    yield fieldProblem(statement, ['path'], 'invalid-field', `'${path}' is no folder of a repository`, {
      expected: "a path from the top of the repository, such as 'charts/namespaces'",
    });
  }
}
