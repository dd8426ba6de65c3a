import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { lineEnd } from '../text/lines';
import { endOf, isEmptyScalar, keyOf, startOf, type YamlPair, type YamlTree } from './yaml-tree';

/** A value as it is written in a YAML file. */
export interface YamlText {
  /** From its first character to its last. */
  readonly text: string;
  /** The same on one line, as it may stand between braces. */
  readonly flow: string;
  /** The column of its key, by which its further lines are indented. */
  readonly keyColumn: number;
  /** How many columns behind its key a block list begins. @default - the value begins on its key's line */
  readonly blockIndent?: number;
}

/** A value as it is written. */
export function textOf(tree: YamlTree, { key, value }: YamlPair): YamlText {
  const keyColumn = tree.columnOf(startOf(key));
  const flow = flowText(tree.text, value);
  if (value === null || isEmptyScalar(value)) return { text: 'null', flow, keyColumn };
  const start = startOf(value);
  const isBlockList = isSeq(value) && !value.flow && value.items.length > 0;
  const end = isBlockList ? lineEnd(tree.text, endOf(value, tree.text)) : endOf(value, tree.text);
  const text = tree.text.slice(start, end).trimEnd();
  // What a block scalar keeps of the lines behind it depends on where it stands. A tag stands in front of the range.
  const isFragile = isScalar(value) && (/^[|>]\d*\+/.test(text) || value.tag !== undefined);
  return { text: isFragile ? flow : text, flow, keyColumn, ...(isBlockList ? { blockIndent: tree.columnOf(start) - keyColumn } : {}) };
}

/** A value on one line. */
function flowText(text: string, node: Node | null): string {
  if (isMap(node)) {
    const pairs = (node.items as YamlPair[]).map((pair) => `${flowKey(keyOf(pair) ?? '')}: ${flowText(text, pair.value)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (isSeq(node)) return `[${node.items.map((item) => flowText(text, item as Node | null)).join(', ')}]`;
  if (node === null || isEmptyScalar(node) || !isScalar(node)) return 'null';
  const own = text.slice(startOf(node), node.range?.[1]).trimEnd();
  const isOneLine = !own.includes('\n') && (node.type !== 'PLAIN' || !/[[\]{},]|:$/.test(own)) && !node.type?.startsWith('BLOCK');
  return isOneLine && (node.tag === undefined || typeof node.value !== 'string') ? own : JSON.stringify(node.value);
}

function flowKey(key: string): string {
  return /^[A-Za-z_/][\w./-]*$/.test(key) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(key) ? key : JSON.stringify(key);
}

/** What stands behind a key and its colon: ` value`, or lines below it. */
export function behindKey({ text, keyColumn, blockIndent }: YamlText, column: number): string {
  const shift = column - keyColumn;
  const [first = '', ...others] = text.split('\n');
  const moved = others.map((line) =>
    line === '' ? '' : shift >= 0 ? ' '.repeat(shift) + line : line.slice(Math.min(-shift, /^ */.exec(line)?.[0].length ?? 0)),
  );
  const lines = [first, ...moved].join('\n');
  return blockIndent === undefined ? ` ${lines}` : `\n${' '.repeat(column + blockIndent)}${lines}`;
}

/** Lines for a path of keys, each level a step deeper; each begins with its line break. */
export function nestedLines(keys: readonly string[], value: YamlText, column: number, step: number): string {
  return keys
    .map((key, index) => {
      const indent = column + step * index;
      const line = `\n${' '.repeat(indent)}${flowKey(key)}:`;
      return index === keys.length - 1 ? line + behindKey(value, indent) : line;
    })
    .join('');
}

/** `{ a: { b: 1 } }` without the outermost braces, for a path of keys. */
export function flowPair(keys: readonly string[], { flow }: YamlText): string {
  const [first = '', ...deeper] = keys;
  return `${flowKey(first)}: ${deeper.reduceRight((inner, key) => `{ ${flowKey(key)}: ${inner} }`, flow)}`;
}
