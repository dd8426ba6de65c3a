import type { CompiledLayer } from './compile';
import { type Branch, Leaf, type Node } from './node';

/** Keys from the top of a layer down to a value. */
export type Field = readonly string[];

/** Where a patch sits, over the targets of its cluster type: what it covers, and what it leaves out. */
export class Coverage {
  readonly #paths: ReadonlySet<string>;
  readonly #targets: readonly string[];
  #covered: readonly string[] | undefined;

  /**
   * @param paths   where it sits
   * @param targets every complete path where its app is rendered, in sequence
   */
  constructor(paths: Iterable<string>, targets: readonly string[]) {
    this.#paths = new Set(paths);
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
    for (const field of fieldsOf(values)) fields.set(field.join('\u0000'), field);
  }
  return [...fields.values()];
}

/** Fields that two layers both set: the same, or one below the other. */
export function commonFields(first: readonly Field[], other: readonly Field[]): readonly Field[] {
  return first.filter((field) => other.some((one) => startsAlike(field, one)));
}

function startsAlike(first: Field, other: Field): boolean {
  const shared = Math.min(first.length, other.length);
  return first.slice(0, shared).every((key, index) => key === other[index]);
}
