import { isHandwritten } from '../../../layers/text/token';
import type { ManifestRule } from '../manifest-rule';
import { TextSearch } from '../text-search';

const handwritten = new TextSearch(isHandwritten);

/** Expressions written by hand where a token was meant. */
export const handwrittenExpressions: ManifestRule = ({ written, isClean }) => {
  if (isClean) return [];
  return handwritten.in(written).map(({ text, path }) => ({
    code: 'handwritten-expression',
    severity: 'warning',
    path,
    message: `'${text.slice(0, 60)}' reaches Argo CD as it is written`,
    hint: 'for a value of the cluster use a token: `cluster.name`, `cluster.annotation(…)`, `cluster.value(…)`',
  }));
};
