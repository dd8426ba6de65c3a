import type { CompiledLayer } from './compile/compiled-layer';
import { type Branch, Leaf, type Node } from './node';
import { PathSet } from './path-set';

/** Keys from the top of a layer down to a value. */
export type Field = readonly string[];

/** Where a patch sits, over the targets of its cluster type: what it covers, and what it leaves out. */
export class Coverage {
  readonly #paths: ReadonlySet<string>;
  readonly #set: PathSet;
  readonly #targets: readonly string[];
  #covered: readonly string[] | undefined;

  /**
   * @param paths   where it sits
   * @param targets every complete path where its app is rendered, in sequence
   */
  constructor(paths: Iterable<string>, targets: readonly string[]) {
    this.#paths = new Set(paths);
    this.#set = new PathSet(this.#paths);
    this.#targets = targets;
  }

  /** Whether the patch applies at a target. */
  covers(target: string): boolean {
    return this.placeAt(target) !== undefined;
  }

  /** The most specific path at which it sits above a target: there it has its last word. */
  placeAt(target: string): string | undefined {
    for (let path = target; ; path = path.slice(0, path.lastIndexOf('/'))) {
      if (this.#paths.has(path)) return path;
      if (!path.includes('/')) return undefined;
    }
  }

  /** Whether this patch sits somewhere below a place of another one, so that it may win over it wherever it is the older. */
  isBelow(other: Coverage): boolean {
    for (const path of this.#paths) if (other.#set.above(path) !== undefined) return true;
    return false;
  }

  /** The targets that it covers, in sequence. */
  get covered(): readonly string[] {
    this.#covered ??= this.#targets.filter((target) => this.covers(target));
    return this.#covered;
  }

  /** The targets that it left out on its way: those before the furthest one that it covers. */
  get gaps(): readonly string[] {
    const furthest = this.#targets.findLastIndex((target) => this.covers(target));
    return this.#targets.slice(0, Math.max(0, furthest)).filter((target) => !this.covers(target));
  }

  /**
   * The targets at which this patch, the older one, beats a newer one, because it sits at a more specific path. At one
   * path the newer wins.
   */
  inversions(newer: Coverage): readonly string[] {
    if (!this.isBelow(newer)) return [];
    return this.#targets.filter((target) => {
      const here = this.placeAt(target);
      const there = here === undefined ? undefined : newer.placeAt(target);
      return here !== undefined && there !== undefined && here.length > there.length;
    });
  }
}

/** Every scalar, list and empty map that a layer sets, and every key that it unsets. */
export function fieldsOf(values: Branch): readonly Field[] {
  return [...fieldsBelow(values, [])];
}

function* fieldsBelow(node: Node, path: Field): Generator<Field> {
  const keys = node instanceof Leaf ? [] : Object.keys(node.children).sort();
  if (node instanceof Leaf || (keys.length === 0 && path.length > 0)) yield path;
  else for (const key of keys) yield* fieldsBelow(node.children[key] as Node, [...path, key]);
}

/** What a layer sets at any of these targets: functions of the target may set more at one than at another. */
export function fieldsAmong(layer: CompiledLayer, targets: Iterable<{ readonly path: string }>): readonly Field[] {
  const fields = new Map<string, Field>();
  const seen = new Set<Branch>();
  for (const target of targets) {
    const { values } = layer.at(target);
    if (seen.has(values)) continue;
    seen.add(values);
    for (const field of fieldsOf(values)) fields.set(keyOf(field), field);
  }
  return [...fields.values()];
}

/** Fields that two layers both set: the same, or one below the other. */
export function commonFields(first: readonly Field[], other: readonly Field[]): readonly Field[] {
  const { fields, above } = indexOf(other);
  return first.filter((field) => above.has(keyOf(field)) || field.some((_, index) => fields.has(keyOf(field.slice(0, index + 1)))));
}

/** Fields by their keys as one text, and everything that lies above one. */
interface FieldIndex {
  readonly fields: ReadonlySet<string>;
  readonly above: ReadonlySet<string>;
}

const indexes = new WeakMap<readonly Field[], FieldIndex>();

function indexOf(fields: readonly Field[]): FieldIndex {
  const known = indexes.get(fields);
  if (known) return known;
  const index = { fields: new Set(fields.map(keyOf)), above: new Set(fields.flatMap((field) => field.map((_, length) => keyOf(field.slice(0, length))))) };
  indexes.set(fields, index);
  return index;
}

function keyOf(field: Field): string {
  return field.join('\u0000');
}
