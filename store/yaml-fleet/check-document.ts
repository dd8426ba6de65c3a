import { type Alias, type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node, type Pair, Scalar, visit } from 'yaml';
import { describe, scalarFault, wellFormed } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { withoutPrivate } from '../../layers/text/token';
import { readingOf } from './readings';

/** Tells of what is wrong at a place in the text. */
export type Report = (offset: number, problem: Omit<Problem, 'file' | 'line' | 'column'>) => void;

/** Finds what is YAML and yet cannot be taken as it is written, and makes a boolean of YAML 1.1 one. */
export function checkDocument(document: Document.Parsed, report: Report): void {
  const anchors = new Map<string, Node>();
  const names = new WeakMap<object, Set<string>>();
  visit(document, (key, node, path) => {
    if (isAlias(node)) checkAlias(node, anchors, path, report);
    if (isNode(node) && !isAlias(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
    if (isScalar(node)) checkText(node, path[path.length - 1], report);
    if (isScalar(node) && key !== 'key') checkReading(node, report);
    if (!isPair(node)) return;
    const pair = node as Pair<Node | null, Node | null>;
    if (isMerge(pair)) checkMerge(pair, anchors, report);
    else checkKey(pair, anchors, report);
    const map = path[path.length - 1] as object;
    const known = names.get(map) ?? new Set();
    names.set(map, known);
    checkTwin(pair, known, anchors, report);
  });
}

/** Whatever the program marks with private characters, a file cannot mean it. What is wrong with the text is said once. */
function checkText(node: Scalar, parent: unknown, report: Report): void {
  if (typeof node.value !== 'string') return;
  const offset = (isPair(parent) ? (parent.key as Node | null) : node)?.range?.[0] ?? 0;
  const text = withoutPrivate(node.value);
  if (text !== node.value) {
    report(offset, {
      code: 'token-broken',
      message: 'a text holds characters that stand for values of a cluster inside of the program',
      found: 'characters of U+E0F0 to U+E0F2',
      hint: 'remove them; a value of the cluster is `{{ .Values.cluster.… }}`',
    });
  }
  const fault = scalarFault(text);
  if (fault) report(offset, { code: 'not-plain-data', ...fault, hint: 'write the whole character' });
  node.value = wellFormed(text);
}

type Anchors = ReadonlyMap<string, Node>;

/** What stands behind an alias. */
function meant(node: Node | null, anchors: Anchors): Node | null {
  return isAlias(node) ? (anchors.get(node.source) ?? null) : node;
}

function checkAlias(alias: Alias, anchors: Anchors, path: readonly unknown[], report: Report): void {
  const anchor = anchors.get(alias.source);
  const offset = alias.range?.[0] ?? 0;
  if (!anchor) report(offset, { code: 'yaml-syntax', message: `there is no anchor '&${alias.source}' before the alias '*${alias.source}'` });
  else if (path.includes(anchor)) report(offset, { code: 'yaml-syntax', message: `the alias '*${alias.source}' stands inside of what it stands for` });
}

function isMerge({ key }: Pair<Node | null, Node | null>): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<';
}

/** `<<` takes a map, or a list of maps. */
function checkMerge({ key, value }: Pair<Node | null, Node | null>, anchors: Anchors, report: Report): void {
  const merged = meant(value, anchors);
  const sources = isSeq(merged) ? merged.items.map((item) => meant(item as Node, anchors)) : [merged];
  // An alias without an anchor is reported as such.
  const wrong = sources.find((source) => source !== null && !isMap(source));
  if (!wrong) return;
  const found = isScalar(wrong) ? describe(wrong.value) : 'a list';
  report(key?.range?.[0] ?? 0, { code: 'yaml-syntax', message: '`<<` merges maps only', expected: 'a map, an alias of one, or a list of these', found });
}

/** Makes a boolean of YAML 1.1 one; what cannot be told is a problem. */
function checkReading(node: Scalar, report: Report): void {
  const isNumber = /^tag:yaml\.org,2002:(int|float)$/.test(node.tag ?? '');
  if (!isNumber && (node.type !== Scalar.PLAIN || node.tag !== undefined)) return;
  const source = node.source ?? '';
  const { boolean, doubt } = readingOf(source, node.value);
  if (boolean !== undefined) node.value = boolean;
  if (doubt) {
    report(node.range?.[0] ?? 0, {
      code: 'yaml-reading',
      message: `'${source}' reads differently in YAML 1.1 and 1.2`,
      found: `${doubt.in11} in YAML 1.1, ${doubt.in12} in YAML 1.2`,
      hint: `write '${source}' with quotes for the text${doubt.plain === undefined ? '' : `, or ${doubt.plain} without`}`,
    });
  } else if (typeof node.value === 'number' && Number.isInteger(node.value) && !Number.isSafeInteger(node.value)) {
    report(node.range?.[0] ?? 0, { code: 'not-plain-data', message: 'a number too large to be kept exactly', found: source, hint: 'write it with quotes' });
  }
}

/** Keys are strings, or whole numbers, which every parser turns into the same string. */
function checkKey({ key: written }: Pair<Node | null, Node | null>, anchors: Anchors, report: Report): void {
  const key = meant(written, anchors);
  const offset = written?.range?.[0] ?? 0;
  if (key === null) return;
  if (!isScalar(key)) {
    report(offset, { code: 'yaml-key', message: 'a key must be a string', found: isMap(key) ? 'a map' : 'a list', hint: 'write it with quotes' });
    return;
  }
  if (key.type !== Scalar.PLAIN) return;
  const source = key.source ?? String(key.value);
  const { boolean, doubt } = readingOf(source, key.value);
  const isWhole = typeof key.value === 'number' && String(key.value) === source && Number.isInteger(key.value);
  if (boolean === undefined && !doubt && (typeof key.value === 'string' || isWhole)) return;
  const found = boolean !== undefined ? `the boolean ${boolean}` : doubt ? `${doubt.in11} in YAML 1.1, ${doubt.in12} in YAML 1.2` : describe(key.value);
  const message = source === '' ? 'a key is missing' : `the key '${source}' is not a string`;
  report(offset, { code: 'yaml-key', message, expected: 'a string', found, hint: `write '${source}' with quotes` });
}

/** A number and a string that are written alike are one key of a manifest. */
function checkTwin({ key: written }: Pair<Node | null, Node | null>, known: Set<string>, anchors: Anchors, report: Report): void {
  const key = meant(written, anchors);
  if (!isScalar(key)) return;
  const name = String(key.value);
  if (known.has(name)) {
    report(written?.range?.[0] ?? 0, {
      code: 'yaml-syntax',
      message: `the key '${name}' stands in its map twice`,
      hint: 'remove one of the two: only the last was used so far',
    });
  }
  known.add(name);
}
