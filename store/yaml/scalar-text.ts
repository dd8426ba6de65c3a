import { Document, Scalar } from 'yaml';

/**
 * How the `yaml` library is asked to write. `compat` quotes what YAML 1.1 would read otherwise; nothing is folded, and a
 * double-quoted string stays on its line.
 */
export const yamlOptions = {
  aliasDuplicateObjects: false,
  compat: 'yaml-1.1',
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  lineWidth: 0,
  singleQuote: true,
} as const;

/**
 * Plain scalars that some parser in the field takes for a number, a date or a boolean although the library does not:
 * Go's YAML packages read `0X1F`, `0B1`, `0O17`, `+0x1` and `1_000.5`; YAML 1.1 reads `1:30` in base 60.
 */
const readOtherwise = [
  /^[-+]?0[xob][0-9a-f_]+$/i,
  /^[-+]?(\d[\d_,]*\.?[\d_]*|\.[\d_]*\d[\d_]*)(e[-+]?\d*)?$/i,
  /^[-+]?[\d_]*\.?[\d_]*e[-+]?\d+$/i,
  /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/,
  /^\d{4}-\d\d?-\d\d?([Tt \t].*)?$/,
  /^[-+]?\.?(inf|nan)(inity)?$/i,
  /^(y|n|yes|no|on|off|true|false|null|~|=|<<)$/i,
];

/** What Go's and Python's parsers refuse, or take for a line break. */
const refused = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** A string that every parser reads as itself, whatever stands around it. */
const obviouslyPlain = /^[A-Za-z/][A-Za-z0-9_/.-]*( [A-Za-z0-9_/.-]+)*(?<=[A-Za-z0-9/])$/;

const words = new Map<string, string>();
const quoted = new Map<string, string>();
const doubleQuoted = new Map<string, string>();
const keys = new Map<string, string>();

/** A string as the value of a key or an item of a list. Of a block scalar all lines but the first are indented by two. */
export function stringText(text: string): string {
  return remembered(words, text, () => (isObvious(text) ? text : styled(text, needsQuotes(text) ? quoteFor(text) : undefined)));
}

/** A string between quotation marks, whatever it holds. */
export function quotedText(text: string): string {
  return remembered(quoted, text, () => styled(text, quoteFor(text)));
}

/** A string between double quotes. */
export function doubleQuotedText(text: string): string {
  return remembered(doubleQuoted, text, () => styled(text, 'QUOTE_DOUBLE'));
}

/** A string as the key of a map. */
export function keyText(text: string): string {
  return remembered(keys, text, () => {
    if (isObvious(text)) return text;
    const key = new Scalar(text);
    if (needsQuotes(text)) key.type = quoteFor(text);
    return escaped(mapOf(key, new Scalar(0)).slice(0, -': 0\n'.length));
  });
}

/** A key between quotation marks, whatever it holds. */
export function quotedKeyText(text: string, type: Scalar.Type = quoteFor(text)): string {
  const key = new Scalar(text);
  key.type = type;
  return escaped(mapOf(key, new Scalar(0)).slice(0, -': 0\n'.length));
}

function isObvious(text: string): boolean {
  return obviouslyPlain.test(text) && !needsQuotes(text);
}

/**
 * What is read otherwise somewhere, also after Go has taken out the underscores of a number; what Go and Python refuse
 * unescaped; and block scalars that begin with white space or have a line that begins with a tab: Go's parser refuses
 * them ("found a tab character where an indentation space is expected").
 */
function needsQuotes(text: string): boolean {
  if (readOtherwise.some((pattern) => pattern.test(text)) || refused.test(text)) return true;
  if (text.includes('_') && /\d/.test(text) && readOtherwise.some((pattern) => pattern.test(text.replaceAll('_', '')))) return true;
  return text.includes('\n') && (!/^\S/.test(text) || /\n *\t/.test(text));
}

/** Single quotes show a text as it is; they cannot hold control characters, nor line breaks on one line. */
function quoteFor(text: string): 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/.test(text) ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE';
}

/** The `yaml` library leaves some characters unescaped between double quotes. */
function escaped(yaml: string): string {
  return refused.test(yaml) ? yaml.replace(new RegExp(refused, 'g'), (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`) : yaml;
}

function styled(text: string, type: Scalar.Type | undefined): string {
  const value = new Scalar(text);
  if (type) value.type = type;
  return escaped(mapOf(new Scalar('k'), value).slice('k: '.length, -1));
}

function mapOf(key: Scalar, value: Scalar): string {
  const document = new Document(new Map(), yamlOptions);
  document.set(key, value);
  return document.toString(yamlOptions);
}

function remembered(memory: Map<string, string>, text: string, make: () => string): string {
  const known = memory.get(text);
  if (known !== undefined) return known;
  // Strings that differ at every target would fill the memory; the rest is quickly made again.
  if (memory.size > 50_000) memory.clear();
  const made = make();
  memory.set(text, made);
  return made;
}
