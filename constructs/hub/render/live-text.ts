import { compare } from '../../../layers/problem';
import { mapStrings, splitTokens, tokensOf } from '../../../layers/text/token';
import { originExpression, partOf, secretEntry } from '../../argocd/cluster-secret';
import { asWritten } from '../external-secrets/external-secret';

/**
 * Text with tokens as an ApplicationSet says it: Argo CD fills them in from the cluster secret, and everything else reaches the
 * Application as it was written. It does so text by text, so whatever a secret holds stays one text, and others keep their types.
 */
export function liveText<T>(value: T): T {
  return mapStrings(value, (text) =>
    splitTokens(text)
      .map((part) => (typeof part === 'string' ? asWritten(part) : originExpression(part.origin ?? '')))
      .join(''),
  );
}

/**
 * The version of an Application that needs something of its cluster secret: where the secret lacks it, a text that says so in
 * its place. Argo CD finds no such version, says it, and leaves what is deployed as it is; the Applications of other clusters
 * are not touched by it. An error of the template would end the whole ApplicationSet.
 *
 * @param parts whatever holds tokens
 * @param version a template of the version
 */
export function liveVersion(parts: unknown, version: string): string {
  const origins = [...new Set(tokensOf(parts).map(({ origin = '' }) => origin))].sort(compare);
  const conditions = origins.flatMap((origin) => {
    const { part, key } = partOf(origin);
    return part === undefined ? [] : [`if empty (${secretEntry(part, key)}) }}the cluster secret has no ${origin}`];
  });
  return conditions.length === 0 ? version : `{{ ${conditions.join('{{ else ')}{{ else }}${version}{{ end }}`;
}
