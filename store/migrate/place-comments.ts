import { type Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { CommentBook, YamlComment } from './comment-book';

export type Collection = YAMLMap | YAMLSeq;

/** A pair of a map or an item of a list: what a comment can be about. */
export type Part = Pair | Node;

/** A part in the text. */
interface Slot {
  readonly part: Part;
  readonly start: number;
  /** Behind its value, without what follows on the line. */
  readonly end: number;
  readonly isScalar: boolean;
  readonly collection: Collection;
  /** Where the parts of its collection begin on their lines. */
  readonly column: number;
  /** The part that it is in. */
  readonly outer?: Slot;
}

type Spot = { readonly above: Part } | { readonly behind: Part } | { readonly end: Collection };

/**
 * What each comment of a document is about. Behind something, it is about the part that ends there, else about the one that
 * begins on its line. On a line of its own, it is about the next part, unless it is indented more than that: then it stands
 * at the end of a collection.
 */
export class PlacedComments {
  /** Outer parts before those in them. */
  readonly #slots: readonly Slot[];
  readonly #above = new Map<Part, string[]>();
  readonly #behind = new Map<Part, string[]>();
  readonly #end = new Map<Collection, string[]>();

  constructor(text: string, { contents }: Document, book: CommentBook, numbers: readonly string[]) {
    this.#slots = [...slotsOf(contents, text)];
    if (!isCollection(contents)) return;
    for (const number of numbers) {
      const comment = book.comment(number);
      const spot = (comment.isAlone ? this.#alone(comment) : this.#onLine(comment)) ?? { end: contents };
      if ('above' in spot) add(this.#above, spot.above, number);
      else if ('behind' in spot) add(this.#behind, spot.behind, number);
      else add(this.#end, spot.end, number);
    }
  }

  /** Numbers of the comments above a part. */
  above(part: Part): readonly string[] {
    return this.#above.get(part) ?? [];
  }

  /** Of those behind it, on the line where it ends. */
  behind(part: Part): readonly string[] {
    return this.#behind.get(part) ?? [];
  }

  /** Of those below the last part of a collection. */
  atEnd(collection: Collection): readonly string[] {
    return this.#end.get(collection) ?? [];
  }

  #onLine({ offset, column }: YamlComment): Spot | undefined {
    const lineStart = offset - column;
    const before = this.#slots.filter(({ start }) => start < offset);
    const ended = before.filter(({ end }) => end > lineStart && end <= offset);
    const [first] = ended;
    if (first) return { behind: ended.reduce((last, slot) => (slot.end >= last.end ? slot : last), first).part };
    const begun = before.findLast(({ start }) => start >= lineStart);
    // Between a key and its value on a later line.
    const around = before.findLast(({ end, isScalar }) => isScalar && offset < end);
    const about = begun ?? around ?? this.#next(offset);
    return about && { above: about.part };
  }

  #alone({ offset, column }: YamlComment): Spot | undefined {
    const last = this.#slots.findLast(({ start }) => start < offset);
    const next = this.#next(offset);
    const brackets = this.#bracketsAround(offset);
    if (brackets) return next && next.start < (brackets.range?.[1] ?? 0) ? { above: next.part } : { end: brackets };
    const isDeeper = column > (next?.column ?? -1);
    if (isDeeper && last && !isIn(next, last)) {
      for (let slot: Slot | undefined = last; slot; slot = slot.outer) {
        if (slot.collection.flow === true) continue;
        if (slot === last && slot.column < column && hasNoText(slot.part)) return { above: slot.part };
        if (slot.column <= column && slot.column > (next?.column ?? -1)) return { end: slot.collection };
      }
    }
    return next && { above: next.part };
  }

  #next(offset: number): Slot | undefined {
    return this.#slots.find(({ start }) => start > offset);
  }

  #bracketsAround(offset: number): Collection | undefined {
    const around = this.#slots.flatMap(({ collection, part }) => [collection, ...[nodeOf(part)].filter(isCollection)]);
    return around.findLast(({ flow, range }) => flow === true && range && range[0] < offset && offset < range[1]);
  }
}

function add<K>(map: Map<K, string[]>, key: K, number: string): void {
  map.set(key, [...(map.get(key) ?? []), number]);
}

function* slotsOf(node: unknown, text: string, outer?: Slot): Generator<Slot> {
  if (!isCollection(node)) return;
  const begin = node.range?.[0] ?? 0;
  const column = begin - (text.lastIndexOf('\n', begin - 1) + 1);
  for (const part of node.items as readonly Part[]) {
    const value = nodeOf(part);
    const key = 'key' in part ? (part.key as Node) : (part as Node);
    const start = key.range?.[0] ?? begin;
    const end = value?.range?.[1] ?? key.range?.[1] ?? start;
    const slot: Slot = { part, start, end, isScalar: !isCollection(value), collection: node, column, outer };
    yield slot;
    yield* slotsOf(value, text, slot);
  }
}

function nodeOf(part: Part): Node | null {
  return 'key' in part ? (part.value as Node | null) : part;
}

function isCollection(node: unknown): node is Collection {
  return isMap(node) || isSeq(node);
}

function isIn(slot: Slot | undefined, outer: Slot): boolean {
  return slot !== undefined && (slot.outer === outer || isIn(slot.outer, outer));
}

/** Whether it is a key without a value: what is commented out below it is the value. */
function hasNoText(part: Part): boolean {
  const value = nodeOf(part);
  return value === null || (isScalar(value) && value.source === '');
}
