import { isMap } from '../../layers/plain-data';

/** What Argo CD, or a cluster, fills in. */
const template = /\{\{[\s\S]*?\}\}/;

/** Whether a text is what another one gives, whatever its templates are filled in with. */
export function fits(text: string, pattern: string): boolean {
  if (!template.test(pattern)) return text === pattern;
  const parts = pattern.split(new RegExp(template, 'g')).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`).test(text);
}

/** Whether a text has something that is filled in elsewhere. */
export function isPattern(text: string): boolean {
  return template.test(text);
}

/**
 * The first field in which the spec of a running Application is not what is rendered; `undefined` where it is the same. What is
 * empty says nothing to Argo CD, which leaves it out, and `project` is `default` where nothing is said.
 */
export function firstDifference(live: unknown, rendered: unknown): string | undefined {
  return differenceIn(withProject(live), withProject(rendered), []);
}

function withProject(spec: unknown): unknown {
  return isMap(spec) ? { ...spec, project: spec.project || 'default' } : spec;
}

function differenceIn(live: unknown, rendered: unknown, place: readonly string[]): string | undefined {
  if (typeof rendered === 'string' && isPattern(rendered)) {
    // What is filled in may be read as a number, or be empty.
    return typeof (live ?? '') !== 'object' && fits(String(live ?? ''), rendered) ? undefined : fieldOf(place);
  }
  if (!isStrict(place)) {
    if (isMap(live) && rendered === undefined) return differenceIn(live, {}, place);
    if (live === undefined && isMap(rendered)) return differenceIn({}, rendered, place);
    if (!isMap(live) && !isMap(rendered) && isEmpty(live) && isEmpty(rendered)) return undefined;
  }
  if (Array.isArray(live) && Array.isArray(rendered)) {
    if (live.length !== rendered.length) return fieldOf(place);
    return firstOf(live.map((one, index) => differenceIn(one, rendered[index], [...place, String(index)])));
  }
  if (isMap(live) && isMap(rendered)) {
    // A key that is filled in is no key that can be looked up.
    if (Object.keys(rendered).some(isPattern)) return undefined;
    const keys = [...new Set([...Object.keys(rendered), ...Object.keys(live)])].sort();
    return firstOf(keys.map((key) => differenceIn(live[key], rendered[key], [...place, key])));
  }
  return live === rendered ? undefined : fieldOf(place);
}

function firstOf(found: readonly (string | undefined)[]): string | undefined {
  return found.find((one) => one !== undefined);
}

function fieldOf(place: readonly string[]): string {
  return place.length === 0 ? 'spec' : place.join('.');
}

/** To a chart a value that is false, or empty, is one; and `automated: {}` is not nothing. */
function isStrict(place: readonly string[]): boolean {
  return (place.includes('valuesObject') && place.at(-1) !== 'valuesObject') || place.at(-1) === 'automated';
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0);
}
