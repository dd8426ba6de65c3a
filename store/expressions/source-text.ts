import { encodeToken, hasToken, splitTokens, type Token } from '../../layers/token';

/** Source of an expression that is text. A method call may follow it. */
export interface Source {
  readonly source: string;
  readonly usesTarget: boolean;
  readonly usesCluster: boolean;
  /** What may be in the text besides values of the target, tokens included: checks of characters look here. */
  readonly known: string;
}

/** The same for text that only the target knows. */
export interface Code extends Source {
  /** Whether it has at least one character, whatever the target. */
  readonly isNeverEmpty: boolean;
}

/** Text put together of what is known, tokens included, and of code. */
export type Pieces = readonly (string | Code)[];

/** An expression for the text. @param token the source of a token */
export function sourceOf(pieces: Pieces, token: (token: Token) => string): Source {
  const parts = pieces.flatMap((piece) => (typeof piece === 'string' ? tokenParts(piece, token) : [piece]));
  const codes = parts.filter((part) => typeof part !== 'string');
  return {
    source: expression(parts),
    usesTarget: codes.some(({ usesTarget }) => usesTarget),
    usesCluster: codes.some(({ usesCluster }) => usesCluster),
    known: parts.map((part) => (typeof part === 'string' ? part : part.known)).join(''),
  };
}

/** Text in single quotes. */
export function quoted(text: string): string {
  return `'${escaped(text, "'")}'`;
}

function tokenParts(text: string, token: (token: Token) => string): readonly (string | Source)[] {
  if (!hasToken(text)) return [text];
  return splitTokens(text).map((part) => {
    return typeof part === 'string' ? part : { source: token(part), usesTarget: false, usesCluster: true, known: encodeToken(part) };
  });
}

function expression(parts: readonly (string | Source)[]): string {
  const shown = parts.filter((part) => part !== '');
  const [only] = shown;
  if (shown.length === 1 && typeof only === 'object') return only.source;
  if (shown.every((part) => typeof part === 'string')) return quoted(shown.join(''));
  // Known text is escaped in one piece: `$` and `{` may have come from two.
  let known = '';
  let literal = '';
  for (const part of shown) {
    if (typeof part === 'string') known += part;
    else {
      literal += `${escaped(known, '`')}\${${part.source}}`;
      known = '';
    }
  }
  return `\`${literal}${escaped(known, '`')}\``;
}

const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string, quote: "'" | '`'): string {
  const plain = text.replace(/[\\\n\r\t]/g, (character) => named[character] ?? '').replaceAll(quote, `\\${quote}`);
  const visible = plain.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFEFF]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  // Before a `{` only: a `$` by itself reads better as it is.
  return quote === '`' ? visible.replaceAll('${', '\\${') : visible;
}
