import { Answers, type Change } from './answers';
import { type LayerSource, type Plain, type Unset, unset } from './layer';
import { Branch, Leaf, type Node } from './node';
import { describe, type Fault, isMap, keyFault, scalarFault } from './plain-data';
import { type Problem, ValueError } from './problem';
import { readContent } from './read-content';
import { messageOf, thrownAs } from './thrown';

/** A value that depends on the target; a pure function. */
export type TargetFunction = (target: never) => unknown;

/** The place of a function in a compiled layer, numbered in the order of evaluation. */
class Hole {
  readonly index: number;
  readonly path: readonly string[];

  constructor(index: number, path: readonly string[]) {
    this.index = index;
    this.path = path;
  }
}

/** A map with a function somewhere below it. */
class OpenBranch {
  readonly children: Readonly<Record<string, Template>>;

  constructor(children: Readonly<Record<string, Template>>) {
    this.children = children;
  }
}

type Template = Node | Hole | OpenBranch;

/** A layer at one target: its values, and a key that is equal for targets at which every function gave the same. */
export interface LayerAt {
  readonly key: string;
  readonly values: Branch;
  readonly problems: readonly Problem[];
}

/**
 * One layer, compiled once. Where it holds no function it is the same branch at every target; where it does, only the
 * maps above a function are made anew, once for each distinct set of results.
 */
export class CompiledLayer {
  readonly source: LayerSource;
  /** What is wrong with it wherever it applies. */
  readonly problems: readonly Problem[];
  readonly #template: Template;
  readonly #functions: readonly { readonly call: TargetFunction; readonly path: readonly string[] }[];
  readonly #known = new Map<string, LayerAt>();
  readonly #static: LayerAt | undefined;
  readonly #answers: Answers | undefined;

  /**
   * @param id     unique among the layers of one app: it stands for the layer in keys
   * @param values what the author wrote: maps, lists, scalars, `unset`, and functions of the target, of the whole layer too
   */
  constructor(
    readonly id: string,
    values: unknown,
    source: LayerSource,
  ) {
    const compiler = new Compiler(source);
    this.source = source;
    const { value, faults } = readContent(values);
    for (const { path, code, message, ...rest } of faults) compiler.report(code, path, message, rest);
    this.#template = compiler.layer(value === undefined && faults.length > 0 ? {} : value);
    this.problems = compiler.problems;
    this.#functions = compiler.functions;
    if (this.#functions.length === 0) this.#static = { key: id, values: this.#template as Branch, problems: [] };
    else if (isCode(source)) this.#answers = new Answers();
  }

  /** Whether the layer sets nothing at all, at any target. */
  get isEmpty(): boolean {
    return this.#template instanceof Branch && Object.keys(this.#template.children).length === 0;
  }

  /** Whether functions of a user's code have a say in it. */
  get isCode(): boolean {
    return this.#answers !== undefined;
  }

  /** Whether it says the same at every target. */
  get isStatic(): boolean {
    return this.#static !== undefined;
  }

  /** The layer's values at a target. */
  at(target: { readonly path: string }): LayerAt {
    if (this.#static) return this.#static;
    const results: unknown[] = [];
    let answers = '';
    for (const { call, path } of this.#functions) {
      const result = this.#call(call, path, target);
      results.push(result);
      // What is no plain data is a mistake of this target alone: no other target shares it.
      answers += `\u0000${keyOf(result) ?? `at ${target.path}`}`;
    }
    const change = this.#answers?.change(target.path, answers);
    if (change) return this.#instantiate(`${this.id}\u0000again at ${target.path}`, results, target, change);
    const key = this.id + answers;
    const known = this.#known.get(key);
    if (known) return known;
    // A function whose result differs at every target would fill the memory with layers that nobody asks for again.
    if (this.#known.size >= 512) this.#known.clear();
    const made = this.#instantiate(key, results, target);
    this.#known.set(key, made);
    return made;
  }

  #call(call: TargetFunction, path: readonly string[], target: { readonly path: string }): unknown {
    try {
      const result = call(target as never);
      if (typeof result !== 'object' || result === null) return result;
      const { value, faults } = readContent(result);
      const [fault] = faults;
      return fault ? new Failure([...path, ...fault.path], fault.message, fault) : value;
    } catch (cause) {
      return new Failure(path, messageOf(cause), thrownAs(cause, ValueError)?.problem);
    }
  }

  #instantiate(key: string, results: readonly unknown[], target: { readonly path: string }, change?: Change): LayerAt {
    const compiler = new Compiler(this.source, target.path, true);
    if (change) {
      compiler.report('impure-function', this.#functions[change.index ?? 0]?.path ?? [], 'a function of the target gave two answers for one target', {
        expected: 'the same answer for the same target, whenever it is asked',
        ...(change.found === undefined ? {} : { found: change.found }),
        hint: 'no clock, no randomness, no counter: a value follows from the target alone',
      });
    }
    const fill = (template: Template): Node | undefined => {
      if (template instanceof Hole) {
        const result = results[template.index];
        if (!(result instanceof Failure)) return compiler.result(result, template.path);
        if (result.problem) {
          const { code, expected, found, hint } = result.problem;
          compiler.report(code, result.path, result.message, { expected, found, hint });
        } else {
          compiler.report('layer-throws', result.path, `a function of the target threw: ${result.message}`, {
            hint: 'a value may be any pure function of the target, for every target that the layer covers',
          });
        }
        return undefined;
      }
      if (!(template instanceof OpenBranch)) return template;
      const children = emptyChildren<Node>();
      for (const [name, child] of Object.entries(template.children)) {
        const filled = fill(child);
        if (filled) children[name] = filled;
      }
      return new Branch(children, this.source);
    };
    const filled = fill(this.#template);
    const values = filled instanceof Branch ? filled : new Branch(emptyChildren(), this.source);
    if (filled && !(filled instanceof Branch)) {
      compiler.report('wrong-type', [], 'a layer must be a map of fields', { expected: 'a map', found: describe(results[0]) });
    }
    return { key, values, problems: compiler.problems };
  }
}

/**
 * Whether functions of a layer are a user's. Expressions of a YAML fleet are functions of our own; and what the tool
 * generates learns while a fleet is rendered what its apps use, and says more the second time.
 */
function isCode({ kind, file }: LayerSource): boolean {
  return kind !== 'generated' && !file?.endsWith('.yaml');
}

/** What a function of the target left behind instead of a value. */
class Failure {
  constructor(
    readonly path: readonly string[],
    readonly message: string,
    /** Where the function itself could tell what is wrong. */
    readonly problem?: ValueError['problem'],
  ) {}
}

/** Equal for results that compile to the same, and only for those; `undefined` where a result is no plain data. */
function keyOf(result: unknown): string | undefined {
  if (result === undefined) return 'undefined';
  if (result === unset) return 'unset';
  if (result === null || typeof result === 'boolean' || typeof result === 'string') return JSON.stringify(result);
  if (typeof result === 'number') return Number.isFinite(result) ? (Object.is(result, -0) ? '-0' : String(result)) : undefined;
  if (result instanceof Failure) return `threw ${JSON.stringify(result.message)}`;
  if (Array.isArray(result)) {
    const items = result.map((item) => (item === undefined ? undefined : keyOf(item)));
    return items.includes(undefined) ? undefined : `[${items.join()}]`;
  }
  if (!isMap(result)) return undefined;
  const entries = Object.entries(result).map(([key, item]) => [JSON.stringify(key), keyOf(item)] as const);
  return entries.some(([, item]) => item === undefined) ? undefined : `{${entries.map(([key, item]) => `${key}:${item}`).join()}}`;
}

/** Turns what an author wrote into nodes, and says what no manifest can hold. */
class Compiler {
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

function emptyChildren<T>(): Record<string, T> {
  return Object.create(null);
}

function hasFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return (Array.isArray(value) || isMap(value)) && Object.values(value).some(hasFunction);
}
