import { cannotEdit, type Editable } from '../text/editable';
import { inLineFeeds, lineEnd, lineStart, spliced } from '../text/lines';
import { tryFindMember } from './object-literal';
import type { Syntax } from './syntax';
import { TypeScriptTree } from './typescript-tree';

/**
 * Removes a property, or an item of a list, with the comments that are about it: those right above, and those behind it on its
 * line. Where it is the only one, its object or list goes too.
 *
 * @returns the file's text
 */
export function removeEntry(source: Editable, place: readonly string[], byHand: string): string {
  return inLineFeeds(source, (unix) => removeFrom(unix, new TypeScriptTree(unix), place, byHand));
}

function removeFrom(source: Editable, tree: TypeScriptTree, place: readonly string[], byHand: string): string {
  const { text } = source;
  const parent = tree.tryFind(place.slice(0, -1), byHand);
  // Items that come from somewhere else are counted, and do not stand there.
  if (parent?.type === 'ArrayExpression') tree.tryFind(place, byHand);
  const properties = entriesOf(parent);
  const entry = parent && tryFindEntry(parent, place[place.length - 1] as string);
  if (!parent || !entry) throw cannotEdit(source, parent?.start ?? tree.exported.start, `'${place.join('.')}' is not written out`, byHand);
  const index = properties.indexOf(entry);
  const previous = properties[index - 1];
  const start = ownStart(tree, entry, previous?.end ?? parent.start + 1);
  const comma = tree.commaAfter(entry.end);
  const end = comma === undefined ? entry.end : comma + 1;
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

/** The properties of an object literal, or the items of a list. */
function entriesOf(node: Syntax | undefined): readonly Syntax[] {
  if (node?.type === 'ArrayExpression') return (node.elements as readonly (Syntax | null)[]).filter((item) => item !== null);
  return (node?.properties ?? []) as readonly Syntax[];
}

function tryFindEntry(parent: Syntax, key: string): Syntax | undefined {
  if (parent.type === 'ArrayExpression') return (parent.elements as readonly (Syntax | null)[])[Number(key)] ?? undefined;
  return parent.type === 'ObjectExpression' ? tryFindMember(parent, key)?.node : undefined;
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
