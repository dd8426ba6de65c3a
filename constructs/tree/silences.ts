/** What was found, by its path or its name, each with the reason why it is none. */
export type Reasons = { readonly [path: string]: string };

/** Whoever may say that a finding is none: an app, a group of apps, a cluster type. */
export interface Silencing {
  /** What looks like a secret and is none, by path. */
  readonly notSecret: Silences;
  /** Any finding, by what its message calls it. */
  readonly silence: Silences;
}

/**
 * What a person says of findings: which, and why it is none. Whoever finds something asks here, and what nobody asked for in
 * a whole run silences nothing.
 */
export class Silences {
  readonly #reasons: Reasons;
  readonly #asked = new Set<string>();

  constructor(reasons: Reasons | undefined) {
    this.#reasons = reasons ?? {};
  }

  /** Why what was found at a path is none; `undefined` where nobody says so. */
  reasonOf(path: string): string | undefined {
    if (!Object.hasOwn(this.#reasons, path)) return undefined;
    this.#asked.add(path);
    return this.#reasons[path];
  }

  /** Paths at which nothing was found. */
  get unused(): readonly string[] {
    return Object.keys(this.#reasons).filter((path) => !this.#asked.has(path));
  }
}
