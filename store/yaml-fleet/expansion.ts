import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node } from 'yaml';

/** How many values a file may stand for once its aliases are written out, and how many characters: far more than any file says without them. */
export const maxValues = 250_000;
export const maxCharacters = 10_000_000;

/** What a part of a document stands for. */
interface Size {
  readonly values: number;
  readonly characters: number;
}

const nothing: Size = { values: 0, characters: 0 };

/**
 * The first alias with which a document stands for more than it may: what everybody who reads it on would have to go through.
 * A document without aliases is as long as its file.
 *
 * @param document of which every alias has an anchor before it
 */
export function excessiveAlias(document: Document.Parsed): { readonly source: string; readonly offset: number } | undefined {
  const anchors = new Map<string, Size>();
  let found: { readonly source: string; readonly offset: number } | undefined;
  const sizeOf = (node: unknown): Size => {
    if (isAlias(node)) {
      const size = anchors.get(node.source) ?? nothing;
      total = sum(total, size);
      if (found === undefined && (total.values > maxValues || total.characters > maxCharacters)) found = { source: node.source, offset: node.range?.[0] ?? 0 };
      return size;
    }
    const size = isPair(node)
      ? sum(sizeOf(node.key), sizeOf(node.value))
      : isMap(node) || isSeq(node)
        ? (node.items as readonly unknown[]).reduce<Size>((sizes, item) => sum(sizes, sizeOf(item)), { values: 1, characters: 0 })
        : isScalar(node)
          ? { values: 1, characters: typeof node.value === 'string' ? node.value.length : 0 }
          : nothing;
    const { anchor } = (node ?? {}) as Partial<Node>;
    if (anchor !== undefined) anchors.set(anchor, size);
    return size;
  };
  // What all aliases stand for, one after the other: those in what others stand for were counted where they are written.
  let total = nothing;
  sizeOf(document.contents);
  return found;
}

function sum(one: Size, other: Size): Size {
  return { values: one.values + other.values, characters: one.characters + other.characters };
}
