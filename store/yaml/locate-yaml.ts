import { resolve } from 'node:path';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, type Scalar, visit } from 'yaml';
import { readText } from '../files/read-file';
import type { TextPosition } from '../text/position';
import { yamlName } from './field-names';
import { parseYaml } from './parse-yaml';

/** A position, and the place under the names that the file has for it. */
interface YamlPosition extends TextPosition {
  readonly place: readonly string[];
}

/** Finds places in a YAML file: the deepest key along the place, or what was found there. */
export function yamlLocator(file: string): (place: readonly string[], found: string | undefined) => YamlPosition | undefined {
  const lines = new LineCounter();
  let text: string;
  try {
    text = readText(resolve(file)).replace(/^\uFEFF/, '');
  } catch {
    return () => undefined;
  }
  const document = parseYaml(text, lines);
  return (place, found) => {
    let node: Node | null = document.contents;
    let at: number | undefined;
    const names: string[] = [];
    for (const key of place) {
      const next = child(isAlias(node) ? (node.resolve(document) ?? null) : node, key);
      if (!next) break;
      at = next.at;
      node = next.value;
      names.push(next.name);
    }
    if (at === undefined) return undefined;
    const { line, col } = lines.linePos(textOffset(node, text, found) ?? at);
    return { line, column: col, place: [...names, ...place.slice(names.length)] };
  };
}

function child(node: Node | null, key: string): { readonly at: number; readonly value: Node | null; readonly name: string } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)] as Node | undefined;
    return item?.range ? { at: item.range[0], value: item, name: key } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pairs = node.items as readonly Pair<Node, Node | null>[];
  const pair = pairs.find((one) => nameOf(one) === key) ?? pairs.find((one) => nameOf(one) === yamlName(key));
  return pair?.key.range ? { at: pair.key.range[0], value: pair.value, name: nameOf(pair) ?? key } : undefined;
}

function nameOf({ key }: Pair<Node, Node | null>): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

/** Where in a value's own text something stands, as far as it is written there as it reads. */
function textOffset(node: Node | null, text: string, found: string | undefined): number | undefined {
  if (node === null || found === undefined || found === '') return undefined;
  if (isScalar(node)) return scalarOffset(node, text, found);
  // A mistake in an expression is one of the whole list, or of the whole map whose key it is.
  let offset: number | undefined;
  visit(node, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && scalar.value.includes('{{')) offset = scalarOffset(scalar, text, found);
      return offset === undefined ? undefined : visit.BREAK;
    },
  });
  return offset;
}

function scalarOffset({ range }: Scalar, text: string, found: string): number | undefined {
  if (!range) return undefined;
  const [start, end] = range;
  const written = text.slice(start, end);
  for (let at = written.indexOf(found); at >= 0; at = written.indexOf(found, at + 1)) {
    // `.Values.a` is not what begins in `.Values.ab`.
    if (!/\w$/.test(found) || !/\w/.test(written[at + found.length] ?? '')) return start + at;
  }
  return undefined;
}
