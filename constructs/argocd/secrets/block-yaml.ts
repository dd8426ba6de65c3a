import type { Plain } from '../../../layers/layer';

interface Line {
  readonly indent: number;
  readonly text: string;
}

const bullet = /^-(\s+|$)/;
/** A key, plain or quoted, and what stands behind its colon. Words of a sentence are none. */
const pair = /^(?:"([^"]+)"|'([^']+)'|([^\s:#"'[\]{},&*!|>%@`][^\s:#"'{}[\],]*))\s*:(?:\s+(.*))?$/;
const block = /^[|>][-+0-9]*\s*(#.*)?$/;

/**
 * Text as maps and lists, where it looks like YAML in blocks: enough to know which key stands above which text, and no
 * reader of YAML. Every scalar is a string as it is written, but for quotes and comments.
 *
 * @returns `undefined` where it is no map and no list
 */
export function blockYaml(text: string): Plain | undefined {
  const lines = text.split(/\r?\n/).flatMap((raw): readonly Line[] => {
    const indent = raw.length - raw.trimStart().length;
    return /^\s*(#|$)|^(---|\.\.\.)/.test(raw) ? [] : [{ indent, text: raw.trim() }];
  });
  const [first] = lines;
  if (!first || !lines.some(({ text: line }) => pair.test(line.replace(/^(-\s+)+/, '')))) return undefined;
  return new Reader(lines).node(first.indent);
}

/** Nobody writes documents that are deeper. */
const deepest = 100;

class Reader {
  #next = 0;
  #depth = 0;
  readonly #lines: Line[];

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines];
  }

  /** Everything from the next line on that is indented at least as far; what fits nowhere is text, and left out. */
  node(indent: number): Plain {
    this.#depth++;
    const map: Record<string, Plain> = {};
    const list: Plain[] = [];
    for (let line = this.#lines[this.#next]; line && line.indent >= indent; line = this.#lines[this.#next]) {
      if (bullet.test(line.text)) list.push(this.#item(line));
      else this.#entry(line, map);
    }
    this.#depth--;
    return list.length > 0 && Object.keys(map).length === 0 ? list : list.length > 0 ? { ...map, '-': list } : map;
  }

  #item({ indent, text }: Line): Plain {
    const rest = text.replace(bullet, '');
    if (rest === '') {
      this.#next++;
      return this.#below(indent + 1);
    }
    if (this.#depth >= deepest || (!pair.test(rest) && !bullet.test(rest))) {
      this.#next++;
      return scalar(rest);
    }
    // The rest of the line is the first one of the item.
    this.#lines[this.#next] = { indent: indent + text.length - rest.length, text: rest };
    return this.node(indent + 1);
  }

  #entry({ indent, text }: Line, map: Record<string, Plain>): void {
    this.#next++;
    const [, double, single, bare, value = ''] = pair.exec(text) ?? [];
    const key = (double ?? single ?? bare)?.trim();
    if (key === undefined || key === '__proto__') return;
    if (block.test(value)) map[key] = this.#text(indent);
    else if (value === '' || value.startsWith('#') || /^[&!]\S+$/.test(value)) map[key] = this.#below(indent);
    else map[key] = scalar(value);
  }

  /** What is indented below a key; lists may stand at the key's own indentation. */
  #below(indent: number): Plain {
    const line = this.#lines[this.#next];
    if (!line || this.#depth >= deepest) return '';
    if (line.indent > indent || (line.indent === indent && bullet.test(line.text))) return this.node(line.indent);
    return '';
  }

  #text(indent: number): string {
    const found: string[] = [];
    let line = this.#lines[this.#next];
    const own = line?.indent ?? 0;
    for (; line && line.indent > indent; line = this.#lines[++this.#next]) found.push(' '.repeat(Math.max(0, line.indent - own)) + line.text);
    return found.join('\n');
  }
}

function scalar(text: string): string {
  const [, double, single] = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')\s*(?:#.*)?$/.exec(text) ?? [];
  return double ?? single ?? text.replace(/\s+#.*$/, '').trim();
}
