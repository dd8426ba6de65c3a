import { isMap } from '../../layers/plain-data';

/** What Argo CD, or a cluster, fills in. */
const template = /\{\{[\s\S]*?\}\}/;

/** Whether a text is what another one gives, whatever its templates are filled in with. */
export function fits(text: string, pattern: string): boolean {
  return template.test(pattern) ? filled(pattern).test(text) : text === pattern;
}

/** What the templates of a pattern are filled in with where a text is what it gives, in a form that is equal where that is. */
export function filledIn(text: string, pattern: string): string {
  const [, ...values] = filled(pattern).exec(text) ?? [];
  const templates = pattern.match(new RegExp(template, 'g')) ?? [];
  return JSON.stringify(values.map((value, index) => [templates[index], value]));
}

/** How much of a pattern is not filled in: the more there is, the less fits it. */
export function exactness(pattern: string): number {
  return isPattern(pattern) ? pattern.replace(new RegExp(template, 'g'), '').length : Number.POSITIVE_INFINITY;
}

function filled(pattern: string): RegExp {
  const parts = pattern.split(new RegExp(template, 'g')).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('([\\s\\S]*)')}$`);
}

/** Whether a text has something that is filled in elsewhere. */
export function isPattern(text: string): boolean {
  return template.test(text);
}

/** A field that a running Application has otherwise than it is rendered. */
export interface SpecDifference {
  /** From the spec: `source.targetRevision`; `spec` of what is none. */
  readonly field: string;
  /** @default - it is not there */
  readonly runs?: unknown;
  /** @default - nothing is said of it */
  readonly rendered?: unknown;
}

/** The first of {@link differences}. */
export function firstDifference(live: unknown, rendered: unknown): string | undefined {
  const { value } = differences(live, rendered).next();
  return value?.field;
}

/**
 * The fields in which the spec of a running Application is not what is rendered. What is empty says nothing to Argo CD, which leaves
 * it out, and `project` is `default` where nothing is said. So are `false` and 0, but where they say something.
 */
export function differences(live: unknown, rendered: unknown): Generator<SpecDifference, undefined> {
  return differencesIn(withProject(live), withProject(rendered), []);
}

function withProject(spec: unknown): unknown {
  return isMap(spec) ? { ...spec, project: spec.project || 'default' } : spec;
}

function* differencesIn(live: unknown, rendered: unknown, place: readonly string[]): Generator<SpecDifference, undefined> {
  const different = { field: fieldOf(place), ...(live === undefined ? {} : { runs: live }), ...(rendered === undefined ? {} : { rendered }) };
  if (typeof rendered === 'string' && isPattern(rendered)) {
    // What is filled in may be read as a number, or be empty.
    if (typeof (live ?? '') === 'object' || !fits(String(live ?? ''), rendered)) yield different;
    return;
  }
  if (!isStrict(place)) {
    if (isMap(live) && rendered === undefined) return yield* differencesIn(live, {}, place);
    if (live === undefined && isMap(rendered)) return yield* differencesIn({}, rendered, place);
    if (!isMap(live) && !isMap(rendered) && isEmpty(live) && (isEmpty(rendered) || (isOff(rendered) && !isTold(place)))) return;
  }
  if (Array.isArray(live) && Array.isArray(rendered)) {
    if (live.length !== rendered.length) yield different;
    else for (const [index, one] of live.entries()) yield* differencesIn(one, rendered[index], [...place, String(index)]);
    return;
  }
  if (isMap(live) && isMap(rendered)) {
    // A key that is filled in is no key that can be looked up.
    if (Object.keys(rendered).some(isPattern)) return;
    const keys = [...new Set([...Object.keys(rendered), ...Object.keys(live)])].sort();
    for (const key of keys) yield* differencesIn(live[key], rendered[key], [...place, key]);
    return;
  }
  if (live !== rendered) yield different;
}

export function fieldOf(place: readonly string[]): string {
  return place.length === 0 ? 'spec' : place.join('.');
}

/** To a chart a value that is false, or empty, is one; and `automated: {}` is not nothing. */
function isStrict(place: readonly string[]): boolean {
  return (place.includes('valuesObject') && place.at(-1) !== 'valuesObject') || place.at(-1) === 'automated';
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What Argo CD leaves out, so that a running Application has it only where it tells it from nothing. */
function isOff(value: unknown): boolean {
  return value === false || value === 0;
}

/** What Argo CD tells from nothing, as its API does with pointers: `enabled: false` switches off what is on where nothing is said. */
const told = ['enabled', 'factor', 'revisionHistoryLimit'];

function isTold(place: readonly string[]): boolean {
  return told.includes(place.at(-1) ?? '');
}
