import type { Finding } from '../../../../layers/consequences';
import { describe } from '../../../../layers/plain-data';
import { leadsOut } from '../../../argocd/rules/sources';
import type { HubSubject } from '../hub-rule';
import { fieldProblem } from './statement';

/** What a path reads besides lies in its repository. Argo CD takes `;` for the end of a path. */
export function* readPaths({ usable }: HubSubject): Generator<Finding> {
  for (const statement of usable) {
    const { alsoReads } = statement.fields;
    if (statement.about !== 'components' || !Array.isArray(alsoReads)) continue;
    for (const [index, path] of alsoReads.entries()) {
      if (typeof path !== 'string' || !(leadsOut(path) || path.includes(';'))) continue;
      yield fieldProblem(statement, ['alsoReads', String(index)], 'invalid-field', `'${path}' is no folder or file of a repository`, {
        expected: "a path from the top of the repository of 'path', such as 'bases/web'",
        found: describe(path),
      });
    }
  }
}
