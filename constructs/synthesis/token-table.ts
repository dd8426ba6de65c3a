import { compare } from '../../layers/problem';
import { encodeToken, type Token } from '../../layers/token';

/** Which tokens are used at which target. Most targets use the same, so each distinct set is kept once. */
export class TokenTable {
  readonly #sets = new Map<string, readonly Token[]>();
  readonly #at = new Map<string, string>();
  #complete = false;

  add(clusterType: string, path: string, tokens: readonly Token[]): void {
    if (tokens.length === 0) return;
    const place = `${clusterType}/${path}`;
    const known = this.#sets.get(this.#at.get(place) ?? '') ?? [];
    const union = new Map([...known, ...tokens].map((token) => [encodeToken(token), token]));
    if (union.size === known.length) return;
    const key = [...union.keys()].sort(compare).join('');
    if (!this.#sets.has(key)) {
      const sorted = [...union.values()].sort((a, b) => compare(a.key, b.key) || compare(a.origin ?? '', b.origin ?? ''));
      this.#sets.set(key, sorted);
    }
    this.#at.set(place, key);
  }

  /** All targets were looked at. Until then nothing is told, so that no order of looking matters. */
  complete(): void {
    this.#complete = true;
  }

  /** In key order. */
  at(clusterType: string, path: string): readonly Token[] {
    if (!this.#complete) return [];
    return this.#sets.get(this.#at.get(`${clusterType}/${path}`) ?? '') ?? [];
  }
}
