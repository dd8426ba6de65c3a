import { parse } from 'yaml';
import type { Plain } from '../../layers/layer';
import { readableTemplate } from '../../layers/text/helm-text';

type PlainMap = { [key: string]: Plain };

/**
 * Reads a document that was rendered. What is rendered is plain block style, so that its maps and lists are told by their
 * indentation alone, some twenty times as fast as by a reader of all of YAML; that reads every scalar, and whatever is not
 * written so.
 *
 * @throws YAMLParseError where it is no YAML
 */
export function readRendered(text: string): Plain {
  const readable = readableTemplate(text);
  try {
    return new BlockReader(readable).document();
  } catch {
    // Whatever is wrong may be right in another style, and if not, is told with its place in the whole text.
    return parse(readable, { maxAliasCount: 100 }) as Plain;
  }
}

/**
 * Reads a document of block style as {@link readRendered} does, with plain scalars as somebody else reads them.
 *
 * @param resolve given what is written without quotation marks
 * @returns `undefined` where it is not plain block style: that is no judgement of it
 */
export function tryReadBlockStyle(text: string, resolve: (plain: string) => Plain): Plain | undefined {
  try {
    return new BlockReader(text, resolve).document();
  } catch {
    return undefined;
  }
}

class NotBlockStyle extends Error {}

/** What a carriage return, a tab or a mark of byte order means depends on where it stands. */
const doubtful = /[\r\t\ufeff]/;

const plainKey = /^([A-Za-z_][\w./-]*):(?: (.*))?$/;
const quotedKey = /^('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s'"#&*!|>%@`{}[\],?:-][^'"#{}[\],:]*):(?: (.*))?$/;

class BlockReader {
  readonly #lines: readonly string[];
  readonly #resolve: (plain: string) => Plain;
  #at = 0;

  constructor(text: string, resolve = resolved) {
    this.#resolve = resolve;
    if (doubtful.test(text)) throw new NotBlockStyle();
    this.#lines = text.split('\n');
  }

  document(): Plain {
    const lines = this.#lines;
    this.#skip();
    if (lines[this.#at] === '{}') this.#at += 1;
    const value = this.#at > 0 && lines[this.#at - 1] === '{}' ? {} : this.#block(0);
    this.#skip();
    if (this.#at < lines.length) throw new NotBlockStyle();
    return value;
  }

  /** Passes lines of nothing, and of comments. */
  #skip(): void {
    while (this.#at < this.#lines.length && /^ *(#|$)/.test(this.#lines[this.#at] as string)) this.#at += 1;
  }

  /** A map or a list whose lines stand at an indentation. */
  #block(indent: number): Plain {
    const line = this.#lines[this.#at];
    if (line === undefined || indentOf(line) !== indent) throw new NotBlockStyle();
    return isItem(line, indent) ? this.#list(indent) : this.#map(indent, line.slice(indent));
  }

  /** @param first the first line of it, from its key on: that may stand behind a dash */
  #map(indent: number, first: string): PlainMap {
    const map: PlainMap = {};
    let rest: string | undefined = first;
    while (rest !== undefined) {
      const [, key = '', inline] = plainKey.exec(rest) ?? quotedKey.exec(rest) ?? notBlock();
      const name = this.#scalar(key);
      if (typeof name !== 'string' || key.length > longestKey || Object.hasOwn(map, name)) throw new NotBlockStyle();
      this.#at += 1;
      const value = this.#value(inline, indent, true);
      if (name === '__proto__') Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
      else map[name] = value;
      this.#skip();
      const next = this.#lines[this.#at];
      if (next === undefined || indentOf(next) < indent) break;
      if (indentOf(next) > indent || isItem(next, indent)) throw new NotBlockStyle();
      rest = next.slice(indent);
    }
    return map;
  }

  #list(indent: number): Plain[] {
    const list: Plain[] = [];
    for (;;) {
      this.#skip();
      const line = this.#lines[this.#at];
      if (line === undefined || !line.startsWith('- ', indent) || indentOf(line) !== indent) break;
      const rest = line.slice(indent + 2);
      if (isMapStart(rest)) list.push(this.#map(indent + 2, rest));
      else if (rest.startsWith('- ')) throw new NotBlockStyle();
      else {
        this.#at += 1;
        list.push(this.#value(rest, indent, false));
      }
    }
    return list;
  }

  /** What stands behind a key or a dash, whose lines have been passed. */
  #value(inline: string | undefined, indent: number, isInMap: boolean): Plain {
    if (inline === undefined || inline === '') {
      this.#skip();
      const next = this.#lines[this.#at];
      if (next === undefined || indentOf(next) < indent) return null;
      // The items of a list may stand below its key.
      if (indentOf(next) === indent) return isInMap && isItem(next, indent) ? this.#list(indent) : null;
      return this.#block(indentOf(next));
    }
    return /^[|>][+-]?\d?[+-]?$/.test(inline) ? this.#literal(inline, indent) : this.#scalar(inline);
  }

  /** A scalar on one line. */
  #scalar(text: string): Plain {
    if (text === '{}' || text === '[]') return text === '{}' ? {} : [];
    if (bare.test(text) || plain.test(text)) return this.#resolve(text);
    if (!quoted.test(text) || foreign.test(text)) throw new NotBlockStyle();
    return parsed(text);
  }

  #literal(header: string, indent: number): Plain {
    const start = this.#at;
    while (this.#at < this.#lines.length && (this.#lines[this.#at] === '' || indentOf(this.#lines[this.#at] as string) > indent)) this.#at += 1;
    // The last line break of the file makes an empty line that is none.
    const isEnd = this.#at === this.#lines.length;
    if (isEnd && this.#lines.at(-1) !== '') throw new NotBlockStyle();
    // How much is kept of lines of nothing but spaces is a question of their length.
    if (/^ +$/.test(this.#lines[this.#at] ?? '')) throw new NotBlockStyle();
    const own = this.#lines.slice(start, this.#at).map((line) => line.slice(indent));
    return parse(`- ${header}\n${own.join('\n')}${isEnd || own.length === 0 ? '' : '\n'}`)[0] as Plain;
  }
}

function notBlock(): never {
  throw new NotBlockStyle();
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent += 1;
  return indent;
}

function isItem(line: string, indent: number): boolean {
  return line.startsWith('- ', indent) || (line.length === indent + 1 && line[indent] === '-');
}

function isMapStart(text: string): boolean {
  return plainKey.test(text) || quotedKey.test(text);
}

/** A key that is longer on its line is none to YAML. */
const longestKey = 1000;

/** Words that are no strings where they stand bare. */
const words = new Set(['null', 'Null', 'NULL', 'true', 'True', 'TRUE', 'false', 'False', 'FALSE']);
const bare = /^[A-Za-z/_][\w/.@+-]*(?: [\w/.@+-]+)*$/;
const quoted = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")$/;
/** What may be an escape that Go does not know. */
const foreign = /\\(u[dD][89a-fA-F]|\/)/;
/** Without what would make more of it than a scalar, wherever it stands. */
const plain = /^(?![\s,[\]{}#&*!|>'"%@`]|[-?:](?:\s|$))(?!.*(?:: | #|:$))/;
const scalars = new Map<string, Plain>();

/** A scalar without quotation marks; few of them are different ones. */
function resolved(text: string): Plain {
  return bare.test(text) && !words.has(text) ? text : parsed(text);
}

function parsed(text: string): Plain {
  let value = scalars.get(text);
  if (value === undefined) {
    // At the margin it might be a mark of the document.
    [value] = parse(`- ${text}`) as [Plain];
    if (typeof value === 'object' && value !== null) throw new NotBlockStyle();
    if (scalars.size > 50_000) scalars.clear();
    scalars.set(text, value);
  }
  return value;
}
