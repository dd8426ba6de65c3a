import { isAlias, isMap, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { cannotEdit, type Editable } from '../text/editable';
import { inLineFeeds, lineEnd, lineStart, spliced } from '../text/lines';
import { endOf, endOfPair, hasMerge, startOf, tryFindPair, type YamlPair, YamlTree } from './yaml-tree';

/**
 * Removes what stands under a key, or an item of a list, with the comments right above it. Where it is the only one, its map or
 * list goes too.
 *
 * @param place keys, and numbers of items
 * @returns the file's text; `''` where nothing is left
 * @throws FleetError where others use what would be removed
 */
export function removeYaml(source: Editable, place: readonly string[], byHand: string): string {
  return inLineFeeds(source, (unix) => removed(unix, place, byHand));
}

function removed(source: Editable, place: readonly string[], byHand: string): string {
  if (place.length === 0) return '';
  const tree = new YamlTree(source);
  const key = place[place.length - 1] as string;
  const parent = find(source, tree, place.slice(0, -1), byHand);
  const parts = partsOf(parent);
  const part = parts.find((one) => one.key === key);
  const refusal = (message: string) => cannotEdit(source, startOf(part?.node ?? parent), message, byHand);
  if (!part || (isMap(parent) && hasMerge(parent))) throw refusal(`'${place.join('.')}' is not written out here`);
  if (part.value && (isAlias(part.value) || tree.isShared(part.value, true))) throw refusal(`'${key}' has an anchor, or is an alias: others use it`);
  if (parts.length === 1) return removed(source, place.slice(0, -1), byHand);
  const text = (parent as YAMLMap | YAMLSeq).flow ? withoutInFlow(source.text, parts, part) : withoutLines(source.text, part);
  if (text === undefined) throw refusal(`'${key}' is written in a way that cannot be edited`);
  return text;
}

/** An entry of a map, or an item of a list. */
interface Part {
  readonly key: string;
  readonly node: Node;
  readonly value: Node | null;
  readonly end: (text: string) => number;
}

function partsOf(node: Node | null): readonly Part[] {
  if (isSeq(node)) {
    return (node.items as Node[]).map((item, index) => ({ key: String(index), node: item, value: item, end: (text) => endOf(item, text) }));
  }
  if (!isMap(node)) return [];
  return (node.items as YamlPair[]).map((pair) => ({
    key: String((pair.key as { readonly value?: unknown }).value),
    node: pair.key,
    value: pair.value,
    end: (text) => endOfPair(pair, text),
  }));
}

function find(source: Editable, tree: YamlTree, place: readonly string[], byHand: string): Node | null {
  let node = tree.root;
  for (const key of place) {
    const next: Node | null | undefined = isSeq(node) ? (node.items[Number(key)] as Node | null) : isMap(node) ? tryFindPair(node, key)?.value : undefined;
    if (next === undefined) throw cannotEdit(source, startOf(node), `'${key}' is not written out here`, byHand);
    node = next;
    if (isAlias(node)) throw cannotEdit(source, startOf(node), 'an alias cannot be edited: others may use its anchor', byHand);
    if (node && tree.isShared(node)) throw cannotEdit(source, startOf(node), `what has the anchor '&${node.anchor}' is used elsewhere`, byHand);
  }
  return node;
}

function withoutInFlow(text: string, parts: readonly Part[], part: Part): string {
  const index = parts.indexOf(part);
  const [previous, next] = [parts[index - 1], parts[index + 1]];
  if (previous) return spliced(text, [{ start: previous.end(text), end: part.end(text), text: '' }]);
  return spliced(text, [{ start: startOf(part.node), end: next ? startOf(next.node) : part.end(text), text: '' }]);
}

/** @returns `undefined` where something else stands on its first line */
function withoutLines(text: string, part: Part): string | undefined {
  const line = lineStart(text, startOf(part.node));
  if (!/^\s*(-\s+)?$/.test(text.slice(line, startOf(part.node)))) return undefined;
  // The first entry of a map that is an item stands behind the dash of all of it.
  if (part.node !== part.value && text.slice(line, startOf(part.node)).trim() === '-') return undefined;
  let from = line;
  while (from > 0 && /^\s*#/.test(text.slice(lineStart(text, from - 1), from))) from = lineStart(text, from - 1);
  return text.slice(0, from) + text.slice(lineEnd(text, part.end(text)) + 1);
}
