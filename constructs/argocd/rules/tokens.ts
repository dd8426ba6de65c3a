import { tryChild } from '../../../layers/node';
import { hasBrokenToken } from '../../../layers/text/token';
import type { ManifestRule } from '../manifest-rule';
import { TextSearch } from '../text-search';

const broken = new TextSearch(hasBrokenToken);

/** Tokens that a string function damaged, and text that only looks like one. What `workloads` receives is shown too. */
export const tokens: ManifestRule = ({ written, values, isClean }) => {
  if (isClean) return [];
  const own = values && tryChild(values, 'values') ? broken.in({ values: values.plain.values }) : [];
  return [...broken.in(written), ...own].map(({ path }) => ({
    code: 'token-broken',
    path,
    message: 'a cluster token was cut or changed by a string function, or a text only looks like one',
    hint: 'what the cluster is called is known at deploy time only: use tokens whole; the characters U+E0F0 to U+E0F2 are theirs alone',
  }));
};
