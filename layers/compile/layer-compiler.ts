import { type LayerSource, type Plain, type Unset, unset } from '../layer';
import { Branch, Leaf, type Node } from '../node';
import { describe, type Fault, isMap, keyFault, scalarFault } from '../plain-data';
import type { Problem } from '../problem';

/** A value that depends on the target; a pure function. */
export type TargetFunction = (target: never) => unknown;

/** The place of a function in a compiled layer, numbered in the order of evaluation. */
export class Hole {
  readonly index: number;
  readonly path: readonly string[];

  constructor(index: number, path: readonly string[]) {
    this.index = index;
    this.path = path;
  }
}

/** A map with a function somewhere below it. */
export class OpenBranch {
  readonly children: Readonly<Record<string, Template>>;

  constructor(children: Readonly<Record<string, Template>>) {
    this.children = children;
  }
}

/** A layer, or a part of it, that is a node but for its functions. */
export type Template = Node | Hole | OpenBranch;

/** Turns what an author wrote into nodes, and says what no manifest can hold. */
export class LayerCompiler {
  readonly problems: Problem[] = [];
  readonly functions: { readonly call: TargetFunction; readonly path: readonly string[] }[] = [];

  constructor(
    readonly source: LayerSource,
    readonly target?: string,
    /** Whether the values came out of a function: a function in there would need a second target. */
    readonly evaluated = false,
  ) {}

  layer(values: unknown): Template {
    if (typeof values === 'function') return this.#hole(values as TargetFunction, []);
    if (isMap(values)) return this.#map(values, []);
    this.report('wrong-type', [], 'a layer must be a map of fields', { expected: 'a map, or a function of the target', found: describe(values) });
    return new Branch(emptyChildren(), this.source);
  }

  result(value: unknown, path: readonly string[]): Node | undefined {
    return this.#value(value, path) as Node | undefined;
  }

  report(code: Problem['code'], path: readonly string[], message: string, rest: Partial<Problem> = {}): void {
    this.problems.push({ code, message, file: this.source.file, place: [...this.source.place, ...path], target: this.target, ...rest });
  }

  #value(value: unknown, path: readonly string[]): Template | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'function') return this.#hole(value as TargetFunction, path);
    if (Array.isArray(value)) return hasFunction(value) ? this.#listWithFunctions(value, path) : new Leaf(this.#list(value, path), this.source);
    if (isMap(value)) return this.#map(value, path);
    return new Leaf(this.#scalar(value, path), this.source);
  }

  #hole(call: TargetFunction, path: readonly string[]): Hole | Leaf {
    if (this.evaluated) {
      this.report('not-plain-data', path, 'a function of the target returned a function', { expected: 'plain data', found: 'a function' });
      return new Leaf(null, this.source);
    }
    this.functions.push({ call, path });
    return new Hole(this.functions.length - 1, path);
  }

  /** A list is replaced whole, so a list with functions in it is one function. */
  #listWithFunctions(list: readonly unknown[], path: readonly string[]): Hole | Leaf {
    const evaluate = (value: unknown, target: never): unknown => {
      if (typeof value === 'function') return value(target);
      if (Array.isArray(value)) return value.map((item) => evaluate(item, target));
      if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, target)]));
      return value;
    };
    return this.#hole((target) => evaluate(list, target), path);
  }

  #map(map: Readonly<Record<string, unknown>>, path: readonly string[]): Branch | OpenBranch {
    const children = emptyChildren<Template>();
    let open = false;
    for (const [key, value] of Object.entries(map)) {
      if (!this.#isKey(key, path)) continue;
      const child = this.#value(value, [...path, key]);
      if (child === undefined) continue;
      children[key] = child;
      open ||= child instanceof Hole || child instanceof OpenBranch;
    }
    return open ? new OpenBranch(children) : new Branch(children as Record<string, Node>, this.source);
  }

  #isKey(key: string, path: readonly string[]): boolean {
    const fault = keyFault(key);
    if (fault) this.#refuse(fault, path);
    return !fault;
  }

  #list(list: readonly unknown[], path: readonly string[]): readonly Plain[] {
    return Object.freeze(list.map((item, index) => this.#item(item, [...path, String(index)])));
  }

  #item(value: unknown, path: readonly string[]): Plain {
    if (Array.isArray(value)) return this.#list(value, path);
    if (isMap(value)) {
      const plain: Record<string, Plain> = {};
      for (const [key, item] of Object.entries(value)) {
        if (item !== undefined && this.#isKey(key, path)) plain[key] = this.#item(item, [...path, key]);
      }
      return Object.freeze(plain);
    }
    if (value === unset) {
      this.report('not-plain-data', path, '`unset` inside a list', { hint: 'a list is replaced whole: leave the item out' });
      return null;
    }
    return this.#scalar(value, path) as Plain;
  }

  #scalar(value: unknown, path: readonly string[]): Plain | Unset {
    if (value === unset) return unset;
    const fault = scalarFault(value);
    if (!fault) return value as Plain;
    this.#refuse(fault, path);
    return null;
  }

  #refuse({ message, ...rest }: Fault, path: readonly string[]): void {
    this.report('not-plain-data', path, message, rest);
  }
}

/** On an object without prototype. */
export function emptyChildren<T>(): Record<string, T> {
  return Object.create(null);
}

function hasFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return (Array.isArray(value) || isMap(value)) && Object.values(value).some(hasFunction);
}
