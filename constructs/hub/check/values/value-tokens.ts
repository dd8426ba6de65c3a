import { hasToken, tokensOf } from '../../../../layers/text/token';
import { TextSearch } from '../../../argocd/text-search';
import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';
import { chartValues } from './value-types';

const clusterTokens = new TextSearch((text) => hasToken(text) && tokensOf(text).length > 0);

/** Nobody fills in a token in files of values. */
export function* valueTokens({ component, values }: LayerSubject): Generator<PartRemark> {
  const own = chartValues(values);
  if (!own) return;
  const paths = new Map(clusterTokens.in(own.plain).map(({ path }) => [path.join('\u0000'), path]));
  for (const path of paths.values()) {
    yield {
      path: ['values', ...path],
      code: 'token-in-manifest',
      message: `a cluster token in the values of '${component.name}'`,
      hint: 'these files are read as they are: what differs per cluster is a layer, or a function of the target such as `(target) => target.cluster`',
    };
  }
}
