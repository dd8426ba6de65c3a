import { compare } from '../../layers/problem';
import { encodeToken, type Token } from '../../layers/token';

/** Which tokens are used at which target. Most targets use the same, so each distinct set is kept once. */
export class TokenTable {
  readonly #sets = new Map<string, readonly Token[]>();
  readonly #at = new Map<string, string>();
  readonly #complete = new Set<string>();
  /** Sets that were added to a place's set before: most apps of a target use the same few. */
  readonly #contained = new Map<string, Set<readonly Token[]>>();

  /** @param place `{cluster type}/{path}` */
  add(place: string, tokens: readonly Token[]): void {
    if (tokens.length === 0) return;
    const before = this.#at.get(place) ?? '';
    if (this.#contained.get(before)?.has(tokens)) return;
    const known = this.#sets.get(before) ?? [];
    const union = new Map([...known, ...tokens].map((token) => [encodeToken(token), token]));
    const key = [...union.keys()].sort(compare).join('');
    if (!this.#sets.has(key)) {
      const sorted = [...union.values()].sort((a, b) => compare(a.key, b.key) || compare(a.origin ?? '', b.origin ?? ''));
      this.#sets.set(key, sorted);
      this.#contained.set(key, new Set());
    }
    this.#contained.get(key)?.add(tokens);
    this.#at.set(place, key);
  }

  /** All cluster types were looked at, at this path. Until then nothing is told of it, so that no order of looking matters. */
  complete(path: string): void {
    this.#complete.add(path);
  }

  /** In key order. */
  at(clusterType: string, path: string): readonly Token[] {
    if (!this.#complete.has(path)) return [];
    return this.#sets.get(this.#at.get(`${clusterType}/${path}`) ?? '') ?? [];
  }
}
