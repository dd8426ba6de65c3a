import { isAlias, isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import { cannotEdit, type Editable } from './cannot-edit';
import { inLineFeeds, lineEnd, lineStart, spliced, withLineFeeds } from './line-breaks';
import { behindKey, flowPair, nested, textOf, type YamlText } from './yaml-text';
import {
  endOf,
  endOfPair,
  hasMerge,
  isBlockMap,
  isEmpty,
  isEmptyScalar,
  keyOf,
  startOf,
  tryFindPair,
  tryFindReference,
  type YamlPair,
  YamlTree,
} from './yaml-tree';

/** Every scalar, list and empty map below a place, as it is written. @throws FleetError where it cannot stand anywhere else */
export function yamlLeavesAt(source: Editable, place: readonly string[], byHand: string): readonly (readonly [path: readonly string[], value: YamlText])[] {
  const unix = withLineFeeds(source);
  const tree = new YamlTree(unix);
  let node = tree.root;
  let found: YamlPair | undefined;
  for (const key of place) {
    if (isAlias(node)) throw cannotEdit(unix, startOf(node), 'an alias cannot be moved', byHand);
    found = isMap(node) ? tryFindPair(node, key) : undefined;
    if (!found && isMap(node) && hasMerge(node)) throw cannotEdit(unix, startOf(node), 'a merge key cannot be moved', byHand);
    if (!found) return [];
    node = found.value;
  }
  return found && !isEmpty(found.value) ? [...leavesOf(unix, tree, found, [], byHand)] : [];
}

function* leavesOf(
  source: Editable,
  tree: YamlTree,
  pair: YamlPair,
  path: readonly string[],
  byHand: string,
): Generator<readonly [path: readonly string[], value: YamlText]> {
  const { value } = pair;
  if (isMap(value) && value.items.length > 0) {
    if (hasMerge(value)) throw cannotEdit(source, startOf(value), 'a merge key cannot be moved', byHand);
    for (const inner of value.items as YamlPair[]) yield* leavesOf(source, tree, inner, [...path, keyOf(inner) ?? ''], byHand);
    return;
  }
  const reference = value ? tryFindReference(value) : undefined;
  if (reference) throw cannotEdit(source, startOf(reference), `${isAlias(reference) ? 'an alias' : 'an anchor'} cannot be moved`, byHand);
  if (path.length === 0) throw cannotEdit(source, startOf(value), 'the change is no map', byHand);
  yield [path, textOf(tree, pair)];
}

/**
 * Sets a value, making the maps on the way; everything else stays as it is written.
 *
 * @returns the file's text
 * @throws FleetError where others use what would be edited, or nothing can be put there
 */
export function setYaml(source: Editable, place: readonly string[], value: YamlText, byHand: string): string {
  return inLineFeeds(source, (unix) => setAt(unix, new YamlTree(unix), place, value, byHand));
}

function setAt(source: Editable, tree: YamlTree, place: readonly string[], value: YamlText, byHand: string): string {
  let node = tree.root;
  let isFlow = false;
  for (const [depth, key] of place.entries()) {
    const name = depth === 0 ? 'the file' : `'${place.slice(0, depth).join('.')}'`;
    if (isAlias(node)) throw cannotEdit(source, startOf(node), `${name} is an alias and cannot be edited`, byHand);
    if (!isMap(node)) throw cannotEdit(source, startOf(node), `${name} is no map and cannot be edited`, byHand);
    if (tree.isShared(node)) throw cannotEdit(source, startOf(node), `${name} has the anchor '&${node.anchor}', which is used elsewhere`, byHand);
    isFlow ||= node.flow === true;
    const pair = tryFindPair(node, key);
    if (!pair) return insert(source, tree, node, isFlow, place.slice(depth), value, byHand);
    const isLast = depth === place.length - 1;
    if (isLast || isEmpty(pair.value)) return replace(source, tree, pair, isFlow, place.slice(depth + 1), value, byHand);
    node = pair.value;
  }
  throw cannotEdit(source, 0, 'the file cannot be edited as a whole', byHand);
}

function replace(source: Editable, tree: YamlTree, pair: YamlPair, isFlow: boolean, deeper: readonly string[], made: YamlText, byHand: string): string {
  const { text } = source;
  const { key, value } = pair;
  // Merged into a map, an empty one changes nothing.
  if (deeper.length === 0 && made.text === '{}' && isMap(value)) return text;
  if (isAlias(value)) throw cannotEdit(source, startOf(value), 'an alias cannot be edited: others may use its anchor', byHand);
  if (value && tree.isShared(value, true)) throw cannotEdit(source, startOf(value), `'${keyOf(pair)}' has an anchor that is used elsewhere`, byHand);
  const column = tree.columnOf(startOf(key));
  const keyEnd = key.range?.[1] ?? 0;
  const colon = keyEnd + (/^[ \t]*:/.exec(text.slice(keyEnd))?.[0].length ?? Number.NaN);
  const isExplicit = /\?[ \t]+$/.test(text.slice(lineStart(text, startOf(key)), startOf(key)));
  if (Number.isNaN(colon) || isExplicit) throw cannotEdit(source, startOf(key), `'${keyOf(pair)}' is written in a way that cannot be edited`, byHand);
  const isMissing = value === null || (isEmptyScalar(value) && value.anchor === undefined && !(isScalar(value) && value.tag));
  const start = isMissing ? colon : behindComments(text, colon);
  const stop = isMissing ? colon : Math.max(start, endOf(value as Node, text));
  const gap = text.slice(colon, start);
  if (isFlow) {
    const written = deeper.length === 0 ? made.flow : `{ ${flowPair(deeper, made)} }`;
    return spliced(text, [{ start, end: stop, text: gap === '' ? ` ${written}` : written }]);
  }
  const written = deeper.length > 0 ? nested(deeper, made, column + tree.step, tree.step) : behindKey(made, column);
  // The comment behind the old value, or behind the sign of a block scalar.
  const end = lineEnd(text, stop);
  const header = isScalar(value) && value.type?.startsWith('BLOCK') ? (/^[|>]\S*[ \t]+(#.*)/.exec(text.slice(start))?.[1] ?? '') : '';
  const comment = [header, text.slice(stop, end).trim()].filter((one) => one !== '').join(' ');
  if (!written.includes('\n')) {
    // On the key's line; comments that stood between the two stay behind it.
    const behind = header === '' ? '' : ` ${header}`;
    if (/^[ \t]+$/.test(gap)) return spliced(text, [{ start, end: stop, text: written.slice(1) + behind }]);
    return spliced(text, [{ start: colon, end: stop, text: written + gap.trimEnd() + behind }]);
  }
  if (written.startsWith('\n')) {
    // Below it; a comment stays on the key's line, or above what stands there now.
    const above = gap.includes('\n') ? gap.trimEnd() : '';
    return spliced(text, [
      { start: colon, end, text: above + (comment === '' ? '' : above === '' ? ` ${comment}` : `\n${' '.repeat(column)}${comment}`) + written },
    ]);
  }
  // A value of several lines has room for a comment above it only.
  const comments = [...gap.split('\n').map((line) => line.trim()), comment].filter((one) => one !== '');
  const top = lineStart(text, startOf(key));
  return spliced(text, [
    { start: top, end: top, text: comments.map((one) => `${' '.repeat(column)}${one}\n`).join('') },
    { start: colon, end, text: written },
  ]);
}

function insert(source: Editable, tree: YamlTree, map: YAMLMap, isFlow: boolean, keys: readonly string[], made: YamlText, byHand: string): string {
  const { text } = source;
  if (hasMerge(map)) throw cannotEdit(source, startOf(map), 'a map with a merge key cannot be edited', byHand);
  const [first] = map.items as YamlPair[];
  const last = map.items[map.items.length - 1] as YamlPair | undefined;
  if (isFlow || !first || !last) {
    const [start = 0, end = 0] = map.range ?? [];
    const offset = last ? endOfPair(last, text) : start + 1;
    const inner = text.slice(offset, end - 1);
    const written = last ? `, ${flowPair(keys, made)}` : inner.trim() === '' ? ` ${flowPair(keys, made)} ` : ` ${flowPair(keys, made)}`;
    return spliced(text, [{ start: offset, end: last || inner.trim() !== '' ? offset : end - 1, text: written }]);
  }
  const stop = endOfBlock(text, last);
  return spliced(text, [{ start: stop, end: stop, text: nested(keys, made, tree.columnOf(startOf(first.key)), tree.step) }]);
}

/** The end of the last line of a map's last entry, with the comment behind it. */
function endOfBlock(text: string, last: YamlPair): number {
  const { value } = last;
  const inner = isBlockMap(value) ? (value.items[value.items.length - 1] as YamlPair) : undefined;
  if (inner) return endOfBlock(text, inner);
  // A block scalar may keep the blank lines behind it.
  const isBlock = isScalar(value) && value.type?.startsWith('BLOCK');
  const end = isBlock ? (value.range?.[1] ?? 0) : endOfPair(last, text);
  return text[end - 1] === '\n' ? end - 1 : lineEnd(text, end);
}

/** The offset of a value behind blank space and comments; of its tag or anchor, where it has one. */
function behindComments(text: string, offset: number): number {
  return offset + (/^(\s|#[^\n]*)*/.exec(text.slice(offset))?.[0].length ?? 0);
}
