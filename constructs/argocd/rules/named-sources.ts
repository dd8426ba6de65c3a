import { Branch, tryFindNode } from '../../../layers/node';
import { keyedSources, projectLists } from '../../../layers/shape/keyed-lists';
import { specsOf } from '../application-specs';
import type { ManifestRule, Remark } from '../manifest-rule';

/** Sources by name over a list of sources would replace all of them; the same of the lists of a project. */
export const namedSources: ManifestRule = ({ values, written }) => {
  if (!values) return [];
  const lists =
    written.kind === 'AppProject'
      ? projectLists.map(({ field }) => ({ path: ['spec', field], what: field }))
      : specsOf(written).map(({ path }) => ({ path: [...path, keyedSources.field], what: keyedSources.field }));
  return lists.flatMap(({ path, what }): readonly Remark[] => {
    // A spec is what layers say without the word.
    const items = tryFindNode(values, path.slice(1));
    if (!(items instanceof Branch) || !items.hid.some(({ value }) => Array.isArray(value))) return [];
    return [
      {
        code: 'named-sources',
        path,
        message: `${wordsOf(what)} by name would replace a whole list of ${wordsOf(what)}`,
        expected: 'a map by name in every layer',
        found: 'a list in a broader layer',
        hint: `write the broader \`${what}\` as a map by name too`,
        isCause: true,
      },
    ];
  });
};

function wordsOf(field: string): string {
  return field === 'syncWindows' ? 'sync windows' : field;
}
