/** A text of a kind in what becomes a manifest, and where it stands: a value, or a key. A list is replaced whole, so it is one place. */
export interface TextAt {
  readonly text: string;
  readonly path: readonly string[];
}

/** Looks for text of a kind, keys included. Frozen maps and lists that hold none are looked at once: most are shared. */
export class TextSearch {
  readonly #is: (text: string) => boolean;
  readonly #clean = new WeakSet<object>();

  constructor(is: (text: string) => boolean) {
    this.#is = is;
  }

  /** Every such text. Nearly always there is none. */
  in(document: unknown): readonly TextAt[] {
    return this.#holds(document) ? [...this.#walk(document, [])] : [];
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
    } else if (typeof value === 'object' && value !== null) {
      const isList = Array.isArray(value);
      for (const [key, item] of Object.entries(value)) {
        const at = isInList || isList ? path : [...path, key];
        if (!isList && this.#is(key)) yield { text: key, path: at };
        yield* this.#walk(item, at, isInList || isList);
      }
    }
  }
}
