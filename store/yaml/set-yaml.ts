import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Editable } from '../text/editable';
import { inLineFeeds, lineEnd, lineStart, spliced } from '../text/lines';
import { SourceEdit } from '../text/source-edit';
import { endOf, endOfPair, hasMerge, isBlockMap, isEmpty, isEmptyScalar, keyOf, startOf, tryFindPair, type YamlPair, YamlTree } from './yaml-tree';
import { behindKey, flowPair, nestedLines, type YamlText } from './yaml-value';

/**
 * Sets a value, making the maps on the way; everything else stays as it is written.
 *
 * @param place  keys, and numbers of items of lists, down to a key
 * @param behind keys behind the last of which a new one goes. @default - it becomes the last
 * @returns the file's text
 * @throws FleetError where others use what would be edited, or nothing can be put there
 */
export function setYaml(source: Editable, place: readonly string[], value: YamlText, byHand: string, behind: readonly string[] = []): string {
  return inLineFeeds(source, (unix) => new YamlEdit(unix, byHand, behind).set(place, value));
}

/** What becomes of a value that is there, or of a map that gets one more. */
interface Change {
  /** Whether it stands between braces or brackets. */
  readonly isFlow: boolean;
  /** The keys that are not there yet, the outermost first. */
  readonly keys: readonly string[];
  readonly value: YamlText;
}

/** A file in which one value becomes another. */
class YamlEdit extends SourceEdit<YamlTree> {
  readonly #behind: readonly string[];

  /** @param source with lines that end in `\n` */
  constructor(source: Editable, byHand: string, behind: readonly string[]) {
    super(source, new YamlTree(source), byHand);
    this.#behind = behind;
  }

  set(place: readonly string[], value: YamlText): string {
    let node = this.tree.root;
    let isFlow = false;
    for (const [depth, key] of place.entries()) {
      const name = depth === 0 ? 'the file' : `'${place.slice(0, depth).join('.')}'`;
      if (isAlias(node)) throw this.refusal(startOf(node), `${name} is an alias and cannot be edited`);
      if (isSeq(node) && isIndex(key, node.items.length)) {
        if (this.tree.isShared(node)) throw this.refusal(startOf(node), `${name} has the anchor '&${node.anchor}', which is used elsewhere`);
        isFlow ||= node.flow === true;
        node = node.items[Number(key)] as Node | null;
        continue;
      }
      if (!isMap(node)) throw this.refusal(startOf(node), `${name} is no map and cannot be edited`);
      if (this.tree.isShared(node)) throw this.refusal(startOf(node), `${name} has the anchor '&${node.anchor}', which is used elsewhere`);
      isFlow ||= node.flow === true;
      const pair = tryFindPair(node, key);
      if (!pair) return this.#insert(node, { isFlow, keys: place.slice(depth), value });
      const isLast = depth === place.length - 1;
      if (isLast || isEmpty(pair.value)) return this.#replace(pair, { isFlow, keys: place.slice(depth + 1), value });
      node = pair.value;
    }
    throw this.refusal(startOf(null), 'the file cannot be edited as a whole');
  }

  #replace(pair: YamlPair, change: Change): string {
    const { text } = this.source;
    const { value } = pair;
    // Merged into a map, an empty one changes nothing.
    if (change.keys.length === 0 && change.value.text === '{}' && isMap(value)) return text;
    const colon = this.#colonOf(pair);
    const isMissing = value === null || (isEmptyScalar(value) && value.anchor === undefined && !(isScalar(value) && value.tag));
    const start = isMissing ? colon : behindComments(text, colon);
    const end = isMissing ? colon : Math.max(start, endOf(value as Node, text));
    return change.isFlow ? this.#replaceInFlow(change, { colon, start, end }) : this.#replaceInBlock(pair, change, { colon, start, end });
  }

  /** The offset behind the colon of a pair. @throws FleetError where its value cannot become another one */
  #colonOf(pair: YamlPair): number {
    const { text } = this.source;
    const { key, value } = pair;
    if (isAlias(value)) throw this.refusal(startOf(value), 'an alias cannot be edited: others may use its anchor');
    if (value && this.tree.isShared(value, true)) throw this.refusal(startOf(value), `'${keyOf(pair)}' has an anchor that is used elsewhere`);
    const keyEnd = key.range?.[1] ?? 0;
    const colon = keyEnd + (/^[ \t]*:/.exec(text.slice(keyEnd))?.[0].length ?? Number.NaN);
    const isExplicit = /\?[ \t]+$/.test(text.slice(lineStart(text, startOf(key)), startOf(key)));
    if (Number.isNaN(colon) || isExplicit) throw this.refusal(startOf(key), `'${keyOf(pair)}' is written in a way that cannot be edited`);
    return colon;
  }

  #replaceInFlow({ keys, value }: Change, { colon, start, end }: Extent): string {
    const written = keys.length === 0 ? value.flow : `{ ${flowPair(keys, value)} }`;
    return spliced(this.source.text, [{ start, end, text: colon === start ? ` ${written}` : written }]);
  }

  #replaceInBlock({ key, value }: YamlPair, change: Change, { colon, start, end: stop }: Extent): string {
    const { text } = this.source;
    const column = this.tree.columnOf(startOf(key));
    const gap = text.slice(colon, start);
    const { step } = this.tree;
    const written = change.keys.length > 0 ? nestedLines(change.keys, change.value, column + step, step) : behindKey(change.value, column);
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
      const kept = comment === '' ? '' : above === '' ? ` ${comment}` : `\n${' '.repeat(column)}${comment}`;
      return spliced(text, [{ start: colon, end, text: above + kept + written }]);
    }
    // A value of several lines has room for a comment above it only.
    const comments = [...gap.split('\n').map((line) => line.trim()), comment].filter((one) => one !== '');
    const top = lineStart(text, startOf(key));
    return spliced(text, [
      { start: top, end: top, text: comments.map((one) => `${' '.repeat(column)}${one}\n`).join('') },
      { start: colon, end, text: written },
    ]);
  }

  #insert(map: YAMLMap, { isFlow, keys, value }: Change): string {
    const { text } = this.source;
    if (hasMerge(map)) throw this.refusal(startOf(map), 'a map with a merge key cannot be edited');
    const [first] = map.items as YamlPair[];
    const pairs = map.items as YamlPair[];
    const last = pairs.findLast((pair) => this.#behind.includes(keyOf(pair) ?? '')) ?? pairs[pairs.length - 1];
    if (isFlow || !first || !last) {
      const [start = 0, end = 0] = map.range ?? [];
      const offset = last ? endOfPair(last, text) : start + 1;
      const inner = last ? '' : text.slice(offset, end - 1);
      const written = last ? `, ${flowPair(keys, value)}` : inner.trim() === '' ? ` ${flowPair(keys, value)} ` : ` ${flowPair(keys, value)}`;
      return spliced(text, [{ start: offset, end: last || inner.trim() !== '' ? offset : end - 1, text: written }]);
    }
    const stop = endOfBlock(text, last);
    return spliced(text, [{ start: stop, end: stop, text: nestedLines(keys, value, this.tree.columnOf(startOf(first.key)), this.tree.step) }]);
  }
}

function isIndex(key: string, length: number): boolean {
  return /^\d+$/.test(key) && Number(key) < length;
}

/** Where a value stands behind its key: between the two may be comments. */
interface Extent {
  readonly colon: number;
  readonly start: number;
  readonly end: number;
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
