import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { anyMap, anything, scalarShape, type ValueShape } from '../../layers/charts/value-shape';
import type { GoScalar } from '../../layers/text/go-scalar';
import { isMerge, scalarIn } from '../yaml/go-decoder';
import { failsafe } from '../yaml/go-yaml';
import { commentedKeys, descriptionIn, namedDescriptions } from './comments';

/** How many values one file may show, and how deep. */
const most = 100_000;
const deepest = 100;

/** Keys of numbers that take units as well. */
const quantities = /^(cpu|memory|storage|ephemeral-storage|targetPort|minAvailable|maxUnavailable|maxSurge)$/;

/**
 * What a chart's `values.yaml` shows of its values: a map with keys has these and no others, one without any is open; of
 * scalars the kind is taken; null may be anything, and lists hold anything. Comments above keys describe them.
 *
 * @returns `undefined` where it says nothing
 * @throws Error where it is no map in YAML, or too large
 */
export function valuesShape(text: string): ValueShape | undefined {
  // As Helm reads it.
  const document = parseDocument(text, { ...failsafe, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new Error(`it is no YAML: ${error.message.split('\n')[0]}`);
  const read = (node: Scalar) => scalarIn(node, text, () => undefined);
  if (document.contents === null || (isScalar(document.contents) && read(document.contents).kind === 'null')) return undefined;
  if (!isMap(document.contents)) throw new Error('it is no map');
  const reader = new ValuesReader(namedDescriptions(text), read, (alias) => (isAlias(alias) ? alias.resolve(document) : undefined));
  return reader.of(document.contents, '', 0);
}

class ValuesReader {
  readonly #named: ReadonlyMap<string, string>;
  readonly #read: (node: Scalar) => GoScalar;
  readonly #resolve: (alias: Node) => Node | undefined;
  readonly #open = new Set<Node>();
  #count = 0;

  constructor(named: ReadonlyMap<string, string>, read: (node: Scalar) => GoScalar, resolve: (alias: Node) => Node | undefined) {
    this.#named = named;
    this.#read = read;
    this.#resolve = resolve;
  }

  of(node: unknown, path: string, depth: number): ValueShape {
    this.#count += 1;
    if (this.#count > most || depth > deepest) throw new Error(`it is too large: more than ${most} values, or deeper than ${deepest}`);
    if (isAlias(node)) return this.#aliased(node, path, depth);
    if (isSeq(node)) return { scalars: [], items: anything, ...(node.items.length === 0 ? { default: '[]' } : {}) };
    if (isMap(node)) return this.#map(node, path, depth);
    return scalarOf(isScalar(node) ? this.#read(node).value : null, path.slice(path.lastIndexOf('.') + 1));
  }

  #aliased(alias: Node, path: string, depth: number): ValueShape {
    const node = this.#resolve(alias);
    if (!node || this.#open.has(node)) return anything;
    this.#open.add(node);
    const shape = this.of(node, path, depth + 1);
    this.#open.delete(node);
    return shape;
  }

  #map({ items, commentBefore, comment: after }: YAMLMap, path: string, depth: number): ValueShape {
    const keys = new Map<string, ValueShape>();
    for (const [index, { key, value }] of items.entries()) {
      const name = String(isScalar(key) ? this.#read(key).value : key);
      const at = path === '' ? name : `${path}.${name}`;
      const shape = this.of(value, at, depth + 1);
      if (isMerge(key)) {
        // As Go has it, the one that stands last wins.
        for (const [merged, one] of shape.keys ?? []) keys.set(merged, one);
        continue;
      }
      // What stands above the first key is said of the whole map.
      const above = (isScalar(key) ? key.commentBefore : undefined) ?? (index === 0 && path !== '' ? commentBefore : undefined);
      const beside = isScalar(value) ? value.comment : undefined;
      const description = this.#named.get(at) ?? descriptionIn(above) ?? descriptionIn(beside);
      keys.set(name, description === undefined ? shape : { ...shape, description });
    }
    if (keys.size === 0) return { ...anyMap, default: '{}' };
    const comments = [commentBefore, after, ...items.map(({ key }) => (isScalar(key) ? key.commentBefore : undefined))];
    // Where nothing but comments is, they are examples.
    for (const [key, description] of commentedKeys(comments)) {
      if (!keys.has(key)) keys.set(key, description === undefined ? anything : { ...anything, description });
    }
    return { scalars: [], keys };
  }
}

function scalarOf(value: unknown, key: string): ValueShape {
  if (value === null || value === undefined) return anything;
  const said = JSON.stringify(value);
  if (typeof value === 'boolean') return { ...scalarShape('boolean'), default: said };
  if (typeof value === 'number' || typeof value === 'bigint') {
    return { ...(quantities.test(key) ? scalarShape('number', 'string') : scalarShape('number')), default: String(value) };
  }
  if (typeof value !== 'string') return scalarShape('string');
  return { ...(quantities.test(key) ? scalarShape('number', 'string') : scalarShape('string')), default: said };
}
