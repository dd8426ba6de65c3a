import { describe } from '../../../../layers/plain-data';
import { leadsOut } from '../../../argocd/rules/sources';
import type { PartRemark } from '../part-remark';
import type { Fields } from './field-rule';

/** What a path reads besides lies in its repository. Argo CD takes `;` for the end of a path. */
export function* readPaths({ alsoReads }: Fields): Generator<PartRemark> {
  if (!Array.isArray(alsoReads)) return;
  for (const [index, path] of alsoReads.entries()) {
    if (typeof path !== 'string' || !(leadsOut(path) || path.includes(';'))) continue;
    yield {
      path: ['alsoReads', String(index)],
      code: 'invalid-field',
      message: `'${path}' is no folder or file of a repository`,
      expected: "a path from the top of the repository of 'path', such as 'bases/web'",
      found: describe(path),
    };
  }
}
