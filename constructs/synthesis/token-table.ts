import { compare } from '../../layers/problem';
import { encodeToken, type Token } from '../../layers/text/token';
import type { TokensAt } from '../resolve/root-model';

/** What is used at one path, by cluster type; in key order. */
export type PathTokens = ReadonlyMap<string, readonly Token[]>;

/** The use of tokens by an app, or by users' own code. */
export type TokensOf = readonly [clusterType: string, tokens: readonly Token[]];

/**
 * Which tokens are used where, written path by path: a path's are known at once, when everything is rendered there, and
 * never change. Most targets use the same, so each distinct set is kept once.
 */
export class TokenTable {
  readonly #sets = new Map<string, readonly Token[]>();
  /** Sets that were added to a set before: most apps of a target use the same few. */
  readonly #contained = new Map<string, Set<readonly Token[]>>();
  readonly #paths = new Map<string, PathTokens>();

  /** @param uses all that is used at the path, of all cluster types */
  settle(path: string, uses: Iterable<TokensOf>): PathTokens {
    const keys = new Map<string, string>();
    for (const [clusterType, tokens] of uses) {
      if (tokens.length > 0) keys.set(clusterType, this.#union(keys.get(clusterType) ?? '', tokens));
    }
    const settled = new Map([...keys].map(([clusterType, key]) => [clusterType, this.#sets.get(key) ?? []]));
    this.#paths.set(path, settled);
    return settled;
  }

  /** What is used anywhere, once every path is settled. */
  settled(): TokensAt {
    return (clusterType, path) => this.#paths.get(path)?.get(clusterType) ?? [];
  }

  /** @returns the key of the set that holds both */
  #union(before: string, tokens: readonly Token[]): string {
    if (this.#contained.get(before)?.has(tokens)) return before;
    const known = this.#sets.get(before) ?? [];
    const union = new Map([...known, ...tokens].map((token) => [encodeToken(token), token]));
    const key = [...union.keys()].sort(compare).join('');
    if (!this.#sets.has(key)) {
      const sorted = [...union.values()].sort((a, b) => compare(a.key, b.key) || compare(a.origin ?? '', b.origin ?? ''));
      this.#sets.set(key, sorted);
      this.#contained.set(key, new Set());
    }
    this.#contained.get(key)?.add(tokens);
    return key;
  }
}
