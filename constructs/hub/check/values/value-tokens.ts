import { hasToken } from '../../../../layers/text/token';
import { TextSearch } from '../../../argocd/text-search';
import { strayToken } from '../fields/fixed-fields';
import type { PartRemark } from '../part-remark';
import type { LayerSubject } from './layer-rule';
import { chartValues } from './value-types';

const clusterTokens = new TextSearch(hasToken);

/** Argo CD fills in tokens in values, of those that a cluster secret has, and not in keys. */
export function* valueTokens({ component, values }: LayerSubject): Generator<PartRemark> {
  const own = chartValues(values);
  if (!own) return;
  const seen = new Set<string>();
  for (const { path, text } of clusterTokens.in(own.plain)) {
    const remark = text === path.at(-1) ? inKey(component.name) : strayToken(text);
    const key = [remark?.message, ...path].join('\u0000');
    if (remark && !seen.has(key)) yield { path: ['values', ...path], ...remark };
    seen.add(key);
  }
}

function inKey(component: string): Omit<PartRemark, 'path'> {
  return {
    code: 'token-in-manifest',
    message: `a cluster token in a key of the values of '${component}'`,
    hint: 'values are merged by their keys, which have to be known: where the cluster is meant, write a function of the target that gives the map',
  };
}
