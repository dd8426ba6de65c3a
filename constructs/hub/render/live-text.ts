import { compare } from '../../../layers/problem';
import { mapStrings, splitTokens, tokensOf } from '../../../layers/text/token';
import { originExpression, partOf, secretEntry } from '../../argocd/cluster-secret';
import { asWritten } from '../external-secrets/external-secret';

/**
 * Texts with tokens as an ApplicationSet says them, and what its Applications need of their cluster secrets for that: whatever
 * is rendered here takes part in their version.
 */
export class LiveTexts {
  readonly #origins: Set<string>;

  /** @param shared what every Application of the ApplicationSet has besides */
  constructor(shared?: LiveTexts) {
    this.#origins = new Set(shared ? shared.#origins : []);
  }

  /**
   * Argo CD fills tokens in from the cluster secret, and everything else reaches the Application as it was written. It does so
   * text by text, so whatever a secret holds stays one text, and others keep their types.
   */
  of<T>(value: T): T {
    for (const { origin = '' } of tokensOf(value)) this.#origins.add(origin);
    return mapStrings(value, (text) =>
      splitTokens(text)
        .map((part) => (typeof part === 'string' ? asWritten(part) : originExpression(part.origin ?? '')))
        .join(''),
    );
  }

  /**
   * The version of an Application that needs something of its cluster secret: where the secret lacks it, a text that says so in
   * its place. Argo CD finds no such version, says it, and leaves what is deployed as it is; the Applications of other clusters
   * are not touched by it. An error of the template would end the whole ApplicationSet. It is asked for after all texts.
   *
   * @param version a template of the version
   */
  version(version: string): string {
    const conditions = [...this.#origins].sort(compare).flatMap((origin) => {
      const { part, key } = partOf(origin);
      return part === undefined ? [] : [`if empty (${secretEntry(part, key)}) }}the cluster secret has no ${origin}`];
    });
    return conditions.length === 0 ? version : `{{ ${conditions.join('{{ else ')}{{ else }}${version}{{ end }}`;
  }
}
