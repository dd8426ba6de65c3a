import { join } from 'node:path';
import { FleetError, type Problem } from '../../layers/problem';
import { plural } from '../../layers/text/problem-text';
import type { Stranger } from './judgement';

/** How many files are named; one may have named a folder of thousands. */
const named = 20;

const words: Readonly<Record<Stranger['why'], { readonly message: string; readonly hint: string }>> = {
  deployed: {
    message: 'lies where Argo CD deploys from, and was not rendered',
    hint: 'move it out of that folder, say it in the configuration, or remove it',
  },
  'in the way': {
    message: 'was not rendered, and stands where a file must be written',
    hint: 'move it away, or remove it: what is rendered takes its place',
  },
  unknown: {
    message: 'was not rendered, and nothing shows that the folder is rendered output',
    hint: 'name a folder that is not there yet or empty, or empty this one yourself',
  },
  repository: {
    message: 'was not rendered, and lies in a repository of its own',
    hint: 'name a folder in the repository, or one whose repository holds nothing but rendered output',
  },
};

/** What cannot be written because of files that are somebody's. @param dir as the user named it */
export function strangersProblem(dir: string, strangers: readonly Stranger[]): FleetError {
  const shown = strangers.slice(0, named).map(
    ({ path, why }): Problem => ({
      code: why === 'unknown' ? 'output-folder' : 'output-stranger',
      message: `'${join(dir, path)}' ${words[why].message}`,
      place: [],
      hint: `${words[why].hint}; nothing was written`,
    }),
  );
  const more = strangers.length - shown.length;
  const [first] = shown as [Problem];
  return new FleetError(
    more === 0
      ? shown
      : [...shown, { code: first.code, message: `${plural(more, 'file')} more in '${dir}' ${more === 1 ? 'was' : 'were'} not rendered`, place: [] }],
  );
}

/** What is told of files that were left alone. */
export function leftNotices(dir: string, left: readonly string[]): readonly Problem[] {
  if (left.length === 0) return [];
  const shown = left.slice(0, named).map((path) => join(dir, path));
  const more = left.length - shown.length;
  return [
    {
      code: 'output-stranger',
      severity: 'notice',
      message: `${left.length === 1 ? 'a file that was' : 'files that were'} not rendered ${left.length === 1 ? 'is' : 'are'} left alone`,
      place: [],
      found: `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    },
  ];
}
