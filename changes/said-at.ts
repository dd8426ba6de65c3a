import type { Plain } from '../layers/layer';
import { type Fields, fieldsOf } from './fields';

/** The field that says whether an app is rendered: where it is not, there is no manifest to say so. */
const rendered = 'enabled';

/**
 * What stands at a field and below it, as one text to compare.
 *
 * @param fields @default - there is no manifest
 * @returns `undefined` where nothing is set
 */
export function saidAt(fields: Fields | undefined, field: string): string | undefined {
  if (fields === undefined) return undefined;
  if (field === rendered) return 'true';
  const value = fields.get(field);
  if (value !== undefined) return JSON.stringify(value);
  const below = [...fields].filter(([name]) => name.startsWith(`${field}.`));
  return below.length === 0 ? undefined : JSON.stringify(below.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Fields with those of Helm values that travel as a text, because one of them is null: by the names that configuration has for them. */
export function withValuesTexts(fields: Fields): Fields {
  const more = [...fields].flatMap(([field, value]) => (/(^|\.)helm\.values$/.test(field) && typeof value === 'string' ? valuesIn(field, value) : []));
  return more.length === 0 ? fields : new Map([...fields, ...more]);
}

function valuesIn(field: string, text: string): readonly (readonly [string, Plain])[] {
  const values = tryJson(text);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return [];
  return [...fieldsOf(values as { readonly [key: string]: Plain })].map(([below, value]) => [`${field}Object.${below}`, value] as const);
}

/** Such a text is JSON; what somebody wrote may be any YAML, and stands where it was written. */
function tryJson(text: string): Plain | undefined {
  try {
    return JSON.parse(text) as Plain;
  } catch {
    return undefined;
  }
}
