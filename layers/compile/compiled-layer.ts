import type { LayerSource } from '../layer';
import { Branch, type Node } from '../node';
import { describe } from '../plain-data';
import { type Problem, ValueError } from '../problem';
import { messageOf, thrownAs } from '../thrown';
import { Answers, type Change } from './answers';
import { Failure, resultKey } from './function-result';
import { emptyChildren, Hole, LayerCompiler, OpenBranch, type TargetFunction, type Template } from './layer-compiler';
import { readContent } from './read-content';

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
    const compiler = new LayerCompiler(source);
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
      answers += `\u0000${resultKey(result) ?? `at ${target.path}`}`;
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
    const compiler = new LayerCompiler(this.source, target.path, true);
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

/** Whether functions of a layer are a user's: expressions of a YAML fleet are our own, and so is what the tool generates. */
function isCode({ kind, file }: LayerSource): boolean {
  return kind !== 'generated' && !file?.endsWith('.yaml');
}
