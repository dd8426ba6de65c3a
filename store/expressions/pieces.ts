import { encodeToken, hasToken, splitTokens, type Token } from '../../layers/text/token';
import { escaped } from '../typescript/literal-text';

/** Source of an expression that is text. A method call may follow it. */
export interface TextExpression {
  readonly source: string;
  readonly usesTarget: boolean;
  readonly usesCluster: boolean;
  /** What may be in the text besides values of the target, tokens included: checks of characters look here. */
  readonly known: string;
}

/** The same for text that only the target knows. */
export interface Code extends TextExpression {
  /** Whether it has at least one character, whatever the target. */
  readonly isNeverEmpty: boolean;
}

/** Text put together of what is known, tokens included, and of code. */
export type Pieces = readonly (string | Code)[];

/** An expression for the text. @param token the source of a token */
export function expressionOf(pieces: Pieces, token: (token: Token) => string): TextExpression {
  const parts = pieces.flatMap((piece) => (typeof piece === 'string' ? tokenParts(piece, token) : [piece]));
  const codes = parts.filter((part) => typeof part !== 'string');
  return {
    source: expression(parts),
    usesTarget: codes.some(({ usesTarget }) => usesTarget),
    usesCluster: codes.some(({ usesCluster }) => usesCluster),
    known: parts.map((part) => (typeof part === 'string' ? part : part.known)).join(''),
  };
}

function tokenParts(text: string, token: (token: Token) => string): readonly (string | TextExpression)[] {
  if (!hasToken(text)) return [text];
  return splitTokens(text).map((part) => {
    return typeof part === 'string' ? part : { source: token(part), usesTarget: false, usesCluster: true, known: encodeToken(part) };
  });
}

function expression(parts: readonly (string | TextExpression)[]): string {
  const shown = parts.filter((part) => part !== '');
  const [only] = shown;
  if (shown.length === 1 && typeof only === 'object') return only.source;
  if (shown.every((part) => typeof part === 'string')) return `'${escaped(shown.join(''), "'", 'code')}'`;
  // Known text is escaped in one piece: `$` and `{` may have come from two.
  let known = '';
  let literal = '';
  for (const part of shown) {
    if (typeof part === 'string') known += part;
    else {
      literal += `${escaped(known, '`', 'code')}\${${part.source}}`;
      known = '';
    }
  }
  return `\`${literal}${escaped(known, '`', 'code')}\``;
}
