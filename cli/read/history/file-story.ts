import { type Fields, fieldsOf } from '../../../changes/fields';
import { withValuesTexts } from '../../../changes/said-at';
import { fromHelmText } from '../../../layers/text/from-helm-text';
import { mapStrings } from '../../../layers/text/token';
import type { CommitInfo } from '../../../store/git/commit-info';
import { readObjects } from '../../../store/git/objects';
import { historyOf } from '../../../store/git/path-history';
import type { Repository } from '../../../store/git/repository';
import { blobsOf, treeAt } from '../../../store/git/trees';
import { asContent } from '../../../store/state/git-state';
import { readRendered } from '../../../store/yaml/read-rendered';
import type { FieldStep, FieldStory } from './field-steps';

/**
 * How a rendered file came to be. Its contents are read all at once when the first is asked for.
 *
 * @param file in `templates/`, from the working directory
 * @param from a commit's id
 */
export function fileStory(repository: Repository, file: string, from: string): FieldStory {
  const { commits, endsAtShallow } = historyOf(repository, [file], { from });
  const last = treeAt(repository, from, file).get('')?.id;
  const ids = commits.flatMap(({ changes }) => changes.flatMap(({ before, after }) => [before ?? [], after ?? []].flat()));
  const read = reader(repository, last === undefined ? ids : [last, ...ids]);
  const steps = commits.flatMap(({ commit, changes }): readonly FieldStep[] =>
    changes.map(({ path, formerPath = path, before, after }) => ({
      commit,
      before: () => read(before),
      after: () => read(after),
      parents: () => parentsOf(repository, commit, formerPath),
    })),
  );
  return { steps, last: read(last), endsAtShallow };
}

function reader(repository: Repository, ids: readonly string[]): (id: string | undefined) => Fields | undefined {
  let texts: ReadonlyMap<string, string> | undefined;
  const known = new Map<string, Fields>();
  return (id) => {
    if (id === undefined) return undefined;
    texts ??= new Map([...blobsOf(repository, ids)].map(([one, bytes]) => [one, bytes.toString('utf8')]));
    const fields = known.get(id) ?? fieldsInText(texts.get(id) ?? '');
    known.set(id, fields);
    return fields;
  };
}

function parentsOf(repository: Repository, { parents }: CommitInfo, path: string): readonly (Fields | undefined)[] {
  const names = parents.map((parent) => `${parent}:${path}`);
  return readObjects(repository.git, names).map((bytes) => bytes && fieldsInText(bytes.toString('utf8')));
}

const nothing: Fields = new Map();

/** What a rendered template says; one that a merge left with marks of a conflict, nothing. */
function fieldsInText(text: string): Fields {
  try {
    return withValuesTexts(fieldsOf(mapStrings(asContent(readRendered(text)), fromHelmText)));
  } catch {
    return nothing;
  }
}
