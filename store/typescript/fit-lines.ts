import type { Editable } from '../text/editable';
import { indentAt, lineEnd, lineStart, spliced } from '../text/lines';
import { lineWidth, step, textWidth } from './biome-rules';
import { propertyKey } from './literal-text';
import { nodesOf, type Syntax, tryParseExpression } from './syntax';
import { TypeScriptTree } from './typescript-tree';

/** One step of indentation in a file: that of the first member of what it exports. */
export function stepOf({ text, exported }: TypeScriptTree): string {
  const [first] = (exported.properties ?? []) as readonly Syntax[];
  const outer = indentAt(text, exported.start);
  const inner = first && text.slice(exported.start, first.start).includes('\n') ? indentAt(text, first.start) : '';
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : step;
}

/** Code of several lines as if its first line were not indented. */
export function dedented(text: string, { start, end }: Syntax): string {
  const indent = indentAt(text, start);
  return eachLine(text.slice(start, end), (line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
}

/** Code of several lines as it stands in a line that is indented. */
export function indented(code: string, indent: string): string {
  return eachLine(code, (line) => (line === '' ? line : indent + line));
}

/** Changes every line but the first, and but those of template literals: their blank space is text. @param code an expression, or properties */
function eachLine(code: string, change: (line: string) => string): string {
  if (!code.includes('\n')) return code;
  const quoted = code.includes('`') ? templateParts(code) : [];
  let offset = 0;
  return code
    .split('\n')
    .map((line, index) => {
      const start = offset;
      offset += line.length + 1;
      return index === 0 || quoted.some((one) => one.start < start && start <= one.end) ? line : change(line);
    })
    .join('\n');
}

function templateParts(code: string): readonly { readonly start: number; readonly end: number }[] {
  const isExpression = tryParseExpression(code) !== undefined;
  const tree = tryParseExpression(isExpression ? code : `({${code}})`);
  const shift = isExpression ? 0 : 2;
  const parts = tree ? [...nodesOf(tree)].filter(({ type }) => type === 'TemplateElement') : [];
  return parts.map(({ start, end }) => ({ start: start - shift, end: end - shift }));
}

/** `{ source: { targetRevision: 'v1.19.0' } }` for a path of keys; on as many lines as it takes where the code has several. */
export function nestedLiteral(keys: readonly string[], code: string, unit: string): string {
  return keys.reduceRight(
    (inner, key) =>
      inner.includes('\n') ? `{\n${indented(`${unit}${propertyKey(key)}: ${indented(inner, unit)},`, '')}\n}` : `{ ${propertyKey(key)}: ${inner} }`,
    code,
  );
}

/** How many columns the code of a line takes; a comment behind it counts for nothing. */
function codeWidth(tree: TypeScriptTree, start: number, end: number): number {
  const comment = tree.comments.find((one) => one.type === 'CommentLine' && one.start >= start && one.start < end);
  return textWidth(
    tree.text
      .slice(start, comment?.start ?? end)
      .trimEnd()
      .replaceAll('\t', step),
  );
}

/**
 * Breaks the line of an offset where it has become too long, as formatters do: the outermost literal on it first.
 *
 * @returns the text
 */
export function fitted(source: Editable, offset: number): string {
  let { text } = source;
  let at = offset;
  for (;;) {
    const tree = new TypeScriptTree({ ...source, text });
    const start = lineStart(text, at);
    const end = lineEnd(text, at);
    if (codeWidth(tree, start, end) <= lineWidth) return text;
    // What holds the offset, or, where a property begins there, what lies in its value.
    const on = [...nodesOf(tree.exported)].filter((node) => node.start >= start && node.end <= end && at < node.end);
    const open = on.find((node) => partsOf(node).length > 0 && tree.commentsIn(node.start, node.end).length === 0);
    if (!open) return movedBelowKey(text, on);
    const indent = indentAt(text, open.start);
    const deeper = indent + stepOf(tree);
    let made = text[open.start] as string;
    let moved = open.start;
    const places: number[] = [];
    for (const part of partsOf(open)) {
      made += `\n${deeper}`;
      places.push(open.start + made.length);
      if (part.start <= at && at < part.end) moved = open.start + made.length + (at - part.start);
      made += `${text.slice(part.start, part.end)},`;
    }
    text = spliced(text, [{ start: open.start, end: open.end, text: `${made}\n${indent}${text[open.end - 1]}` }]);
    // Lines of a value that is new as a whole are fitted one by one, the last first: so the places of the others stay.
    if (at < open.start) return places.reduceRight((fit, place) => fitted({ ...source, text: fit }, place), text);
    at = moved;
  }
}

/** The literals around a value that stand on one line, the outermost first. */
export function oneLinersAround(tree: TypeScriptTree, { start, end }: Syntax): readonly Syntax[] {
  return [...nodesOf(tree.exported)].filter(
    (node) => node.start < start && node.end > end && partsOf(node).length > 0 && !tree.text.slice(node.start, node.end).includes('\n'),
  );
}

/**
 * Puts the parts of literals on lines of their own.
 *
 * @param around each within the one before it
 * @param inner  what takes the place of a value in the last of them, which is on a line of this indentation
 */
export function opened(tree: TypeScriptTree, [outer, ...around]: readonly Syntax[], value: Syntax, indent: string, inner: (indent: string) => string): string {
  if (!outer) return inner(indent);
  const { text } = tree;
  const deeper = indent + stepOf(tree);
  const next = around[0] ?? value;
  const parts = partsOf(outer).map((part) => {
    if (next.start < part.start || next.end > part.end) return text.slice(part.start, part.end);
    return text.slice(part.start, next.start) + opened(tree, around, value, deeper, inner) + text.slice(next.end, part.end);
  });
  return `${text[outer.start]}\n${parts.map((part) => `${deeper}${part},\n`).join('')}${indent}${text[outer.end - 1]}`;
}

/** The members or items of a literal that can be put on lines of their own. */
function partsOf(node: Syntax): readonly Syntax[] {
  const parts = node.type === 'ObjectExpression' ? node.properties : node.type === 'ArrayExpression' ? node.elements : [];
  return (parts as readonly (Syntax | null)[]).every((part) => part !== null) ? (parts as readonly Syntax[]) : [];
}

/** A string that is too long for the line of its key moves below it. */
function movedBelowKey(text: string, on: readonly Syntax[]): string {
  const property = on.findLast(({ type, value }) => type === 'ObjectProperty' && (value as Syntax).type === 'StringLiteral');
  if (!property) return text;
  const { start } = property.value as Syntax;
  const key = text.slice(property.start, start);
  if (key.trimEnd().length < step.length + 4) return text;
  return spliced(text, [{ start: property.start + key.trimEnd().length, end: start, text: `\n${indentAt(text, property.start)}${step}` }]);
}
