import { unset } from '../../layers/layer';
import { describe, isMap } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { typescriptOnly } from '../../layers/shape/yaml-shape';
import { typeScriptName, yamlName } from '../yaml/field-names';
import { type Fate, outcomeOf, quoted, rendered } from './rendered-fields';
import { type At, below, type Values } from './values';
import { type Section, sections } from './yaml-fleet';

/** A layer's fields under the names that they have in TypeScript. */
export function layerFields(layer: unknown, section: Section, at: At, values: Values, problems: Problem[]): Readonly<Record<string, unknown>> {
  if (layer === null || layer === undefined) return {};
  if (!isMap(layer)) {
    problems.push({ ...at, code: 'wrong-type', message: 'a layer must be a map of fields', expected: 'a map', found: describe(layer) });
    return {};
  }
  const kind = sections[section];
  const fates = rendered[section];
  const fields = Object.entries(layer).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    const here = below(at, key);
    if (typescriptOnly.includes(key) && !(kind === 'AppProject' && key === 'description')) {
      const wanted = yamlName(key);
      problems.push({
        ...here,
        code: 'unknown-field',
        message: `${kind} has no field '${key}'`,
        hint: wanted !== key ? `did you mean '${wanted}'?` : key === 'values' ? 'did you mean `source.helm.valuesObject`?' : undefined,
      });
      return [];
    }
    return new AsRendered(values, problems).entry(typeScriptName(key), Object.hasOwn(fates, key) ? fates[key] : undefined, value, here);
  });
  return Object.fromEntries(fields);
}

type FieldEntry = readonly (readonly [string, unknown])[];

/** Fields as the layout's own generator rendered them; whatever it left out is told of. */
class AsRendered {
  constructor(
    readonly values: Values,
    readonly problems: Problem[],
  ) {}

  entry(name: string, fate: Fate | undefined, value: unknown, at: At): FieldEntry {
    const outcome = outcomeOf(fate, value);
    if (outcome === 'kept') return [[name, this.values.convert(value, at)]];
    if (outcome === 'dropped' || outcome === 'removed') {
      this.problems.push({ ...at, code: 'key-unused', severity: 'notice', ...leftOut(fate, at) });
      return outcome === 'removed' ? [[name, unset]] : [];
    }
    const map = value as Readonly<Record<string, unknown>>;
    if (outcome === 'quoted') return [[name, this.values.convert(mapValues(map, quoted), at)]];
    // A key that is an expression is none of the fields.
    if (Object.keys(map).some((key) => key.includes('{{'))) return [[name, this.values.convert(map, at)]];
    const fields = Object.entries(map).flatMap(([key, item]) => this.entry(key, Object.hasOwn(outcome, key) ? outcome[key] : undefined, item, below(at, key)));
    return [[name, Object.fromEntries(fields)]];
  }
}

function leftOut(fate: Fate | undefined, { place }: At): Pick<Problem, 'message' | 'hint'> {
  const [section, , ...fields] = place;
  const field = fields.join('.');
  if (section === 'applicationsets' && field === 'project') {
    return { message: "'project' was never rendered: an ApplicationSet has none", hint: 'did you mean `template.spec.project`?' };
  }
  if (fate !== 'never') return { message: `'${field}' was never rendered where it is empty`, hint: 'it is left out, as it always was' };
  return { message: `'${field}' was never rendered`, hint: 'it is left out, as the generator of such fleets leaves it out; to have it, migrate to TypeScript' };
}

function mapValues(map: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
