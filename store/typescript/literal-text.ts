/** What is written as an escape although the language does not ask for it, and the form that it gets. */
interface Escapes {
  readonly characters: RegExp;
  readonly form: (code: string) => string;
}

/** Controls, line separators and direction marks. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const styles = {
  /** What cannot be seen, or only as blank space; lone surrogates too. Joiners shape emoji and letters. */
  data: {
    characters: /(?![ \u200c\u200d])[\p{C}\p{Z}]/gu,
    form: (code) => (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`),
  },
  /** Text between expressions: blank space is kept as it is. */
  code: { characters: invisible, form: (code) => `\\u{${code}}` },
} satisfies Readonly<Record<string, Escapes>>;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text of which everything can be seen. */
export function visible(text: string, style: keyof typeof styles = 'data'): string {
  const { characters, form }: Escapes = styles[style];
  return text.replace(characters, (character) => named[character] ?? form(character.codePointAt(0)?.toString(16) ?? ''));
}

/** A text as it stands between quotes of this kind. */
export function escaped(text: string, quote: "'" | '"' | '`', style: keyof typeof styles = 'data'): string {
  // Before a `{` only: a `$` by itself reads better as it is.
  const plain = quote === '`' ? text.replace(/[\\`]|\$(?=\{)/g, '\\$&') : text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return visible(plain, style);
}

/** A string literal on one line, in the quotes that Biome keeps: single ones, unless double ones save escapes. Text of any script stays readable. */
export function stringLiteral(text: string): string {
  const singles = text.split("'").length;
  const doubles = text.split('"').length;
  const quote = singles > doubles ? '"' : "'";
  return quote + escaped(text, quote) + quote;
}

/** A key of an object literal, quoted only where it has to be. `__proto__` would set the prototype if it were not computed. */
export function propertyKey(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : stringLiteral(key);
}

/** A property of an object that has a name: `target.region`. */
export function propertyOf(object: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${object}.${key}` : `${object}["${escaped(key, '"')}"]`;
}

/** A text as a regular expression has it. */
export function patternText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(invisible, (character) => {
    return [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
  });
}
