import type { Editable } from '../text/editable';
import { indentAt, inLineFeeds, lineStart, type Splice, spliced } from '../text/lines';
import { SourceEdit } from '../text/source-edit';
import { dedented, fitted, indented, nestedLiteral, oneLinersAround, opened, stepOf } from './fit-lines';
import { propertyKey } from './literal-text';
import { isUndefined, type Member, nameOf, tryFindMember } from './object-literal';
import { type Syntax, tryParseExpression } from './syntax';
import { TypeScriptTree } from './typescript-tree';

/**
 * Sets a value below an object literal, making the objects on the way.
 *
 * @param code   as `leavesAt` gives it
 * @param behind keys behind the last of which a new one goes. @default - it becomes the last
 * @returns the file's text
 * @throws FleetError where the place is held by something that is not written out
 */
export function setValue(source: Editable, place: readonly string[], code: string, byHand: string, behind: readonly string[] = []): string {
  return inLineFeeds(source, (unix) => new ValueEdit(unix, byHand, behind).set(place, code));
}

/** A file in which one value becomes another. */
class ValueEdit extends SourceEdit<TypeScriptTree> {
  readonly #behind: readonly string[];

  /** @param source with lines that end in `\n` */
  constructor(source: Editable, byHand: string, behind: readonly string[]) {
    super(source, new TypeScriptTree(source), byHand);
    this.#behind = behind;
  }

  set(place: readonly string[], code: string): string {
    if (this.#find(place)) return this.#replace(place, code);
    for (let depth = place.length - 1; depth >= 0; depth -= 1) {
      const [above, [key = '', ...deeper]] = [place.slice(0, depth), place.slice(depth)];
      const parent = this.#find(above);
      if (!parent) continue;
      if (depth > 0 && isUndefined(parent)) return this.#replace(above, nestedLiteral([key, ...deeper], code, stepOf(this.tree)));
      return this.#insert(parent, `${propertyKey(key)}: ${nestedLiteral(deeper, code, stepOf(this.tree))}`);
    }
    throw this.refusal(this.tree.exported.start, 'the default export cannot be edited');
  }

  #find(place: readonly string[]): Syntax | undefined {
    return this.tree.tryFind(place, this.byHand);
  }

  /** @param place of a value that is there */
  #replace(place: readonly string[], code: string): string {
    const { text } = this.source;
    const found = this.#find(place) as Syntax;
    if (this.#find(place.slice(0, -1))?.type === 'ArrayExpression') return this.#fitted([{ start: found.start, end: found.end, text: code }], found.start);
    const { node, value } = tryFindMember(this.#find(place.slice(0, -1)) as Syntax, place[place.length - 1] as string) as Member;
    const made = tryParseExpression(code)?.type ?? '';
    // What `as const` or `satisfies` says of a value it may not say of one of another kind.
    const existing = made === found.type ? found : (value as Syntax);
    const name = place.join('.');
    const isMap = found.type === 'ObjectExpression' && (found.properties as readonly unknown[]).length > 0;
    // Merged into a map, an empty one changes nothing.
    if (isMap && code === '{}') return text;
    if (isMap && /Function/.test(made)) throw this.refusal(existing.start, `'${name}' is a map, into which a function cannot be merged`);
    if (!this.tree.isWrittenOut(existing)) throw this.refusal(existing.start, `'${name}' is an expression and cannot be edited`);
    if (dedented(text, existing) === code) return text;
    return this.#openedAround(existing, code) ?? this.#inPlace(node, existing, code);
  }

  /** Code of several lines in the place of a value on one: the literals around it are put on lines of their own. */
  #openedAround(existing: Syntax, code: string): string | undefined {
    const { text } = this.source;
    const around = code.includes('\n') ? oneLinersAround(this.tree, existing) : [];
    const [outermost] = around;
    if (!outermost || this.tree.commentsIn(outermost.start, outermost.end).length > 0) return undefined;
    const made = opened(this.tree, around, existing, indentAt(text, outermost.start), (indent) => indented(code, indent));
    return spliced(text, [{ start: outermost.start, end: outermost.end, text: made }]);
  }

  #inPlace(property: Syntax, existing: Syntax, code: string): string {
    const { text } = this.source;
    const { end: keyEnd } = property.key as Syntax;
    // A value that was too long for the line of its key comes back to it.
    const colon = keyEnd + text.slice(keyEnd).indexOf(':') + 1;
    const isBelow = /^\s*\n\s*$/.test(text.slice(colon, existing.start));
    const start = isBelow ? colon : existing.start;
    const made = (isBelow ? ' ' : '') + indented(code, indentAt(text, isBelow ? property.start : existing.start));
    return this.#fitted([{ start, end: existing.end, text: made }], isBelow ? start + 1 : start);
  }

  /** @param offset in the new text, of the line that may be too long */
  #fitted(splices: readonly Splice[], offset: number): string {
    return fitted({ ...this.source, text: spliced(this.source.text, splices) }, offset);
  }

  #insert(parent: Syntax, property: string): string {
    const { text } = this.source;
    const properties = parent.properties as readonly Syntax[];
    const [first] = properties;
    const last = properties.findLast((one) => this.#behind.includes(nameOf(one) ?? '')) ?? properties[properties.length - 1];
    const isSpread = text.slice(parent.start, first?.start ?? parent.end).includes('\n');
    if (isSpread) return last ? this.#insertBehind(last, property) : this.#insertLine(parent, property);
    return this.#insertOpened(parent, property) ?? this.#insertInLine(parent, last, property);
  }

  /** A line behind the last property. */
  #insertBehind(last: Syntax, property: string): string {
    const indent = indentAt(this.source.text, last.start);
    const comma = this.tree.commaAfter(last.end);
    const offset = this.tree.skip(comma === undefined ? last.end : comma + 1, true);
    const line = `\n${indent}${indented(property, indent)}${comma === undefined ? '' : ','}`;
    const splices: Splice[] = [{ start: offset, end: offset, text: line }];
    if (comma === undefined) splices.unshift({ start: last.end, end: last.end, text: ',' });
    return this.#fitted(splices, offset + line.search(/\S/) + (comma === undefined ? 1 : 0));
  }

  /** A line in front of the closing brace of an object literal in which nothing but comments stands. */
  #insertLine(parent: Syntax, property: string): string {
    const { text } = this.source;
    const indent = indentAt(text, parent.start);
    const deeper = indent + stepOf(this.tree);
    const line = `${deeper}${indented(property, deeper)},`;
    const start = lineStart(text, parent.end - 1);
    const isOwnLine = text.slice(start, parent.end - 1).trim() === '';
    const offset = isOwnLine ? start : parent.end - 1;
    const made = isOwnLine ? `${line}\n` : `\n${line}\n${indent}`;
    return this.#fitted([{ start: offset, end: offset, text: made }], offset + made.search(/\S/));
  }

  /** A property of several lines in an object literal on one, which is put on several. @returns `undefined` where that is not so, or comments are in the way */
  #insertOpened(parent: Syntax, property: string): string | undefined {
    const { text } = this.source;
    const isOneLine = !text.slice(parent.start, parent.end).includes('\n');
    const around = oneLinersAround(this.tree, parent);
    const outermost = around[0] ?? parent;
    if (!property.includes('\n') || !isOneLine || this.tree.commentsIn(outermost.start, outermost.end).length > 0) return undefined;
    const properties = parent.properties as readonly Syntax[];
    const made = opened(this.tree, around, parent, indentAt(text, outermost.start), (outer) => {
      const deeper = outer + stepOf(this.tree);
      const parts = [...properties.map(({ start, end }) => text.slice(start, end)), indented(property, deeper)];
      return `{\n${parts.map((part) => `${deeper}${part},\n`).join('')}${outer}}`;
    });
    return this.#fitted([{ start: outermost.start, end: outermost.end, text: made }], outermost.start);
  }

  #insertInLine(parent: Syntax, last: Syntax | undefined, property: string): string {
    const offset = last?.end ?? parent.start + 1;
    const made = indented(property, indentAt(this.source.text, last?.start ?? parent.start));
    const isEmpty = !last && this.tree.commentsIn(parent.start, parent.end).length === 0;
    const splice = isEmpty
      ? { start: parent.start, end: parent.end, text: `{ ${made} }` }
      : { start: offset, end: offset, text: last ? `, ${made}` : ` ${made}` };
    return this.#fitted([splice], splice.start + splice.text.indexOf(made));
  }
}
