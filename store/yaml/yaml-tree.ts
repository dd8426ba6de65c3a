import { type Alias, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair, visit, type YAMLMap } from 'yaml';
import { cannotEdit, type Editable } from '../text/editable';
import { parseYaml } from './parse-yaml';

export type YamlPair = Pair<Node, Node | null>;

/** A configuration file as a tree. */
export class YamlTree {
  readonly text: string;
  readonly root: Node | null;
  readonly #aliases: Alias[] = [];

  constructor(source: Editable) {
    this.text = source.text;
    const document = parseYaml(source.text);
    const [error] = document.errors;
    if (error) throw cannotEdit(source, error.pos[0], `the file cannot be parsed: ${error.message}`, 'correct it, or edit it by hand');
    this.root = document.contents;
    visit(document, { Alias: (_, alias) => void this.#aliases.push(alias) });
  }

  /** Whether an alias stands for a node, or for something in it, too. */
  isShared(node: Node, isDeep = false): boolean {
    const anchors = new Set<string | undefined>([node.anchor]);
    if (isDeep) visit(node, { Node: (_, { anchor }) => void anchors.add(anchor) });
    const inside = new Set<unknown>();
    if (isDeep) visit(node, { Alias: (_, alias) => void inside.add(alias) });
    return this.#aliases.some((alias) => anchors.has(alias.source) && !inside.has(alias));
  }

  /** The columns by which the file indents its maps. */
  get step(): number {
    const [pair] = isMap(this.root) ? (this.root.items as YamlPair[]).filter(({ value }) => isBlockMap(value)) : [];
    const [inner] = pair ? ((pair.value as YAMLMap).items as YamlPair[]) : [];
    return inner && pair ? this.columnOf(startOf(inner.key)) - this.columnOf(startOf(pair.key)) : 2;
  }

  columnOf(offset: number): number {
    return offset - (this.text.lastIndexOf('\n', offset - 1) + 1);
  }
}

/** The key of a pair as text; `undefined` where it is none. Keys of merges are `<<`. */
export function keyOf({ key }: YamlPair): string | undefined {
  if (!isScalar(key)) return undefined;
  return isMergeKey(key) ? '<<' : String(key.value);
}

function isMergeKey(key: Node): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

export function hasMerge({ items }: YAMLMap): boolean {
  return (items as YamlPair[]).some(({ key }) => isMergeKey(key));
}

export function tryFindPair(map: YAMLMap, key: string): YamlPair | undefined {
  return (map.items as YamlPair[]).find((pair) => !isMergeKey(pair.key) && keyOf(pair) === key);
}

/** No value, `null`, or a map without entries. */
export function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null) || (isMap(node) && node.items.length === 0);
}

export function isBlockMap(node: Node | null): node is YAMLMap {
  return isMap(node) && !node.flow && node.items.length > 0;
}

/** An alias or an anchor somewhere in a value: it means something in its own file only. */
export function tryFindReference(node: Node | null): Node | undefined {
  let found: Node | undefined;
  visit(node as Node, (_, one) => {
    if (isNode(one) && (isAlias(one) || one.anchor !== undefined)) found ??= one;
    if (isPair(one) && isMergeKey(one.key as Node)) found ??= one.key as Node;
  });
  return found;
}

export function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

/** The offset behind the last character of a value, without comments and blank space behind it. */
export function endOf(node: Node | null, text: string): number {
  if (isMap(node) && !node.flow && node.items.length > 0) return endOfPair(node.items[node.items.length - 1] as YamlPair, text);
  const end = node?.range?.[1] ?? 0;
  if (isSeq(node) && !node.flow && node.items.length > 0) {
    const last = node.items[node.items.length - 1] as Node | null;
    // An item without a value ends with its dash.
    return isEmptyScalar(last) || last === null ? text.slice(0, end).trimEnd().length : endOf(last, text);
  }
  return startOf(node) + text.slice(startOf(node), end).trimEnd().length;
}

export function endOfPair({ key, value }: YamlPair, text: string): number {
  if (value && !isEmptyScalar(value)) return endOf(value, text);
  const end = key.range?.[1] ?? 0;
  return /^\s*:/.test(text.slice(end)) ? text.indexOf(':', end) + 1 : end;
}

/** A value that is not written at all. */
export function isEmptyScalar(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.range?.[0] === node.range?.[1]);
}
