import type { Plain } from '../../layers/layer';
import { compare } from '../../layers/problem';
import type { FleetRecord } from '../../layers/record';
import { fieldKeys } from '../../layers/record';
import { fieldsOf, namedItems, orderKey, valueAt } from '../fields';
import type { Content } from '../state';

/** What is asked of an app: a field of it, or which version of it runs. */
export interface AskedValue {
  /** What a content says. @returns no value where it says nothing */
  of(content: Content): SaidValue;
}

/** A value, and the fields that make it. */
export interface SaidValue {
  readonly value?: Plain;
  /** Each by its keys: those of its leaves where it is a map. */
  readonly fields: readonly (readonly string[])[];
}

/** @param field as `layers/record` writes it */
export function askedField(field: string): AskedValue {
  const keys = fieldKeys(field) ?? [field];
  return { of: (content) => said(valueAt(content, keys), keys) };
}

function said(value: Plain | undefined, keys: readonly string[]): SaidValue {
  if (value === undefined) return { fields: [keys] };
  const last = keys[keys.length - 1] as string;
  const below = [...fieldsOf({ [last]: value }, keys.slice(0, -1)).keys()].map((field) => fieldKeys(field) as readonly string[]);
  return { value: inOrder(value), fields: below.filter((leaf) => leaf[leaf.length - 1] !== orderKey) };
}

/** A value with the keys of its maps in order: files have them in one, and configuration as somebody wrote them. */
function inOrder(value: Plain): Plain {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const entries = Object.entries(value).sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(entries.map(([key, child]) => [key, inOrder(child)]));
}

const revision = 'targetRevision';

/** Where the spec of the Applications stands: of an app itself, and in the template of one that generates them. */
const specs: readonly (readonly string[])[] = [[], ['template', 'spec']];

/**
 * The version of an app: that of its source; of several sources, of each that is a chart, or of all where none is. A component
 * has that of its release.
 */
export function askedVersion(topology: FleetRecord['topology']): AskedValue {
  return {
    of: (content) => {
      if (topology === 'hub-and-spoke' && typeof content.version === 'string') return { value: content.version, fields: [['version']] };
      for (const spec of specs) {
        const single = [...spec, 'source', revision];
        const value = valueAt(content, single);
        if (value !== undefined) return { value, fields: [single] };
        const several = ofSources(content, [...spec, 'sources']);
        if (several) return several;
      }
      return { fields: [['source', revision]] };
    },
  };
}

function ofSources(content: Content, place: readonly string[]): SaidValue | undefined {
  const all = namedItems(valueAt(content, place)).filter(([, source]) => source[revision] !== undefined);
  const charts = all.filter(([, source]) => source.chart !== undefined);
  const shown = charts.length > 0 ? charts : all;
  const [first] = shown;
  if (!first) return undefined;
  const values = Object.fromEntries(shown.map(([name, source]) => [name, source[revision] as Plain]));
  return { value: shown.length === 1 ? first[1][revision] : values, fields: shown.map(([name]) => [...place, name, revision]) };
}
