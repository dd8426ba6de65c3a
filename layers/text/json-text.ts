/**
 * What some YAML reader does not take as itself between double quotes: Go's takes U+0085, U+2028 and U+2029 for line
 * breaks, and like Python's refuses U+007F, other control characters, byte order marks and U+FFFE and U+FFFF
 * (yaml.org/spec/1.1, "Character Set"). JSON itself takes care of what comes before the space, and of lone surrogates.
 */
const readOtherwise = /[\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]/g;

/** A text as a string of JSON that every reader of JSON and YAML reads alike. */
export function jsonText(text: string): string {
  return JSON.stringify(text).replace(readOtherwise, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same without its quotation marks. */
export function insideJson(text: string): string {
  return jsonText(text).slice(1, -1);
}

/** What Go makes of a text in JSON (encoding/json, and `toJson` of Helm with it), without its quotation marks. */
export function insideGoJson(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A number that YAML 1.1 and 1.2 read as the same: 1.1 wants a point before an exponent. */
export function numberText(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
