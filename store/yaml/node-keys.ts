import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { FleetError } from '../../layers/problem';
import { cannotEdit, type Editable } from '../text/editable';
import { inLineFeeds, lineEnd, lineStart, spliced } from '../text/lines';
import { quotedText, stringText } from './scalar-text';
import { setYaml } from './set-yaml';
import { endOf, endOfPair, hasMerge, keyOf, startOf, tryFindPair, type YamlPair, YamlTree } from './yaml-tree';

/** What is said under a key: a text, or a map of texts whose keys are words. */
export type ItemValue = string | { readonly [key: string]: string | undefined };

/** A map that is an item of a list, or a text that stands for one with a name. */
interface Item {
  readonly tree: YamlTree;
  readonly node: Node | null;
  readonly isFlow: boolean;
  readonly refusal: (node: Node | null, message: string) => FleetError;
}

/**
 * Says something of an item of a list: a map, or a name, which becomes a map then. Everything else stays as it is written.
 *
 * @param place  of the item: keys, and numbers of items
 * @param behind keys behind the last of which a new one goes
 * @returns the file's text
 * @throws FleetError where others use what would be edited
 */
export function setItemKey(
  source: Editable,
  place: readonly string[],
  [key, value]: readonly [string, ItemValue],
  behind: readonly string[],
  byHand: string,
): string {
  const flow = flowText(value);
  return inLineFeeds(source, (unix) => {
    const { tree, node, isFlow } = itemAt(unix, place, byHand);
    if (!isScalar(node)) return setYaml(unix, [...place, key], { text: flow, flow, keyColumn: 0 }, byHand, behind);
    const [start, end] = [startOf(node), endOf(node, unix.text)];
    const name = unix.text.slice(start, end);
    const text = isFlow ? `{ name: ${name}, ${key}: ${flow} }` : `name: ${name}\n${' '.repeat(tree.columnOf(start))}${key}: ${flow}`;
    // A comment behind the name stays on its line.
    if (isFlow) return spliced(unix.text, [{ start, end, text }]);
    const [named = '', said = ''] = text.split('\n');
    const stop = lineEnd(unix.text, end);
    return spliced(unix.text, [
      { start, end, text: named },
      { start: stop, end: stop, text: `\n${said}` },
    ]);
  });
}

/** Takes a key out of an item of a list, with the comments right above it; of a map with nothing but a name the name is left. */
export function removeItemKey(source: Editable, place: readonly string[], key: string, byHand: string): string {
  return inLineFeeds(source, (unix) => {
    const { tree, node, isFlow, refusal } = itemAt(unix, place, byHand);
    const pair = isMap(node) && !hasMerge(node) ? tryFindPair(node, key) : undefined;
    if (!pair || !isMap(node)) throw refusal(node, `'${key}' is not written out here`);
    if (pair.value && tree.isShared(pair.value, true)) throw refusal(pair.value, `'${key}' has an anchor that is used elsewhere`);
    const text = isFlow || node.flow ? withoutInFlow(unix.text, node, pair) : withoutLines(unix.text, node, pair, refusal);
    return withNameAlone({ ...unix, text }, place, byHand);
  });
}

function itemAt(source: Editable, place: readonly string[], byHand: string): Item {
  const tree = new YamlTree(source);
  const refusal = (at: Node | null, message: string) => cannotEdit(source, startOf(at), message, byHand);
  let node = tree.root;
  let isFlow = false;
  for (const key of place) {
    isFlow ||= (isMap(node) || isSeq(node)) && node.flow === true;
    const next: Node | null | undefined = isSeq(node) ? (node.items[Number(key)] as Node | null) : isMap(node) ? tryFindPair(node, key)?.value : undefined;
    if (next === undefined) throw refusal(node, `'${key}' is not written out here`);
    node = next;
    if (isAlias(node)) throw refusal(node, 'an alias cannot be edited: others may use its anchor');
    if (node && tree.isShared(node)) throw refusal(node, `what has the anchor '&${node.anchor}' is used elsewhere`);
  }
  return { tree, node, isFlow, refusal };
}

function withoutInFlow(text: string, map: YAMLMap, pair: YamlPair): string {
  const pairs = map.items as YamlPair[];
  const index = pairs.indexOf(pair);
  const [previous, next] = [pairs[index - 1], pairs[index + 1]];
  if (previous) return spliced(text, [{ start: endOfPair(previous, text), end: endOfPair(pair, text), text: '' }]);
  return spliced(text, [{ start: startOf(pair.key), end: next ? startOf(next.key) : endOfPair(pair, text), text: '' }]);
}

function withoutLines(text: string, map: YAMLMap, pair: YamlPair, refusal: Item['refusal']): string {
  const pairs = map.items as YamlPair[];
  const next = pairs[pairs.indexOf(pair) + 1];
  const start = startOf(pair.key);
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() === '') {
    let from = line;
    while (from > 0 && /^\s*#/.test(text.slice(lineStart(text, from - 1), from))) from = lineStart(text, from - 1);
    return text.slice(0, from) + text.slice(lineEnd(text, endOfPair(pair, text)) + 1);
  }
  // It stands behind the dash: what follows it comes there.
  if (!next || text.slice(endOfPair(pair, text), startOf(next.key)).trim() !== '')
    throw refusal(pair.key, `'${keyOf(pair)}' is written in a way that cannot be edited`);
  return spliced(text, [{ start, end: startOf(next.key), text: '' }]);
}

/** Where a map says nothing but its name, its name. */
function withNameAlone(source: Editable, place: readonly string[], byHand: string): string {
  const { node } = itemAt(source, place, byHand);
  const [pair, ...others] = isMap(node) && node.anchor === undefined ? (node.items as YamlPair[]) : [];
  if (!isMap(node) || !pair || others.length > 0 || keyOf(pair) !== 'name' || !isScalar(pair.value)) return source.text;
  const [start, end] = [startOf(node), node.flow ? (node.range?.[1] ?? 0) : endOfPair(pair, source.text)];
  // With a comment, or on several lines, it stays as it is written.
  if (/[#\n]/.test(source.text.slice(start, end))) return source.text;
  return spliced(source.text, [{ start, end, text: source.text.slice(startOf(pair.value), endOf(pair.value, source.text)) }]);
}

/** A text, or a map of texts, on one line as it may stand between braces. */
function flowText(value: ItemValue): string {
  if (typeof value === 'string') return /^[A-Za-z][\w .-]*$/.test(value) ? stringText(value) : quotedText(value);
  const pairs = Object.entries(value).flatMap(([key, text]) => (text === undefined ? [] : [`${key}: ${flowText(text)}`]));
  return `{ ${pairs.join(', ')} }`;
}
