import { cannotEdit, type Editable } from '../text/editable';
import { indentAt, inLineFeeds, lineEnd, lineStart, type Splice, spliced } from '../text/lines';
import { lineWidth } from './biome-rules';
import { fitted, stepOf } from './fit-lines';
import { escaped, stringLiteral } from './literal-text';
import type { Syntax } from './syntax';
import { TypeScriptTree } from './typescript-tree';

/** Makes a list of strings another one; items that stay keep their comments, and their order where there are some. @returns the file's text */
export function setList(source: Editable, place: readonly string[], values: readonly string[], byHand: string): string {
  return inLineFeeds(source, (unix) => new StringList(unix, place, byHand).changed(values));
}

/** A list of strings that is written out; `undefined` where there is none that can be read. */
export function literalList(source: Editable, place: readonly string[]): readonly string[] | undefined {
  try {
    return new StringList(source, place, '').values;
  } catch {
    // An older version of the file may not parse, or say it otherwise.
    return undefined;
  }
}

class StringList {
  readonly values: readonly string[];
  readonly #source: Editable;
  readonly #tree: TypeScriptTree;
  readonly #node: Syntax;
  readonly #items: readonly Syntax[];

  constructor(source: Editable, place: readonly string[], byHand: string) {
    const tree = new TypeScriptTree(source);
    const node = tree.tryFind(place, byHand);
    const items = (node?.elements ?? []) as readonly (Syntax | null)[];
    if (node?.type !== 'ArrayExpression' || items.some((item) => item?.type !== 'StringLiteral')) {
      const at = node ?? tree.tryFind(place.slice(0, -1), byHand);
      const wrong = items.find((item) => item?.type !== 'StringLiteral');
      throw cannotEdit(source, (wrong ?? at)?.start ?? 0, `'${place.join('.')}' is not a list of strings written out`, byHand);
    }
    this.#source = source;
    this.#tree = tree;
    this.#node = node;
    this.#items = items as readonly Syntax[];
    this.values = this.#items.map(({ value }) => String(value));
  }

  changed(values: readonly string[]): string {
    const { text } = this.#source;
    const { start, end } = this.#node;
    const hasComments = this.#tree.commentsIn(start, end).length > 0;
    const isSpread = text.slice(start, end).includes('\n');
    const kept = this.values.filter((value) => values.includes(value));
    const isInOrder = values.filter((value) => kept.includes(value)).every((value, index) => value === kept[index]);
    // On several lines because one would not do; a list that its author spread out stays so.
    const isOverlong = !hasComments && !this.#fits(this.values);
    if (hasComments || (isSpread && isInOrder && values.length > 0 && !(isOverlong && this.#fits(values)))) {
      return isSpread && this.#isOneALine() ? this.#withLines(values) : this.#withItems(values);
    }
    const indent = indentAt(text, start);
    const deeper = indent + stepOf(this.#tree);
    const line = `[${values.map(this.#quote).join(', ')}]`;
    if (isSpread && !isOverlong && values.length > 0) {
      return spliced(text, [{ start, end, text: `[\n${values.map((value) => `${deeper}${this.#quote(value)},\n`).join('')}${indent}]` }]);
    }
    return fitted({ ...this.#source, text: spliced(text, [{ start, end, text: line }]) }, start);
  }

  /** As the list quotes its strings already. */
  readonly #quote = (value: string): string => {
    const [first] = this.#items;
    return first && this.#source.text[first.start] === '"' ? `"${escaped(value, '"')}"` : stringLiteral(value);
  };

  /** Whether the list would fit on the line on which it begins. */
  #fits(values: readonly string[]): boolean {
    const { text } = this.#source;
    const before = this.#node.start - lineStart(text, this.#node.start);
    const after = text.slice(this.#node.end, lineEnd(text, this.#node.end)).replace(/\s*\/\/.*/, '');
    return before + `[${values.map(this.#quote).join(', ')}]${after}`.length <= lineWidth;
  }

  #isOneALine(): boolean {
    const { text } = this.#source;
    return this.#items.every(({ start, end }) => {
      const behind = this.#behind(end);
      return text.slice(lineStart(text, start), start).trim() === '' && text[behind] === '\n' && behind === lineEnd(text, end);
    });
  }

  /** The offset behind an item, its comma, and comments on its line. */
  #behind(offset: number): number {
    const comma = this.#tree.commaAfter(offset);
    return this.#tree.skip(comma === undefined ? offset : comma + 1, true);
  }

  /** New values by the item behind which they go: -1 in front of all. */
  #added(values: readonly string[]): ReadonlyMap<number, readonly string[]> {
    const added = new Map<number, string[]>();
    let anchor = -1;
    for (const value of values) {
      const index = this.values.indexOf(value);
      if (index >= 0) anchor = Math.max(anchor, index);
      else added.set(anchor, [...(added.get(anchor) ?? []), value]);
    }
    return added;
  }

  /** One item a line: lines come and go, and the others are not touched. */
  #withLines(values: readonly string[]): string {
    const { text } = this.#source;
    const [first] = this.#items;
    const indent = first ? indentAt(text, first.start) : indentAt(text, this.#node.start) + stepOf(this.#tree);
    const last = this.#items.length - 1;
    const splices: Splice[] = [];
    for (const [anchor, added] of this.#added(values)) {
      const item = this.#items[anchor];
      const hasComma = !item || anchor < last || this.#tree.commaAfter(item.end) !== undefined;
      const offset = lineEnd(text, item?.end ?? this.#tree.skip(this.#node.start + 1, true));
      const lines = added.map((value, index) => `\n${indent}${this.#quote(value)}${hasComma || index < added.length - 1 ? ',' : ''}`);
      if (!hasComma && item) splices.push({ start: item.end, end: item.end, text: ',' });
      splices.push({ start: offset, end: offset, text: lines.join('') });
    }
    for (const [index, item] of this.#items.entries()) {
      if (values.includes(this.values[index] as string)) continue;
      splices.push({ start: lineStart(text, item.start) - 1, end: lineEnd(text, item.end), text: '' });
    }
    return spliced(text, splices);
  }

  /** Items that share lines, or stand among comments: nothing but they themselves come and go. */
  #withItems(values: readonly string[]): string {
    const { text } = this.#source;
    const isKept = this.values.map((value) => values.includes(value));
    const splices: Splice[] = [];
    for (const [anchor, added] of this.#added(values)) {
      const item = this.#items[anchor];
      const made = added.map(this.#quote).join(', ');
      const isAlone = !item && !isKept.includes(true);
      if (item) splices.push({ start: item.end, end: item.end, text: `, ${made}` });
      else splices.push({ start: this.#node.start + 1, end: this.#node.start + 1, text: isAlone ? made : `${made}, ` });
    }
    for (const [index, item] of this.#items.entries()) {
      if (isKept[index]) continue;
      const comma = this.#tree.commaAfter(item.end);
      splices.push({ start: item.start, end: item.end, text: '' });
      if (comma !== undefined) splices.push({ start: comma, end: comma + 1 + (/^ */.exec(text.slice(comma + 1))?.[0].length ?? 0), text: '' });
    }
    const last = this.#items[this.#items.length - 1];
    const lastKept = this.#items[isKept.lastIndexOf(true)];
    const isBare = last && this.#tree.commaAfter(last.end) === undefined;
    const dangling = isBare && lastKept && lastKept !== last ? this.#tree.commaAfter(lastKept.end) : undefined;
    if (dangling !== undefined) splices.push({ start: dangling, end: dangling + 1, text: '' });
    return spliced(text, splices);
  }
}
