import type { Plain } from '../../layers/layer';
import { compare } from '../../layers/problem';
import { isPlainInTemplate, needsHelmText, toHelmText } from '../../layers/text/helm-text';
import { numberText } from '../../layers/text/json-text';
import { hasToken, isPlainScalar, showTokens } from '../../layers/text/token';
import { doubleQuotedText, keyText, quotedKeyText, quotedText, stringText } from './scalar-text';

export type PlainMap = { readonly [key: string]: Plain };

/** How strings of one kind of file are written. */
interface Strings {
  readonly value: (text: string) => string;
  readonly key: (text: string) => string;
}

/** Text that is applied or read as it is; a token shows as the expression it stands for. */
const asWritten: Strings = {
  value: (text) => stringText(hasToken(text) ? showTokens(text) : text),
  key: (text) => keyText(hasToken(text) ? showTokens(text) : text),
};

/**
 * Text that Helm evaluates: a scalar that holds an action is quoted, doubly where the value of a token will stand in it; but for those whose
 * tokens say that they are not.
 */
const forHelm: Strings = {
  value: (text) => {
    if (!needsHelmText(text)) return stringText(text);
    if (isPlainScalar(text)) return toHelmText(text);
    return hasToken(text) ? doubleQuotedText(toHelmText(text)) : quotedText(toHelmText(text));
  },
  key: (text) => {
    if (!needsHelmText(text)) return keyText(text);
    return quotedKeyText(toHelmText(text), hasToken(text) ? 'QUOTE_DOUBLE' : undefined);
  },
};

/** A text that was made for one depth. */
interface Indented {
  readonly indent: string;
  readonly text: string;
}

/**
 * Writes documents in block style, keys sorted. Its layout is that of the `yaml` library, which also styles every
 * scalar; it exists because the text of a map that many documents share is made once and found by identity.
 */
class Writer {
  readonly #strings: Strings;
  /** What is shared stands at the same depth nearly always, so one text is enough. */
  readonly #known = new WeakMap<object, Indented>();

  constructor(strings: Strings) {
    this.#strings = strings;
  }

  /** What follows a key's colon, or a dash. @param indent of the key */
  #value(value: Plain, indent: string): string {
    if (typeof value === 'string') return ` ${indented(this.#strings.value(value), indent)}`;
    if (typeof value !== 'object' || value === null) return ` ${scalar(value)}`;
    if (Array.isArray(value)) return value.length === 0 ? ' []' : `\n${this.block(value, `${indent}  `)}`;
    return Object.keys(value).length === 0 ? ' {}' : `\n${this.block(value as PlainMap, `${indent}  `)}`;
  }

  /** The lines of a map or a list, each behind the indentation. */
  block(value: PlainMap | readonly Plain[], indent: string): string {
    const known = this.#known.get(value);
    if (known?.indent === indent) return known.text;
    const text = Array.isArray(value) ? this.#list(value, indent) : this.#map(value as PlainMap, indent);
    this.#known.set(value, { indent, text });
    return text;
  }

  #map(map: PlainMap, indent: string): string {
    return Object.keys(map)
      .sort(compare)
      .map((key) => `${indent}${indented(`${this.#strings.key(key)}:`, indent)}${this.#value(map[key] as Plain, indent)}`)
      .join('\n');
  }

  #list(list: readonly Plain[], indent: string): string {
    return list
      .map((item) => {
        const isBlock = typeof item === 'object' && item !== null && Object.keys(item).length > 0;
        // A map or a list begins on the line of its dash.
        return isBlock ? `${indent}- ${this.block(item as PlainMap, `${indent}  `).slice(indent.length + 2)}` : `${indent}-${this.#value(item, indent)}`;
      })
      .join('\n');
  }

  /** The document's own maps start at the margin. */
  root(document: PlainMap): string {
    return Object.keys(document).length === 0 ? '{}\n' : `${this.block(document, '')}\n`;
  }
}

/** Text that is Helm's already. A scalar in which the value of a token will stand holds a `required`, and is doubly quoted. */
const asTemplate: Strings = {
  value: (text) => {
    if (!text.includes('{{')) return stringText(text);
    if (isPlainInTemplate(text)) return text;
    return isLive(text) ? doubleQuotedText(text) : quotedText(text);
  },
  key: (text) => (text.includes('{{') ? quotedKeyText(text, isLive(text) ? 'QUOTE_DOUBLE' : undefined) : keyText(text)),
};

function isLive(text: string): boolean {
  return text.includes('(required `');
}

const plainWriter = new Writer(asWritten);
const helmWriter = new Writer(forHelm);
const templateWriter = new Writer(asTemplate);

/** A document as YAML that is applied or read as it is. */
export function toYaml(document: PlainMap): string {
  return plainWriter.root(document);
}

/** A document as a Helm template that renders to it. */
export function toHelmTemplate(document: PlainMap): string {
  return helmWriter.root(document);
}

/** A template that was parsed, as {@link toHelmTemplate} wrote it. */
export function toTemplateText(document: PlainMap): string {
  return templateWriter.root(document);
}

/** A key as it stands in what is read as it is. */
export function plainKey(key: string): string {
  return asWritten.key(key);
}

/** A scalar as it stands in what is read as it is. */
export function plainScalar(value: string | null | boolean | number): string {
  return typeof value === 'string' ? asWritten.value(value) : scalar(value);
}

/** The lines of a list, each behind the indentation. */
export function plainBlock(list: readonly Plain[], indent: string): string {
  return plainWriter.block(list, indent);
}

function scalar(value: null | boolean | number): string {
  return typeof value === 'number' ? numberText(value) : String(value);
}

/** A text of several lines as it stands in lines that are indented. */
export function indented(text: string, indent: string): string {
  return indent === '' || !text.includes('\n') ? text : text.replace(/\n(?=[^\n])/g, `\n${indent}`);
}
