/** The smallest pieces of an action, as Go's `text/template` cuts them. Their text is not decoded yet. */
export interface Lexeme {
  readonly kind: 'string' | 'raw-string' | 'number' | 'boolean' | 'word' | 'reference' | '(' | ')' | '|' | 'other';
  readonly source: string;
  /** Index in the text of the scalar, or of the literal, that holds the action. */
  readonly offset: number;
}

/** One `{{ … }}`. */
export interface LexedAction {
  readonly kind: 'action' | 'comment';
  readonly lexemes: readonly Lexeme[];
  /** Index of its `{{`. */
  readonly offset: number;
  /** Index after its `}}`. */
  readonly end: number;
  /** Whether `{{-` takes the white space before it away. */
  readonly trimsBefore: boolean;
  /** Whether `-}}` takes the white space after it away. */
  readonly trimsAfter: boolean;
}

/** Where the text ends before an action does. */
export interface Unclosed {
  readonly kind: 'unclosed';
  readonly what: 'action' | 'comment' | 'literal';
  readonly offset: number;
}

const patterns: readonly (readonly [Lexeme['kind'], RegExp])[] = [
  ['string', /"(?:\\.|[^"\\\n])*"/y],
  ['raw-string', /`[^`]*`/y],
  // A rune of Go, or a text as other template languages quote it: it may not hide the end of the action.
  ['other', /'(?:\\.|(?!\}\})[^'\\\n])*'/y],
  ['reference', /\$?\.Values(?![\p{L}\p{Nd}_])(?:\.[\p{L}\p{Nd}_]+)*/uy],
  ['number', /[+-]?\.?\d[\w.]*(?:(?<=[eE])[+-]\d+)?/y],
  ['other', /\.[\p{L}\p{Nd}_]*(?:\.[\p{L}\p{Nd}_]+)*/uy],
  ['other', /\$[\p{L}\p{Nd}_]*/uy],
  ['boolean', /(?:true|false)(?![\p{L}\p{Nd}_])/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['(', /\(/y],
  [')', /\)/y],
  ['|', /\|/y],
  ['other', /./suy],
];
const space = /[ \t\r\n]+/y;

/** @param start index of a `{{` */
export function lexAction(text: string, start: number): LexedAction | Unclosed {
  const trimsBefore = /^-[ \t\r\n]/.test(text.slice(start + 2, start + 4));
  const body = start + (trimsBefore ? 4 : 2);
  if (text.startsWith('/*', body)) return lexComment(text, start, body, trimsBefore);
  const lexemes: Lexeme[] = [];
  for (let at = body; at < text.length; ) {
    const trimsAfter = isTrimmedEnd(text, at);
    if (trimsAfter || text.startsWith('}}', at)) return { kind: 'action', lexemes, offset: start, end: at + (trimsAfter ? 3 : 2), trimsBefore, trimsAfter };
    const blank = matchAt(space, text, at);
    if (blank === '') {
      const lexeme = lexemeAt(text, at, lexemes.at(-1));
      if (lexeme.source === '"' || lexeme.source === '`') return { kind: 'unclosed', what: 'literal', offset: at };
      lexemes.push(lexeme);
      at += lexeme.source.length;
    } else at += blank.length;
  }
  return { kind: 'unclosed', what: 'action', offset: start };
}

function lexComment(text: string, start: number, body: number, trimsBefore: boolean): LexedAction | Unclosed {
  const close = text.indexOf('*/', body + 2);
  const trimsAfter = /^[ \t\r\n]-\}\}/.test(text.slice(close + 2, close + 6));
  // Go knows nothing between `*/` and `}}`, not even a space.
  if (close < 0 || !(trimsAfter || text.startsWith('}}', close + 2))) return { kind: 'unclosed', what: 'comment', offset: start };
  return { kind: 'comment', lexemes: [], offset: start, end: close + (trimsAfter ? 6 : 4), trimsBefore, trimsAfter };
}

/** `-}}` after a white space; without one the `-` belongs to what stands before it. */
function isTrimmedEnd(text: string, at: number): boolean {
  return text.startsWith('-}}', at) && /[ \t\r\n]/.test(text[at - 1] ?? '');
}

function lexemeAt(text: string, at: number, previous: Lexeme | undefined): Lexeme {
  for (const [kind, pattern] of patterns) {
    const source = matchAt(pattern, text, at);
    if (source === '') continue;
    const isField = kind === 'reference' && source.startsWith('.') && hasFields(previous, at);
    return { kind: isField ? 'other' : kind, source, offset: at };
  }
  throw new Error(`nothing matches at ${at} of ${text}; this is a bug`);
}

/** `item.Values` and `(…).Values` are fields of something else. */
function hasFields(previous: Lexeme | undefined, at: number): boolean {
  if (previous === undefined || previous.offset + previous.source.length !== at) return false;
  return previous.kind === 'word' || previous.kind === ')' || (previous.kind === 'other' && previous.source.startsWith('$'));
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
