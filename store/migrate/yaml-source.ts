import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { encodeToken, hasToken } from '../../layers/text/token';
import { ExpressionError } from '../expressions/expression-error';
import { parseTemplate, references } from '../expressions/parse';
import { evaluateTwice } from '../expressions/passes';
import { type Names, toTypeScript } from '../expressions/to-typescript';
import { isBlock } from '../typescript/biome-rules';
import type { Comments, Entry, Source } from '../typescript/source-tree';
import { templateOnLines } from '../typescript/template-lines';
import { readingOf } from '../yaml-fleet/readings';
import type { Collection, Part, PlacedComments } from './place-comments';

/** What could not be said in TypeScript: the keys down to it, and why. */
export interface Refused {
  readonly place: readonly string[];
  readonly text: string;
  readonly reason: string;
}

/** What a file needs to import for its values. */
export interface Uses {
  cluster: boolean;
  unset: boolean;
  target: boolean;
}

/** A map's entry as it is written: its value not yet TypeScript. */
export interface YamlEntry extends Comments {
  readonly key: string;
  readonly value: Node | null;
}

/** Turns the values of one YAML file into TypeScript, with the numbers of their comments. */
export class YamlSource {
  readonly refused: Refused[] = [];
  /** Expressions over other values, which TypeScript has as what they come to now. */
  readonly frozen: { readonly place: readonly string[]; readonly text: string }[] = [];

  constructor(
    readonly document: Document,
    readonly comments: PlacedComments,
    readonly names: Names,
    readonly uses: Uses,
  ) {}

  /** @param place keys from the top of the file */
  value(node: Node | null, place: readonly string[]): Source {
    const found = this.resolve(node);
    if (isMap(found)) {
      const entries = this.entries(found).map(({ key, value, ...comments }): Entry => {
        const at = [...place, key];
        return { ...comments, key: this.#key(key, at), value: this.value(value, at) };
      });
      return { kind: 'map', entries, ...this.end(found) };
    }
    if (isSeq(found)) {
      const items = this.items(found).map(({ value, ...comments }, index) => ({ ...comments, value: this.#item(value, [...place, String(index)]) }));
      return { kind: 'list', items, ...this.end(found) };
    }
    const value = isScalar(found) ? plainValue(found) : null;
    if (value === null) return place.includes('valuesObject') ? { kind: 'value', value } : this.unset();
    return typeof value === 'string' ? this.#text(value, place) : { kind: 'value', value: value as number | boolean };
  }

  /** Data without expressions in it. */
  data(node: Node | null): Source {
    const found = this.resolve(node);
    if (isMap(found)) {
      return { kind: 'map', entries: this.entries(found).map(({ value, ...entry }) => ({ ...entry, value: this.data(value) })), ...this.end(found) };
    }
    if (isSeq(found)) return { kind: 'list', items: this.items(found).map(({ value, ...item }) => ({ ...item, value: this.data(value) })), ...this.end(found) };
    return { kind: 'value', value: isScalar(found) ? (plainValue(found) as string) : null };
  }

  /** The entries of a map, each key once: what `<<` merges in stands where the `<<` stands, unless the map says it itself. */
  entries(map: YAMLMap): readonly YamlEntry[] {
    const entries = new Map<string, YamlEntry>();
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const key = this.keyOf(pair);
      const comments = this.about(pair);
      if (!isMerge(pair)) entries.set(key, { key, value: pair.value, ...comments });
      else for (const [index, entry] of this.#merged(pair.value, entries).entries()) entries.set(entry.key, index === 0 ? below(comments, entry) : entry);
    }
    return [...entries.values()];
  }

  items(seq: YAMLSeq): readonly (Comments & { readonly value: Node | null })[] {
    return (seq.items as Node[]).map((value) => ({ value, ...this.about(value) }));
  }

  /** What the file says above everything else. */
  get head(): readonly string[] {
    const { contents } = this.document;
    const first = isMap(contents) ? contents.items[0] : undefined;
    return first ? this.comments.above(first) : [];
  }

  /** The comments on a part of a collection. */
  about(part: Part): Comments {
    const [before, behind] = [this.comments.above(part), this.comments.behind(part)];
    return { ...(before.length > 0 ? { before } : {}), ...(behind.length > 0 ? { after: behind.join(' ') } : {}) };
  }

  /** The comments at the end of a collection. */
  end(collection: Collection): { readonly end?: readonly string[] } {
    const end = this.comments.atEnd(collection);
    return end.length > 0 ? { end } : {};
  }

  /** The pair of a map with this key. */
  pair(map: unknown, key: string): Pair<Node, Node | null> | undefined {
    return isMap(map) ? (map.items as Pair<Node, Node | null>[]).find((pair) => this.keyOf(pair) === key) : undefined;
  }

  /** A map's key as everybody reads it. */
  keyOf({ key }: Pair): string {
    const found = this.resolve(key as Node);
    return isScalar(found) ? String(found.value) : '';
  }

  resolve(node: Node | null | undefined): Node | null | undefined {
    return isAlias(node) ? (node.resolve(this.document) as Node | undefined) : node;
  }

  /** What `<<` brings that is not there yet; of several maps the first wins. */
  #merged(node: Node | null, known: ReadonlyMap<string, YamlEntry>): readonly YamlEntry[] {
    const found = this.resolve(node);
    const all = isSeq(found) ? (found.items as Node[]).flatMap((item) => this.#entriesOf(item)) : this.#entriesOf(found);
    return all.filter(({ key }, index) => !known.has(key) && all.findIndex((other) => other.key === key) === index);
  }

  #entriesOf(node: Node | null | undefined): readonly YamlEntry[] {
    const found = this.resolve(node);
    return isMap(found) ? this.entries(found) : [];
  }

  #item(node: Node | null, place: readonly string[]): Source {
    const found = this.resolve(node);
    return isScalar(found) && found.value === null ? { kind: 'value', value: null } : this.value(node, place);
  }

  /** `unset`, and its import. */
  unset(): Source {
    this.uses.unset = true;
    return { kind: 'code', text: 'unset' };
  }

  #key(key: string, place: readonly string[]): string {
    if (!key.includes('{{')) return key;
    const { cluster } = this.uses;
    const source = this.#text(key, place);
    if (source.kind === 'value' && typeof source.value === 'string') return source.value;
    this.uses.cluster = cluster;
    this.refused.push({ place, text: key, reason: 'a key that is not the same text everywhere cannot be written as data' });
    return key;
  }

  /** Whether a reference is to a value of some app or file: neither to a dimension nor to what the cluster knows. */
  #isOfOthers(path: readonly string[]): boolean {
    const [first, key] = path;
    const isDimension = first === 'cluster' && key !== undefined && this.names.dimensions.includes(key);
    return !isDimension && this.names.liveToken?.(first === 'cluster' ? path.slice(0, 2) : path) === undefined;
  }

  /** The same of a reference in what the second pass evaluates. */
  #isOfOthersLater(path: readonly string[]): boolean {
    const value = this.names.deploy.value(path);
    return typeof value !== 'string' || !hasToken(value);
  }

  #text(text: string, place: readonly string[]): Source {
    if (!text.includes('{{')) return { kind: 'value', value: text };
    try {
      const template = parseTemplate(text);
      const { text: code, usesTarget, usesCluster, asksLater } = toTypeScript(template, this.names);
      const isFrozen = references(template).some(({ path }) => this.#isOfOthers(path)) || asksLater.some((path) => this.#isOfOthersLater(path));
      if (isFrozen) this.frozen.push({ place, text });
      if (!usesTarget && !usesCluster) {
        const scope = { value: (path: readonly string[]) => this.names.constant(path), token: (key: string) => encodeToken({ key }) };
        return { kind: 'value', value: evaluateTwice(template, scope, this.names.deploy) };
      }
      this.uses.cluster ||= usesCluster;
      if (!usesTarget) return { kind: 'code', text: onLines(code, text) };
      // Below a key that every object has, the compiler does not infer what the function gets.
      const isNamed = place.some((key) => key in {});
      this.uses.target ||= isNamed;
      return { kind: 'code', text: onLines(`(target${isNamed ? ': Target' : ''}) => ${code}`, text) };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.refused.push({ place, text, reason: error.message });
      return { kind: 'value', value: text };
    }
  }
}

/** Code for a text of many lines, on as many. */
function onLines(code: string, text: string): string {
  return isBlock(text) ? templateOnLines(code) : code;
}

/** A scalar as the fleet reads it. */
function plainValue(node: Scalar): unknown {
  if (node.type === 'PLAIN' && node.tag === undefined) return readingOf(node.source ?? '', node.value).boolean ?? node.value;
  return node.value;
}

/** Whether a pair is `<<` without quotes. */
function isMerge({ key }: Pair): boolean {
  if (!isScalar(key) || (key.type !== undefined && key.type !== 'PLAIN')) return false;
  return key.value === '<<' || String(key.value) === 'Symbol(<<)';
}

function below({ before = [], after }: Comments, entry: YamlEntry): YamlEntry {
  const above = [...before, ...(after?.split(' ') ?? []), ...(entry.before ?? [])];
  return above.length > 0 ? { ...entry, before: above } : entry;
}
