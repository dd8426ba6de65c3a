/** A part of a pattern: text, any characters, one character, one of some, or one of several patterns. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any'; readonly crosses: boolean }
  | { readonly kind: 'one' }
  | { readonly kind: 'set'; readonly has: (char: string) => boolean }
  | { readonly kind: 'either'; readonly of: readonly (readonly Part[])[] };

/**
 * Whether a text fits a pattern of Argo CD (argo-cd, util/glob, by gobwas/glob): `*` is any characters but separators, `**`
 * any at all, `?` one that is no separator; `[abc]`, `[a-z]` and `[!a]` are one of some, `{a,b}` one of several patterns, and
 * `\` makes the next character itself. A pattern that cannot be read fits nothing.
 *
 * It takes time that grows with the product of their lengths, whatever the pattern.
 */
export function fitsGlob(pattern: string, text: string, separators = ''): boolean {
  const parts = readGlob(pattern);
  const chars = [...text];
  return parts !== undefined && ends(parts, chars, new Set([0]), separators).has(chars.length);
}

/** Where in a text the parts may end that begin at one of some places. */
function ends(parts: readonly Part[], chars: readonly string[], starts: ReadonlySet<number>, separators: string): ReadonlySet<number> {
  let at = starts;
  for (const part of parts) {
    const next = new Set<number>();
    if (part.kind === 'either') for (const one of part.of) for (const end of ends(one, chars, at, separators)) next.add(end);
    else if (part.kind === 'any') spread(at, chars, part.crosses ? '' : separators, next);
    else {
      for (const start of at) {
        const end = endOf(part, chars, start, separators);
        if (end !== undefined) next.add(end);
      }
    }
    at = next;
    if (at.size === 0) break;
  }
  return at;
}

/** From each place on, as far as no separator stands in the way. */
function spread(starts: ReadonlySet<number>, chars: readonly string[], separators: string, found: Set<number>): void {
  for (const start of starts) {
    for (let end = start; end <= chars.length && !found.has(end); end += 1) {
      found.add(end);
      if (separators.includes(chars[end] ?? '') && chars[end] !== undefined && separators !== '') break;
    }
  }
}

function endOf(
  part: Extract<Part, { readonly kind: 'text' | 'one' | 'set' }>,
  chars: readonly string[],
  start: number,
  separators: string,
): number | undefined {
  if (part.kind === 'text') {
    const text = [...part.text];
    return text.every((char, index) => chars[start + index] === char) ? start + text.length : undefined;
  }
  const char = chars[start];
  if (char === undefined) return undefined;
  const fits = part.kind === 'one' ? !separators.includes(char) : part.has(char);
  return fits ? start + 1 : undefined;
}

const known = new Map<string, readonly Part[] | undefined>();

function readGlob(pattern: string): readonly Part[] | undefined {
  if (!known.has(pattern)) known.set(pattern, new Reader(pattern).read());
  return known.get(pattern);
}

class Unreadable extends Error {}

class Reader {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#chars = [...pattern];
  }

  read(): readonly Part[] | undefined {
    try {
      return this.#parts(0);
    } catch (error) {
      if (error instanceof Unreadable) return undefined;
      throw error;
    }
  }

  /** @param depth how many braces are open */
  #parts(depth: number): readonly Part[] {
    const parts: Part[] = [];
    let text = '';
    const add = (...more: Part[]) => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
      parts.push(...more);
    };
    for (let char = this.#chars[this.#at]; char !== undefined; char = this.#chars[this.#at]) {
      if (depth > 0 && (char === ',' || char === '}')) break;
      this.#at += 1;
      if (char === '\\') text += this.#next();
      else if (char === '?') add({ kind: 'one' });
      else if (char === '[') add(this.#set());
      else if (char === '{') add(this.#either(depth + 1));
      else if (char !== '*') text += char;
      else {
        const crosses = this.#chars[this.#at] === '*';
        if (crosses) this.#at += 1;
        add({ kind: 'any', crosses });
      }
    }
    add();
    return parts;
  }

  #either(depth: number): Part {
    const of: (readonly Part[])[] = [];
    // Nobody needs that many, and each is a call of its own.
    if (depth > 20) throw new Unreadable();
    for (;;) {
      of.push(this.#parts(depth));
      if (this.#next() === '}') return { kind: 'either', of };
    }
  }

  /** `[abc]`, `[!abc]`, `[a-z]` or `[!a-z]`; nothing else. */
  #set(): Part {
    const isNot = this.#chars[this.#at] === '!';
    if (isNot) this.#at += 1;
    const [low = '', dash, high = ''] = this.#chars.slice(this.#at, this.#at + 3);
    if (dash === '-' && high !== '') {
      this.#at += 3;
      if (this.#next() !== ']' || high < low) throw new Unreadable();
      return { kind: 'set', has: (char) => (char >= low && char <= high) !== isNot };
    }
    const among = new Set<string>();
    for (let char = this.#next(); char !== ']'; char = this.#next()) among.add(char === '\\' ? this.#next() : char);
    if (among.size === 0) throw new Unreadable();
    return { kind: 'set', has: (char) => among.has(char) !== isNot };
  }

  #next(): string {
    const char = this.#chars[this.#at];
    if (char === undefined) throw new Unreadable();
    this.#at += 1;
    return char;
  }
}
