/** A text in what becomes a manifest, and where it stands: a value, or a key. A list is replaced whole, so it is one place. */
export interface TextAt {
  readonly text: string;
  readonly path: readonly string[];
}

/** Looks for text of a kind, keys included; at most once in each document, and in each frozen part that holds none: most are shared. */
export class TextSearch {
  readonly #is: (text: string) => boolean;
  readonly #found = new WeakMap<object, readonly TextAt[]>();
  readonly #clean = new WeakSet<object>();

  constructor(is: (text: string) => boolean) {
    this.#is = is;
  }

  /** Every such text. Nearly always there is none. */
  in(document: object): readonly TextAt[] {
    if (this.#clean.has(document)) return [];
    let found = this.#found.get(document);
    if (!found) {
      found = this.#holds(document) ? [...this.#walk(document, [])] : [];
      this.#found.set(document, found);
    }
    return found;
  }

  #holds(value: unknown): boolean {
    if (typeof value === 'string') return this.#is(value);
    if (typeof value !== 'object' || value === null || this.#clean.has(value)) return false;
    const isList = Array.isArray(value);
    for (const key in value) if ((!isList && this.#is(key)) || this.#holds((value as { readonly [key: string]: unknown })[key])) return true;
    if (Object.isFrozen(value)) this.#clean.add(value);
    return false;
  }

  *#walk(value: unknown, path: readonly string[], isInList = false): Generator<TextAt> {
    if (typeof value === 'string') {
      if (this.#is(value)) yield { text: value, path };
    } else if (typeof value === 'object' && value !== null && !this.#clean.has(value)) {
      const isList = Array.isArray(value);
      for (const [key, item] of Object.entries(value)) {
        const at = isInList || isList ? path : [...path, key];
        if (!isList && this.#is(key)) yield { text: key, path: at };
        yield* this.#walk(item, at, isInList || isList);
      }
    }
  }
}
