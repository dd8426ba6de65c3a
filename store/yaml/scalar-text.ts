import type { Scalar } from 'yaml';

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
  /^[-+]?\.$/,
  /^(y|n|yes|no|on|off|true|false|null|~|=|<<)$/i,
];

/** What Go's and Python's parsers refuse, or take for a line break. */
const refused = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/**
 * Strings that every parser reads as themselves, whatever stands around them, and that the library writes so: words, addresses and
 * expressions that begin like one, versions and quantities.
 */
const obviouslyPlain = [/^\.?[A-Za-z/][!-~]*( [!-~]+)*$/, /^\d+\.\d+\.\d+(-[A-Za-z][A-Za-z0-9.]*)?(?<=[A-Za-z0-9])$/, /^\d+(m|s|h|d|ms|k|M|G|T|Ki|Mi|Gi|Ti)$/];

/** What ends a plain string within it, or cannot end one. */
const endsPlain = /: | #|[:-]$/;

/** A character with which no plain string begins. */
const indicator = /^[,[\]{}#&*!|>'"%@`]/;

/** Lines that are a block scalar as they stand: printable, none of them empty, none with white space at its end. */
const plainLines = /^[!-~]([ -~]*[!-~])?(\n[ -~]*[!-~])*\n$/;

/** Longer keys are written in another way. */
const longestKey = 500;

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
    if (isObvious(text) && text.length <= longestKey) return text;
    return styledKey(text, needsQuotes(text) ? quoteFor(text) : undefined);
  });
}

/** A key between quotation marks, whatever it holds. */
export function quotedKeyText(text: string, type: Scalar.Type = quoteFor(text)): string {
  return styledKey(text, type);
}

function isObvious(text: string): boolean {
  return obviouslyPlain.some((pattern) => pattern.test(text)) && !endsPlain.test(text) && !needsQuotes(text);
}

/** On one line, with nothing in it that has to be escaped: what is between quotation marks then is the text itself. */
function isPrintable(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** A printable string between quotation marks, as the library writes it. */
function inQuotes(text: string, type: Scalar.Type): string {
  return type === 'QUOTE_DOUBLE' ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
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
  if (type && isPrintable(text)) return inQuotes(text, type);
  if (!type && indicator.test(text) && isPrintable(text)) return inQuotes(text, text.includes("'") && !text.includes('"') ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE');
  if (!type && plainLines.test(text)) return `|\n  ${text.slice(0, -1).replaceAll('\n', '\n  ')}`;
  return escaped(written({ value: text, type }).slice('k: '.length, -1));
}

function styledKey(text: string, type: Scalar.Type | undefined): string {
  if (type && isPrintable(text) && text.length <= longestKey) return inQuotes(text, type);
  return escaped(written({ key: text, type }).slice(0, -': 0\n'.length));
}

/** A map of one key as the library writes it. Loaded here and not above: most texts of most fleets are written without it. */
function written({ key = 'k', value = 0, type }: { readonly key?: string; readonly value?: string | 0; readonly type: Scalar.Type | undefined }): string {
  const { Document, Scalar } = require('yaml') as typeof import('yaml');
  const scalars = [new Scalar(key), new Scalar(value)] as const;
  if (type) scalars[value === 0 ? 0 : 1].type = type;
  const document = new Document(new Map(), yamlOptions);
  document.set(...scalars);
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
