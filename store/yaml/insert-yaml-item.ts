import { isAlias, isMap, isScalar, isSeq, type Node, stringify } from 'yaml';
import { cannotEdit, type Editable } from '../text/editable';
import { inLineFeeds, lineEnd, lineStart, spliced } from '../text/lines';
import { endOf, startOf, tryFindPair, YamlTree } from './yaml-tree';

/** A step down: a key of a map, or the item of a list that has a name (a text, or a map that says `name`). */
type Step = string | { readonly name: string };

/**
 * Puts an item into a list of named items; everything else stays as it is written.
 *
 * @param behind the name of the item that it follows. @default - it becomes the first
 * @throws FleetError where others use what would be edited, or nothing can be put there
 */
export function insertYamlItem(source: Editable, place: readonly Step[], item: unknown, behind: string | undefined, byHand: string): string {
  return inLineFeeds(source, (unix) => inserted(unix, place, item, behind, byHand));
}

function inserted(source: Editable, place: readonly Step[], item: unknown, behind: string | undefined, byHand: string): string {
  const { text } = source;
  const tree = new YamlTree(source);
  const refusal = (node: Node | null, message: string) => cannotEdit(source, startOf(node), message, byHand);
  let node = tree.root;
  for (const step of place) {
    node = below(node, step, refusal);
    if (isAlias(node)) throw refusal(node, 'an alias cannot be edited: others may use its anchor');
    if (node && tree.isShared(node)) throw refusal(node, `what has the anchor '&${node.anchor}' is used elsewhere`);
  }
  if (!isSeq(node) || node.items.length === 0) throw refusal(node, 'this is no list with items');
  const index = behind === undefined ? -1 : node.items.findIndex((one) => nameOf(one as Node) === behind);
  const neighbour = node.items[Math.max(index, 0)] as Node;
  if (node.flow) return inFlow(text, item, index, neighbour);
  const column = dashColumn(text, neighbour);
  if (column === undefined) throw refusal(neighbour, 'this list is written in a way that cannot be edited');
  const indent = ' '.repeat(column);
  const lines = `${indent}- ${blockText(item).replaceAll('\n', `\n${indent}  `)}`;
  if (index < 0) {
    const offset = aboveComments(text, lineStart(text, startOf(neighbour)));
    return spliced(text, [{ start: offset, end: offset, text: `${lines}\n` }]);
  }
  const offset = lineEnd(text, endOf(neighbour, text));
  return spliced(text, [{ start: offset, end: offset, text: `\n${lines}` }]);
}

function below(node: Node | null, step: Step, refusal: (node: Node | null, message: string) => Error): Node | null {
  if (typeof step === 'string') {
    const pair = isMap(node) ? tryFindPair(node, step) : undefined;
    if (!pair) throw refusal(node, `'${step}' is not written out here`);
    return pair.value;
  }
  const found = isSeq(node) ? (node.items as Node[]).find((one) => nameOf(one) === step.name) : undefined;
  if (!found) throw refusal(node, `'${step.name}' is not written out here`);
  return found;
}

function nameOf(node: Node): string | undefined {
  const name = isMap(node) ? tryFindPair(node, 'name')?.value : node;
  return isScalar(name) ? String(name.value) : undefined;
}

function inFlow(text: string, item: unknown, index: number, neighbour: Node): string {
  const made = stringify(item, { ...style, collectionStyle: 'flow' }).trimEnd();
  const offset = index < 0 ? startOf(neighbour) : endOf(neighbour, text);
  return spliced(text, [{ start: offset, end: offset, text: index < 0 ? `${made}, ` : `, ${made}` }]);
}

/** The column of the dash in front of an item; `undefined` where something else stands in front of it. */
function dashColumn(text: string, item: Node): number | undefined {
  const before = text.slice(lineStart(text, startOf(item)), startOf(item));
  return /^( *)-[ \t]+$/.exec(before)?.[1]?.length;
}

/** In front of the comments right above a line: they are about what stands there. */
function aboveComments(text: string, line: number): number {
  let at = line;
  while (at > 0 && /^\s*#/.test(text.slice(lineStart(text, at - 1), at))) at = lineStart(text, at - 1);
  return at;
}

const style = { lineWidth: 0, singleQuote: true, compat: 'yaml-1.1', flowCollectionPadding: false } as const;

/** A value in lines; the innermost lists stand on one. */
function blockText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return stringify(item, style).trimEnd();
  return Object.entries(item)
    .map(([key, value]) => {
      if (!Array.isArray(value)) return `${key}: ${stringify(value, style).trimEnd()}`;
      if (value.every((one) => typeof one === 'string')) return `${key}: ${stringify(value, { ...style, collectionStyle: 'flow' }).trimEnd()}`;
      return `${key}:\n${value.map((one) => `  - ${blockText(one).replaceAll('\n', '\n    ')}`).join('\n')}`;
    })
    .join('\n');
}
