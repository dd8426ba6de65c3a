import { type Alias, type Document, isAlias, isCollection, isMap, isNode, isScalar, isSeq, type Node, type Pair, visit, type YAMLMap } from 'yaml';
import type { Plain } from '../../../layers/layer';
import { goNumberKey } from '../../../layers/text/go-scalar';

/** How much aliases may make of a document, counted in scalars, maps and lists. */
const maxNodes = 1_000_000;

const inItself = 'an anchor stands in what it is an anchor of';

/** A value, and how many scalars, maps and lists it is. */
interface Made {
  readonly value: Plain;
  readonly size: number;
}

/** What Go makes of a document that was read: of equal keys the last one wins, whether it is written or merged (`decode.go`, `merge`). */
export class GoDocument {
  readonly value: Plain;
  readonly #anchored = new Map<Alias, Node>();
  readonly #made = new Map<Node, Made>();
  readonly #open = new Set<Node>();
  readonly #filled = new Map<YAMLMap, ReadonlyMap<string, Made>>();
  readonly #filling = new Set<YAMLMap>();

  /** @throws Error where it is what JSON cannot hold */
  constructor(document: Document.Parsed) {
    const anchors = new Map<string, Node>();
    visit(document, {
      Node: (_, node) => {
        const target = isAlias(node) ? anchors.get(node.source) : undefined;
        if (isAlias(node) && target) this.#anchored.set(node, target);
        if (!isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
      },
    });
    this.value = this.#read(document.contents).value;
  }

  #read(written: unknown): Made {
    if (!isNode(written)) return { value: null, size: 1 };
    const node = isAlias(written) ? this.#target(written) : written;
    const known = this.#made.get(node);
    if (known) return known;
    if (this.#open.has(node)) throw new Error(inItself);
    this.#open.add(node);
    const made = this.#make(node);
    this.#open.delete(node);
    if (made.size > maxNodes) throw new Error(`aliases make more than ${maxNodes} values of it`);
    this.#made.set(node, made);
    return made;
  }

  #make(node: Node): Made {
    if (isScalar(node)) return { value: node.value as Plain, size: 1 };
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#read(item));
      return { value: items.map(({ value }) => value), size: sizeOf(items) };
    }
    const entries = isMap(node) ? this.#entries(node) : new Map<string, Made>();
    return { value: Object.fromEntries([...entries].map(([key, { value }]) => [key, value])), size: sizeOf([...entries.values()]) };
  }

  #entries(map: YAMLMap): ReadonlyMap<string, Made> {
    const known = this.#filled.get(map);
    if (known) return known;
    if (this.#filling.has(map)) throw new Error(inItself);
    this.#filling.add(map);
    const entries = new Map<string, Made>();
    for (const pair of map.items) {
      if (isMerge(pair)) for (const source of this.#merged(pair.value)) for (const [key, made] of this.#entries(source)) entries.set(key, made);
      else entries.set(keyOf(isAlias(pair.key) ? this.#target(pair.key) : pair.key), this.#read(pair.value));
    }
    this.#filling.delete(map);
    this.#filled.set(map, entries);
    return entries;
  }

  /** The last one wins: of several maps the first is the last. */
  #merged(written: unknown): readonly YAMLMap[] {
    const target = isAlias(written) ? this.#target(written) : written;
    const sources = isSeq(target) ? target.items.map((item) => (isAlias(item) ? this.#target(item) : item)).reverse() : [target];
    return sources.map((source) => {
      if (!isMap(source)) throw new Error('what is merged is a map, or a list of maps');
      return source;
    });
  }

  #target(alias: Alias): Node {
    const target = this.#anchored.get(alias);
    if (!target) throw new Error(`Unresolved alias '${alias.source}'`);
    return target;
  }
}

function sizeOf(parts: readonly Made[]): number {
  return parts.reduce((sum, { size }) => sum + size, 1);
}

/** Without quotation marks, or where its tag says so. */
function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && (key.type === 'PLAIN' || key.tag === 'tag:yaml.org,2002:merge');
}

function keyOf(key: unknown): string {
  if (!isScalar(key) || isCollection(key) || key.value === null || typeof key.value === 'object') throw new Error('a key is null, a map or a list');
  return typeof key.value === 'number' ? goNumberKey(key.source ?? '', key.value) : String(key.value);
}
