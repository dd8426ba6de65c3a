import type { Editable } from '../text/editable';
import { indentAt, inLineFeeds, lineEnd, lineStart, type Splice, spliced } from '../text/lines';
import { SourceEdit } from '../text/source-edit';
import { fitted, indented, stepOf } from './fit-lines';
import { bare, membersOf, tryFindMember } from './object-literal';
import { sourceText } from './source-text';
import type { Source } from './source-tree';
import type { Syntax } from './syntax';
import { TypeScriptTree } from './typescript-tree';

/** A step down: a key of an object, or the item of a list that has a name (a string, or an object that says `name`). */
export type Step = string | { readonly name: string };

/**
 * Puts an item into a list of named items; everything else stays as it is written.
 *
 * @param behind the name of the item that it follows. @default - it becomes the first
 * @throws FleetError where the list, or what leads to it, is not written out
 */
export function insertItem(source: Editable, place: readonly Step[], item: Source, behind: string | undefined, byHand: string): string {
  return inLineFeeds(source, (unix) => new ItemEdit(unix, byHand).insert(place, item, behind));
}

class ItemEdit extends SourceEdit<TypeScriptTree> {
  constructor(source: Editable, byHand: string) {
    super(source, new TypeScriptTree(source), byHand);
  }

  insert(place: readonly Step[], item: Source, behind: string | undefined): string {
    const list = place.reduce((node, step) => this.#below(node, step), this.tree.exported);
    if (list.type !== 'ArrayExpression') throw this.refusal(list.start, 'this is no list that is written out');
    const items = this.#itemsOf(list);
    const index = behind === undefined ? -1 : items.findIndex((one) => this.#nameOf(one) === behind);
    const spread = items.some((one) => one.type === 'ObjectExpression' && this.#text(one).includes('\n'));
    const code = sourceText(item.kind === 'map' && spread ? { ...item, expanded: true } : item);
    return items.length === 0 ? this.#first(list, code) : this.#beside(list, items, index, code);
  }

  #below(node: Syntax, step: Step): Syntax {
    if (typeof step === 'string') {
      if (node.type !== 'ObjectExpression') throw this.refusal(node.start, `'${step}' is not written out here`);
      const value = membersOf(node) && tryFindMember(node, step)?.value;
      if (!value) throw this.refusal(node.start, `'${step}' is not written out here`);
      return bare(value);
    }
    if (node.type !== 'ArrayExpression') throw this.refusal(node.start, 'this is no list that is written out');
    const found = this.#itemsOf(node).find((one) => this.#nameOf(one) === step.name);
    if (!found) throw this.refusal(node.start, `'${step.name}' is not written out here`);
    return found;
  }

  #itemsOf(list: Syntax): readonly Syntax[] {
    return (list.elements as readonly (Syntax | null)[]).map((item) => {
      if (item === null || item.type === 'SpreadElement') throw this.refusal((item ?? list).start, 'items of this list come from somewhere else');
      return bare(item);
    });
  }

  #nameOf(item: Syntax): string | undefined {
    if (item.type === 'StringLiteral') return String(item.value);
    const name = item.type === 'ObjectExpression' ? tryFindMember(item, 'name')?.value : undefined;
    return name && bare(name).type === 'StringLiteral' ? String(bare(name).value) : undefined;
  }

  #text({ start, end }: Syntax): string {
    return this.source.text.slice(start, end);
  }

  /** The first item of a list without any. */
  #first(list: Syntax, code: string): string {
    const { text } = this.source;
    if (this.tree.commentsIn(list.start, list.end).length > 0) throw this.refusal(list.start, 'nothing but comments stand in this list');
    const outer = indentAt(text, list.start);
    const deeper = outer + stepOf(this.tree);
    const made = code.includes('\n') ? `[\n${deeper}${indented(code, deeper)},\n${outer}]` : `[${code}]`;
    return this.#fitted([{ start: list.start, end: list.end, text: made }], list.start);
  }

  #beside(list: Syntax, items: readonly Syntax[], index: number, code: string): string {
    const { text } = this.source;
    const isInLine = !this.#text(list).includes('\n');
    if (isInLine && code.includes('\n')) return this.#opened(list, items, index, code);
    const neighbour = items[Math.max(index, 0)] as Syntax;
    const startsLine = text.slice(lineStart(text, neighbour.start), neighbour.start).trim() === '';
    if (!startsLine || !this.#endsLine(neighbour)) {
      const indent = indentAt(text, neighbour.start);
      const made = indented(code, indent);
      const splice =
        index < 0 ? { start: neighbour.start, end: neighbour.start, text: `${made}, ` } : { start: neighbour.end, end: neighbour.end, text: `, ${made}` };
      return this.#fitted([splice], splice.start);
    }
    const indent = indentAt(text, neighbour.start);
    if (index < 0) {
      // In front of the comments that stand above the first one, which are its own.
      const offset = lineEnd(text, this.tree.skip(list.start + 1, true));
      return this.#fitted([{ start: offset, end: offset, text: `\n${indent}${indented(code, indent)},` }], offset + 1);
    }
    const comma = this.tree.commaAfter(neighbour.end);
    const offset = this.tree.skip(comma === undefined ? neighbour.end : comma + 1, true);
    const splices: Splice[] = [{ start: offset, end: offset, text: `\n${indent}${indented(code, indent)}${comma === undefined ? '' : ','}` }];
    if (comma === undefined) splices.unshift({ start: neighbour.end, end: neighbour.end, text: ',' });
    return this.#fitted(splices, offset + (comma === undefined ? 2 : 1));
  }

  #endsLine({ end }: Syntax): boolean {
    const { text } = this.source;
    const comma = this.tree.commaAfter(end);
    const behind = this.tree.skip(comma === undefined ? end : comma + 1, true);
    return text[behind] === '\n' || behind >= text.length;
  }

  /** A list on one line gets an item of several: each is put on lines of its own. */
  #opened(list: Syntax, items: readonly Syntax[], index: number, code: string): string {
    if (this.tree.commentsIn(list.start, list.end).length > 0) throw this.refusal(list.start, 'comments stand in this list');
    const outer = indentAt(this.source.text, list.start);
    const deeper = outer + stepOf(this.tree);
    const codes = items.map((item) => this.#text(item));
    codes.splice(index + 1, 0, indented(code, deeper));
    return this.#fitted([{ start: list.start, end: list.end, text: `[\n${codes.map((one) => `${deeper}${one},\n`).join('')}${outer}]` }], list.start);
  }

  /** @param offset in the new text, of the line that may be too long */
  #fitted(splices: readonly Splice[], offset: number): string {
    return fitted({ ...this.source, text: spliced(this.source.text, splices) }, offset);
  }
}
