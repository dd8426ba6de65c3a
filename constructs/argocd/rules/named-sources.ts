import { Branch, tryFindNode } from '../../../layers/node';
import { specsOf } from '../application-specs';
import type { ManifestRule, Remark } from '../manifest-rule';

/** Sources by name over a list of sources would replace all of them. */
export const namedSources: ManifestRule = ({ values, written }) => {
  if (!values) return [];
  return specsOf(written).flatMap(({ path }): readonly Remark[] => {
    const at = [...path, 'sources'];
    // A spec is what layers say without the word.
    const sources = tryFindNode(values, at.slice(1));
    if (!(sources instanceof Branch) || !sources.hid.some(({ value }) => Array.isArray(value))) return [];
    return [
      {
        code: 'named-sources',
        path: at,
        message: 'sources by name would replace a whole list of sources',
        expected: 'a map by name in every layer',
        found: 'a list in a broader layer',
        hint: 'write the broader `sources` as a map by name too',
        isCause: true,
      },
    ];
  });
};
