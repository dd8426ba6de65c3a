import type { CompiledLayer } from '../../../layers/compile/compiled-layer';
import { type Field, fieldsOf } from '../../../layers/coverage';
import { layerLabel, type Plain } from '../../../layers/layer';
import { Branch, isUnset, type Node, plainOf, tryFindNode } from '../../../layers/node';
import { describe } from '../../../layers/plain-data';
import type { Problem } from '../../../layers/problem';
import { hasToken } from '../../../layers/text/token';
import type { Model } from '../../resolve/model';
import type { Target } from '../../tree/config/target';
import { debtProblem } from './debt-problem';

/** The dimension whose nodes are expected to be alike. */
const environment = 'environment';

/**
 * Values of base and defaults that are one thing in all of an environment and another in all of another one, by what a function
 * says: nobody who looks for what is special about an environment finds them among its layers. What follows from names of the
 * target, or from the cluster, is none.
 */
export function* undeclaredDifferences({ clusterTypes, facts }: Model): Generator<Problem> {
  if (!facts.dimensions.includes(environment)) return;
  for (const { apps, targets } of clusterTypes) {
    const environments = byEnvironment(targets);
    // Where each environment is one target, nobody can tell what is of the one and what of the other.
    if (environments.size < 2 || [...environments.values()].every(({ length }) => length < 2)) continue;
    const reader = new Reader(facts.dimensions);
    for (const { construct, layers } of apps) {
      for (const layer of layers.everywhere) {
        const { kind, file, place } = layer.source;
        if (layer.isStatic || (kind !== 'base' && kind !== 'defaults')) continue;
        for (const { field, said } of differences(layer, environments, reader)) {
          const key = field.join('.');
          yield debtProblem(construct, 'undeclared-difference', key, {
            message: `'${key}' is another one from environment to environment, and no layer of theirs says so`,
            found: [...said].map(([name, value]) => `${name}: ${value === undefined ? 'not set' : describe(value)}`).join(', '),
            expected: `one value in ${layerLabel(layer.source)}, and an override where it is another one`,
            hint: 'write it as overrides',
            file,
            place: [...place, ...field],
          });
        }
      }
    }
  }
}

function byEnvironment(targets: readonly Target[]): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>();
  for (const target of targets) {
    const name = nameOf(target, environment);
    const known = found.get(name);
    if (known) known.push(target);
    else found.set(name, [target]);
  }
  return found;
}

interface Difference {
  readonly field: Field;
  /** By environment; of the first target. */
  readonly said: ReadonlyMap<string, Plain | undefined>;
}

/** What a layer says of each environment as a whole, and otherwise of another one. */
function differences(layer: CompiledLayer, environments: ReadonlyMap<string, readonly Target[]>, reader: Reader): readonly Difference[] {
  // Two of each tell nearly always that there is nothing to look for: asking all of a large fleet takes its time.
  const samples = [...environments.values()].map((targets) => [targets[0], targets.at(-1)].filter((target): target is Target => target !== undefined));
  const values = samples.flat().map((target) => layer.at(target).values);
  if (new Set(values).size === 1) return [];
  const fields = new Map(values.flatMap((one) => fieldsOf(one).map((field) => [field.join('\u0000'), field] as const)));
  const isOne = (field: Field, targets: readonly Target[]) => new Set(targets.map((target) => reader.text(layer, field, target))).size === 1;
  return [...fields.values()].flatMap((field): readonly Difference[] => {
    if (!samples.every((targets) => isOne(field, targets))) return [];
    const first = samples.map(([target]) => target as Target);
    if (isOne(field, first) || first.some((target) => reader.hasToken(layer, field, target) || reader.isAbove(layer, field, target))) return [];
    if (![...environments.values()].every((targets) => isOne(field, targets))) return [];
    return [{ field, said: new Map(first.map((target) => [nameOf(target, environment), reader.value(layer, field, target)])) }];
  });
}

/** Reads what a layer says of a field at a target. */
class Reader {
  readonly #dimensions: readonly string[];

  constructor(dimensions: readonly string[]) {
    this.#dimensions = dimensions;
  }

  value(layer: CompiledLayer, field: Field, target: Target): Plain | undefined {
    const node: Node | undefined = tryFindNode(layer.at(target).values, field);
    return node === undefined || isUnset(node) ? undefined : (plainOf(node) as Plain);
  }

  /** Whether it is a map somewhere whose own fields are looked at. */
  isAbove(layer: CompiledLayer, field: Field, target: Target): boolean {
    const node = tryFindNode(layer.at(target).values, field);
    return node instanceof Branch && Object.keys(node.children).length > 0;
  }

  hasToken(layer: CompiledLayer, field: Field, target: Target): boolean {
    const text = JSON.stringify(this.value(layer, field, target) ?? null);
    return hasToken(text) || text.includes('{{');
  }

  /** The value with the names of the target taken out; `''` where it is not set. */
  text(layer: CompiledLayer, field: Field, target: Target): string {
    const value = this.value(layer, field, target);
    if (value === undefined) return '';
    const text = JSON.stringify(value);
    const names = this.#dimensions.map((dimension) => nameOf(target, dimension).toLowerCase());
    return text.replace(/"(?:[^"\\]|\\.)*"/g, (part) => withoutNames(part, names));
  }
}

/** Names are written whole, or as the beginning of them: `prod` for `production`. */
function withoutNames(text: string, names: readonly string[]): string {
  let rest = text.toLowerCase();
  for (const name of [...names].sort((a, b) => b.length - a.length)) if (name !== '') rest = rest.replaceAll(name, '·');
  return rest.replace(/[a-z]{3,}/g, (word) => (names.some((name) => name.startsWith(word)) ? '·' : word));
}

function nameOf(target: Target, dimension: string): string {
  return String((target as unknown as Readonly<Record<string, unknown>>)[dimension] ?? '');
}
