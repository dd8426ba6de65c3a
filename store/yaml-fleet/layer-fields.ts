import { describe, isMap } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { type At, below, type Values } from './values';
import { type Section, sections } from './yaml-fleet';

/** Fields that have another name here than in a manifest. */
const renamed: Readonly<Record<string, string>> = { additionalAnnotations: 'annotations', additionalLabels: 'labels' };

/** Fields of configuration in TypeScript that no YAML fleet ever had. */
const foreign: readonly string[] = ['labels', 'annotations', 'values', 'workloads', 'overrides', 'patches', 'kind', 'description', 'owners', 'apps'];

/** A layer's fields under the names that they have in TypeScript. */
export function layerFields(layer: unknown, section: Section, at: At, values: Values, problems: Problem[]): Readonly<Record<string, unknown>> {
  if (layer === null || layer === undefined) return {};
  if (!isMap(layer)) {
    problems.push({ ...at, code: 'wrong-type', message: 'a layer must be a map of fields', expected: 'a map', found: describe(layer) });
    return {};
  }
  const kind = sections[section];
  const fields = Object.entries(layer).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    const here = below(at, key);
    if (kind === 'ApplicationSet' && key === 'project') {
      const message = "'project' was never rendered: an ApplicationSet has none";
      problems.push({ ...here, code: 'key-unused', severity: 'notice', message, hint: 'did you mean `template.spec.project`?' });
      return [];
    }
    if (foreign.includes(key)) {
      const wanted = Object.entries(renamed).find(([, name]) => name === key)?.[0];
      problems.push({
        ...here,
        code: 'unknown-field',
        message: `${kind} has no field '${key}'`,
        hint: wanted ? `did you mean '${wanted}'?` : key === 'values' ? 'did you mean `source.helm.valuesObject`?' : undefined,
      });
      return [];
    }
    return [[renamed[key] ?? key, values.convert(value, here)]];
  });
  return Object.fromEntries(fields);
}
