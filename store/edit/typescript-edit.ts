import { keyText } from '../migrate/source-text';
import { cannotEdit, type Editable } from './cannot-edit';
import { indentAt, inLineFeeds, lineEnd, lineStart, type Splice, spliced, withLineFeeds } from './line-breaks';
import { dedented, fitted, indented, nested, oneLinersAround, opened, stepOf } from './typescript-layout';
import { bare, isUndefined, type Member, membersOf, type Syntax, TypeScriptTree, tryFindMember, tryParseExpression } from './typescript-tree';

/** A value and its text, as if the line on which it begins were not indented: `[['source', 'targetRevision'], "'v1.19.0'"]`. */
export type CodeLeaf = readonly [path: readonly string[], code: string];

/** Every value below a place that is no object literal and says something, with its text. @throws FleetError where the value cannot be taken apart */
export function leavesAt(source: Editable, place: readonly string[], byHand: string): readonly CodeLeaf[] {
  const unix = withLineFeeds(source);
  const node = new TypeScriptTree(unix).tryFind(place, byHand);
  return node ? [...leavesOf(unix, node, [], byHand)] : [];
}

function* leavesOf(source: Editable, node: Syntax, path: readonly string[], byHand: string): Generator<CodeLeaf> {
  if (node.type !== 'ObjectExpression') {
    if (path.length === 0) throw cannotEdit(source, node.start, 'the change is an expression and cannot be taken apart', byHand);
    yield [path, dedented(source.text, node)];
    return;
  }
  const members = membersOf(node);
  const method = members?.find(({ value }) => !value);
  if (!members || method) {
    throw cannotEdit(source, method?.node.start ?? node.start, 'the change holds something else than plain properties', byHand);
  }
  const said = members.filter(({ value }) => !isUndefined(bare(value as Syntax)));
  if (said.length === 0 && path.length > 0) yield [path, '{}'];
  for (const { key, value } of said) yield* leavesOf(source, bare(value as Syntax), [...path, key], byHand);
}

/**
 * Sets a value below an object literal, making the objects on the way.
 *
 * @param code as {@link leavesAt} gives it
 * @returns the file's text
 * @throws FleetError where the place is held by something that is not written out
 */
export function setValue(source: Editable, place: readonly string[], code: string, byHand: string): string {
  return inLineFeeds(source, (unix) => {
    const tree = new TypeScriptTree(unix);
    const existing = tree.tryFind(place, byHand);
    if (existing) return replaceValue(unix, tree, place, existing, code, byHand);
    for (let depth = place.length - 1; depth >= 0; depth -= 1) {
      const parent = tree.tryFind(place.slice(0, depth), byHand);
      if (!parent) continue;
      if (depth > 0 && isUndefined(parent)) {
        return replaceValue(unix, tree, place.slice(0, depth), parent, nested(place.slice(depth), code, stepOf(tree)), byHand);
      }
      const [key = '', ...deeper] = place.slice(depth);
      return insertProperty(unix, tree, parent, `${keyText(key)}: ${nested(deeper, code, stepOf(tree))}`);
    }
    throw cannotEdit(unix, tree.exported.start, 'the default export cannot be edited', byHand);
  });
}

function replaceValue(source: Editable, tree: TypeScriptTree, place: readonly string[], found: Syntax, code: string, byHand: string): string {
  const { text } = source;
  const parent = tree.tryFind(place.slice(0, -1), byHand) as Syntax;
  const { node, value } = tryFindMember(parent, place[place.length - 1] as string) as Member;
  // What `as const` or `satisfies` says of a value it may not say of one of another kind.
  const existing = tryParseExpression(code)?.type === found.type ? found : (value as Syntax);
  const name = place.join('.');
  const isMap = found.type === 'ObjectExpression' && (found.properties as readonly unknown[]).length > 0;
  // Merged into a map, an empty one changes nothing.
  if (isMap && code === '{}') return text;
  if (isMap && /Function/.test(tryParseExpression(code)?.type ?? '')) {
    throw cannotEdit(source, existing.start, `'${name}' is a map, into which a function cannot be merged`, byHand);
  }
  if (!tree.isWrittenOut(existing)) throw cannotEdit(source, existing.start, `'${name}' is an expression and cannot be edited`, byHand);
  if (dedented(text, existing) === code) return text;
  const around = code.includes('\n') ? oneLinersAround(tree, existing) : [];
  const [outermost] = around;
  if (outermost && tree.commentsIn(outermost.start, outermost.end).length === 0) {
    const made = opened(tree, around, existing, indentAt(text, outermost.start), (indent) => indented(code, indent));
    return spliced(text, [{ start: outermost.start, end: outermost.end, text: made }]);
  }
  // A value that was too long for the line of its key comes back to it.
  const colon = (node.key as Syntax).end + text.slice((node.key as Syntax).end).indexOf(':') + 1;
  const isBelow = /^\s*\n\s*$/.test(text.slice(colon, existing.start));
  const start = isBelow ? colon : existing.start;
  const made = (isBelow ? ' ' : '') + indented(code, indentAt(text, isBelow ? node.start : existing.start));
  return fitted({ ...source, text: spliced(text, [{ start, end: existing.end, text: made }]) }, isBelow ? start + 1 : start);
}

function insertProperty(source: Editable, tree: TypeScriptTree, parent: Syntax, property: string): string {
  const { text } = source;
  const properties = parent.properties as readonly Syntax[];
  const [first] = properties;
  const last = properties[properties.length - 1];
  const unit = stepOf(tree);
  const indent = indentAt(text, parent.start);
  const isSpread = text.slice(parent.start, first?.start ?? parent.end).includes('\n');
  const hasComments = tree.commentsIn(parent.start, parent.end).length > 0;
  if (!last && isSpread) return insertLine(source, parent, `${indent}${unit}${indented(property, indent + unit)},`);
  if (last && isSpread) {
    const deeper = indentAt(text, last.start);
    const comma = tree.commaAfter(last.end);
    const offset = tree.skip(comma === undefined ? last.end : comma + 1, true);
    const line = `\n${deeper}${indented(property, deeper)}${comma === undefined ? '' : ','}`;
    const splices: Splice[] = [{ start: offset, end: offset, text: line }];
    if (comma === undefined) splices.unshift({ start: last.end, end: last.end, text: ',' });
    return fitted({ ...source, text: spliced(text, splices) }, offset + line.search(/\S/) + (comma === undefined ? 1 : 0));
  }
  const isOneLine = !text.slice(parent.start, parent.end).includes('\n');
  const around = oneLinersAround(tree, parent);
  const outermost = around[0] ?? parent;
  if (property.includes('\n') && isOneLine && tree.commentsIn(outermost.start, outermost.end).length === 0) {
    const made = opened(tree, around, parent, indentAt(text, outermost.start), (outer) => {
      const parts = [...properties.map(({ start, end }) => text.slice(start, end)), indented(property, outer + unit)];
      return `{\n${parts.map((part) => `${outer}${unit}${part},\n`).join('')}${outer}}`;
    });
    return fitted({ ...source, text: spliced(text, [{ start: outermost.start, end: outermost.end, text: made }]) }, outermost.start);
  }
  const offset = last?.end ?? parent.start + 1;
  const made = indented(property, indentAt(text, last?.start ?? parent.start));
  const isEmpty = !last && !hasComments;
  const splice = isEmpty
    ? { start: parent.start, end: parent.end, text: `{ ${made} }` }
    : { start: offset, end: offset, text: last ? `, ${made}` : ` ${made}` };
  return fitted({ ...source, text: spliced(text, [splice]) }, splice.start + splice.text.indexOf(made));
}

/** A line in front of the closing brace of an object literal in which nothing but comments stands. */
function insertLine({ text, ...source }: Editable, parent: Syntax, line: string): string {
  const start = lineStart(text, parent.end - 1);
  const isOwnLine = text.slice(start, parent.end - 1).trim() === '';
  const offset = isOwnLine ? start : parent.end - 1;
  const made = isOwnLine ? `${line}\n` : `\n${line}\n${indentAt(text, parent.start)}`;
  return fitted({ ...source, text: spliced(text, [{ start: offset, end: offset, text: made }]) }, offset + made.search(/\S/));
}

/**
 * Removes a property with the comments that are about it: those right above, and those behind it on its line. Where it is
 * the only one, its object goes too.
 *
 * @returns the file's text
 */
export function removeEntry(source: Editable, place: readonly string[], byHand: string): string {
  return inLineFeeds(source, (unix) => removeFrom(unix, new TypeScriptTree(unix), place, byHand));
}

function removeFrom(source: Editable, tree: TypeScriptTree, place: readonly string[], byHand: string): string {
  const { text } = source;
  const parent = tree.tryFind(place.slice(0, -1), byHand);
  const member: Member | undefined = parent?.type === 'ObjectExpression' ? tryFindMember(parent, place[place.length - 1] as string) : undefined;
  if (!parent || !member) throw cannotEdit(source, parent?.start ?? tree.exported.start, `'${place.join('.')}' is not written out`, byHand);
  const properties = parent.properties as readonly Syntax[];
  const index = properties.indexOf(member.node);
  const previous = properties[index - 1];
  const start = ownStart(tree, member.node, previous?.end ?? parent.start + 1);
  const comma = tree.commaAfter(member.node.end);
  const end = comma === undefined ? member.node.end : comma + 1;
  const behind = tree.skip(end, true);
  const isOwnLines = text.slice(lineStart(text, start), start).trim() === '' && text[behind] === '\n' && behind === lineEnd(text, behind);
  const others = tree.commentsIn(parent.start, parent.end).filter((comment) => comment.start < start || comment.end > (isOwnLines ? behind : end));
  if (properties.length === 1 && others.length === 0 && place.length > 1) return removeFrom(source, tree, place.slice(0, -1), byHand);
  if (isOwnLines) return withoutLines(text, lineStart(text, start), behind + 1);
  if (comma !== undefined) return spliced(text, [{ start, end: end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0), text: '' }]);
  const dangling = previous && tree.commaAfter(previous.end);
  if (dangling === undefined) return spliced(text, [{ start, end, text: '' }]);
  const isFree = text.slice(dangling + 1, start).trim() === '';
  return spliced(
    text,
    isFree
      ? [{ start: dangling, end, text: '' }]
      : [
          { start: dangling, end: dangling + 1, text: '' },
          { start, end, text: '' },
        ],
  );
}

/** Where a property begins, together with the comments right above it; one behind a blank line is about more than that. */
function ownStart(tree: TypeScriptTree, property: Syntax, from: number): number {
  let { start } = property;
  for (const comment of [...tree.commentsIn(from, property.start)].reverse()) {
    const between = tree.text.slice(comment.end, start);
    const before = tree.text.slice(lineStart(tree.text, comment.start), comment.start);
    const isAbove = before.trim() === '' && between.split('\n').length <= 2;
    if (!isAbove && between.includes('\n')) break;
    if (between.trim() !== '' || (!isAbove && comment.start < (tree.commaAfter(from) ?? from))) break;
    start = comment.start;
  }
  return start;
}

/** Takes lines out, and a blank one with them where it would be left at an end of its object or beside another. */
function withoutLines(text: string, start: number, end: number): string {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const isFirst = /[{[(]\s*$/.test(before) || /\n[ \t]*\n$/.test(before);
  if (/^\s*[}\])]/.test(after)) return before.replace(/\n\s*\n$/, '\n') + after;
  return before + (isFirst ? after.replace(/^([ \t]*\n)+/, '') : after);
}
