/** One character that fits, or any number of them up to a slash. */
type Part = 'any' | ((char: string) => boolean);

/**
 * Whether a text fits a pattern as Go's `filepath.Match` has it, by which Argo CD compares kinds, groups and names: `*` is any
 * characters but `/`, `?` is one, `[a-z]` and `[^a]` are one of some, and `\` makes the next character itself. A pattern that
 * cannot be read fits nothing.
 *
 * It takes time that grows with the product of their lengths, whatever the pattern.
 */
export function fitsGoPattern(pattern: string, text: string): boolean {
  const parts = partsOf([...pattern]);
  const chars = [...text];
  let at: ReadonlySet<number> = new Set([0]);
  for (const part of parts ?? []) {
    const next = new Set<number>();
    for (const start of at) {
      if (part === 'any') {
        for (let end = start; end <= chars.length && !next.has(end); end += 1) {
          next.add(end);
          if (chars[end] === '/') break;
        }
      } else if (start < chars.length && part(chars[start] as string)) next.add(start + 1);
    }
    at = next;
  }
  return parts !== undefined && at.has(chars.length);
}

const noSlash = (char: string) => char !== '/';

/** @returns `undefined` of what cannot be read */
function partsOf(chars: readonly string[]): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] as string;
    if (char === '*') parts.push('any');
    else if (char === '?') parts.push(noSlash);
    else if (char === '[') {
      const set = setAt(chars, at + 1);
      if (!set) return undefined;
      parts.push(set.has);
      at = set.end;
    } else {
      if (char === '\\') at += 1;
      const own = chars[at];
      if (own === undefined) return undefined;
      parts.push((other) => other === own);
    }
  }
  return parts;
}

interface CharSet {
  readonly has: (char: string) => boolean;
  /** Where its bracket closes. */
  readonly end: number;
}

/** What stands in brackets: characters and ranges, of which there must be one. */
function setAt(chars: readonly string[], start: number): CharSet | undefined {
  const isNot = chars[start] === '^';
  const ranges: (readonly [low: number, high: number])[] = [];
  let at = isNot ? start + 1 : start;
  while (chars[at] !== ']' || ranges.length === 0) {
    const low = charAt(chars, at);
    const high = low && chars[low.next] === '-' ? charAt(chars, low.next + 1) : low;
    if (!low || !high) return undefined;
    ranges.push([low.code, high.code]);
    at = high.next;
  }
  return { has: (char) => ranges.some(([low, high]) => low <= codeOf(char) && codeOf(char) <= high) !== isNot, end: at };
}

function charAt(chars: readonly string[], at: number): { readonly code: number; readonly next: number } | undefined {
  const isEscaped = chars[at] === '\\';
  const char = chars[isEscaped ? at + 1 : at];
  if (char === undefined || (!isEscaped && (char === '-' || char === ']'))) return undefined;
  return { code: codeOf(char), next: isEscaped ? at + 2 : at + 1 };
}

function codeOf(char: string): number {
  return char.codePointAt(0) as number;
}
