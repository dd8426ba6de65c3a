import { someString } from '../../layers/token';

/** A text of a kind in what becomes a manifest, and where it stands: a value, or a key. A list is replaced whole, so it is one place. */
export interface TextAt {
  readonly text: string;
  readonly path: readonly string[];
}

/** Every text of a kind. Nearly always there is none, and one look at the whole says so. */
export function textsOf(document: unknown, is: (text: string) => boolean): readonly TextAt[] {
  return someString(document, is) ? [...walk(document, is, [])] : [];
}

function* walk(value: unknown, is: (text: string) => boolean, path: readonly string[], isInList = false): Generator<TextAt> {
  if (typeof value === 'string') {
    if (is(value)) yield { text: value, path };
  } else if (typeof value === 'object' && value !== null) {
    const isList = Array.isArray(value);
    for (const [key, item] of Object.entries(value)) {
      const at = isInList || isList ? path : [...path, key];
      if (!isList && is(key)) yield { text: key, path: at };
      yield* walk(item, is, at, isInList || isList);
    }
  }
}
