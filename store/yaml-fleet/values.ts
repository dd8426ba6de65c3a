import { unset } from '../../layers/layer';
import { isMap } from '../../layers/plain-data';
import { type Problem, ValueError } from '../../layers/problem';
import { segmentsOf } from '../expressions/evaluate';
import { ExpressionError } from '../expressions/expression-error';
import { needsTarget, parseTemplate, type ReferenceUse, references, type Template } from '../expressions/parse';
import { Deployed, evaluateTwice } from '../expressions/passes';
import type { MergedValues, TargetNames } from './merged-values';

/** Where a value stands. */
export interface At {
  readonly file: string;
  readonly place: readonly string[];
}

/**
 * Turns what YAML files say into what configuration in TypeScript would say: expressions become text, tokens or functions
 * of the target; null becomes `unset`, but in a Helm chart's values, where it means something.
 */
export class Values {
  readonly #merged: MergedValues;
  readonly #problems: Problem[];
  /** The first keys of `.Values.…` that some expression asks for. */
  readonly asked = new Set<string>();

  constructor(merged: MergedValues, problems: Problem[]) {
    this.#merged = merged;
    this.#problems = problems;
  }

  /** @returns `undefined` where nothing is left, which is so in lists only: there nothing can be removed */
  convert(value: unknown, at: At, inList = false): unknown {
    if (typeof value === 'string') return this.#text(value, at);
    if (Array.isArray(value)) return this.#list(value, at);
    if (isMap(value)) return this.#map(value, at, inList);
    return value === null ? this.#null(at, inList) : value;
  }

  /** A list is replaced whole, so there is nothing in it that null could remove. */
  #list(list: readonly unknown[], at: At): readonly unknown[] {
    return list.flatMap((item, index) => {
      const here = below(at, String(index));
      if (item !== null) return [this.convert(item, here, true)];
      if (isInValues(at)) return [null];
      this.#problems.push({ ...here, code: 'null-value', message: 'an item of the list has no value', hint: 'write one, or remove the item' });
      return [];
    });
  }

  #map(map: Readonly<Record<string, unknown>>, at: At, inList: boolean): unknown {
    const entries = Object.keys(map).flatMap((key): readonly (readonly [unknown, unknown])[] => {
      const here = below(at, key);
      const value = this.convert(map[key], here, inList);
      return value === undefined ? [] : [[key.includes('{{') ? this.#text(key, here) : key, value]];
    });
    if (entries.some(([name]) => typeof name === 'function')) {
      // A key that depends on the target makes the whole map do so.
      return (target: TargetNames) => {
        const known = entries.map(([name, value]) => [String(resolved(name, target)), resolved(value, target)] as const);
        const twin = twinIn(known);
        if (twin !== undefined) throw new ValueError(twinMessage(twin), { code: 'expression', hint: twinHint });
        return Object.fromEntries(known);
      };
    }
    const named = entries as readonly (readonly [string, unknown])[];
    const twin = twinIn(named);
    if (twin !== undefined) this.#problems.push({ ...at, code: 'expression', message: twinMessage(twin), hint: twinHint });
    return Object.fromEntries(named);
  }

  #text(text: string, at: At): unknown {
    if (!text.includes('{{')) return text;
    let template: Template;
    try {
      template = parseTemplate(text);
      this.#ask(references(template));
      const isStatic = !needsTarget(template) || references(template).every(({ path }) => this.#merged.isLive(path));
      const deployed = isStatic ? new Deployed(segmentsOf(template, this.#merged.scope(nowhere))) : undefined;
      this.#ask(deployed?.references ?? []);
      if (deployed?.references.every(({ path }) => this.#merged.isLiveAtDeploy(path))) return deployed.evaluate(this.#merged.deployScope(nowhere));
    } catch (error) {
      this.#problems.push({ ...at, ...expressionProblem(error, text) });
      // Without its braces it is no second mistake further on.
      return text.replace(/\{\{|\}\}/g, '');
    }
    return (target: TargetNames) => {
      try {
        return evaluateTwice(template, this.#merged.scope(target), this.#merged.deployScope(target));
      } catch (error) {
        const { message, ...problem } = expressionProblem(error, text);
        throw new ValueError(message, problem);
      }
    };
  }

  #ask(uses: readonly ReferenceUse[]): void {
    for (const { path } of uses) if (path[0] !== undefined) this.asked.add(path[0]);
  }

  #null(at: At, inList: boolean): unknown {
    if (isInValues({ ...at, place: at.place.slice(0, -1) })) return null;
    const key = at.place[at.place.length - 1];
    const effect = inList ? 'it is left out' : 'it removes what a broader layer sets';
    this.#problems.push({ ...at, code: 'null-removes', severity: 'notice', message: `'${key}' has no value: ${effect}` });
    return inList ? undefined : unset;
  }
}

const nowhere = { path: '' };

const twinHint = 'give one of them another name';

function twinMessage(name: string): string {
  return `two keys of the map are '${name}' once they are evaluated`;
}

/** The first name that two entries have. */
function twinIn(entries: readonly (readonly [string, unknown])[]): string | undefined {
  const seen = new Set<string>();
  return entries.find(([name]) => seen.size === seen.add(name).size)?.[0];
}

/** Whether a place is in the values of a Helm chart, where null drops a default of the chart. */
function isInValues({ place }: At): boolean {
  return place.some((key, index) => key === 'valuesObject' && place[index - 1] === 'helm');
}

export function below({ file, place }: At, key: string): At {
  return { file, place: [...place, key] };
}

/** A function of the target, and every one below it, as what it gives there. */
function resolved(value: unknown, target: TargetNames): unknown {
  if (typeof value === 'function') return resolved(value(target), target);
  if (Array.isArray(value)) return value.map((item) => resolved(item, target));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, target)]));
  return value;
}

/** @throws whatever is no mistake in an expression */
function expressionProblem(error: unknown, text: string): Pick<Problem, 'code' | 'message' | 'found' | 'hint'> {
  if (!(error instanceof ExpressionError)) throw error;
  const rest = text.slice(error.offset);
  // The action that is not closed, or what stands where something else was expected.
  const found = (rest.startsWith('{{') ? /^.*/ : /^("(\\.|[^"\\])*"|`[^`]*`|([^\s|()}]|\}(?!\}))+|.)/s).exec(rest)?.[0] ?? '';
  return { code: 'expression', message: error.message, found, hint: error.hint };
}
