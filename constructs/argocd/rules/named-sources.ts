import { Branch } from '../../../layers/node';
import type { ManifestRule } from '../manifest-rule';

/** Sources by name over a list of sources would replace all of them. */
export const namedSources: ManifestRule = ({ values }) => {
  const sources = values?.children.sources;
  if (!(sources instanceof Branch) || !sources.hid.some(({ value }) => Array.isArray(value))) return [];
  return [
    {
      code: 'named-sources',
      path: ['spec', 'sources'],
      message: 'sources by name would replace a whole list of sources',
      expected: 'a map by name in every layer',
      found: 'a list in a broader layer',
      hint: 'write the broader `sources` as a map by name too',
      isCause: true,
    },
  ];
};
