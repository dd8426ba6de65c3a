import { asConfigured } from '../layers/charts/opened-chart';
import type { Plain } from '../layers/layer';
import { fieldText } from '../layers/record';
import type { Content } from './state';

/** What a manifest or a file of values says: every scalar, every list of scalars and every empty map, by its field. */
export type Fields = ReadonlyMap<string, Plain>;

type PlainMap = { readonly [key: string]: Plain };

/** What Argo CD's own objects say of themselves beside `spec`, where configuration says it. */
const lifted = ['annotations', 'finalizers', 'labels', 'namespace'] as const;

const isLifted = (key: string) => (lifted as readonly string[]).includes(key);

const ofArgoCD = /^argoproj\.io\//;

/** @param above keys that stand before every field. @default - none */
export function fieldsOf(content: Content, above: readonly string[] = []): Fields {
  const fields = new Map<string, Plain>();
  for (const [key, value] of Object.entries(inConfigurationsWords(content))) collect(fields, [...above, key], value);
  return fields;
}

/** An Application, ApplicationSet or AppProject with its fields where configuration has them: `source`, not `spec.source`. */
export function inConfigurationsWords(content: Content): PlainMap {
  // What a generator fills in of a release stands beside the Application that it makes.
  const { apiVersion, kind, metadata, spec, values, ...others } = content;
  if (typeof apiVersion !== 'string' || !ofArgoCD.test(apiVersion) || !isMap(spec) || !isMap(metadata)) return content;
  // Labels and annotations without any are rendered or not; they say nothing.
  const said = Object.fromEntries(Object.entries(metadata).filter(([key, value]) => !(isLifted(key) && isMap(value) && Object.keys(value).length === 0)));
  const own = Object.fromEntries(lifted.flatMap((key) => (said[key] === undefined || key in spec ? [] : [[key, said[key]]])));
  const rest = Object.fromEntries(Object.entries(said).filter(([key]) => !(key in own)));
  return {
    apiVersion,
    ...(kind === undefined ? {} : { kind }),
    ...others,
    ...(isMap(values) ? values : {}),
    metadata: rest,
    ...own,
    ...withValues(asConfigured(spec)),
  };
}

/** A spec whose values say with a null that a chart's default is dropped: those are rendered as a text, in JSON, and are values like any other. */
function withValues(spec: PlainMap): PlainMap {
  const source = isMap(spec.source) ? readValues(spec.source) : spec.source;
  const sources = Array.isArray(spec.sources) ? (spec.sources as readonly Plain[]).map((one) => (isMap(one) ? readValues(one) : one)) : spec.sources;
  return { ...spec, ...(source === undefined ? {} : { source }), ...(sources === undefined ? {} : { sources }) };
}

function readValues(source: PlainMap): PlainMap {
  if (!isMap(source.helm) || typeof source.helm.values !== 'string' || source.helm.valuesObject !== undefined) return source;
  const { values, ...helm } = source.helm;
  const valuesObject = tryJson(values as string);
  return isMap(valuesObject) && holdsNull(valuesObject) ? { ...source, helm: { ...helm, valuesObject } } : source;
}

function tryJson(text: string): Plain | undefined {
  try {
    return text.startsWith('{') ? (JSON.parse(text) as Plain) : undefined;
  } catch {
    return undefined;
  }
}

function holdsNull(value: Plain): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(holdsNull));
}

function collect(fields: Map<string, Plain>, keys: readonly string[], value: Plain): void {
  if (isMap(value) && Object.keys(value).length > 0) {
    for (const [key, child] of Object.entries(value)) collect(fields, [...keys, key], child);
    return;
  }
  if (!Array.isArray(value) || value.length === 0 || !value.every((item) => isMap(item) && Object.keys(item).length > 0)) {
    fields.set(fieldText(keys), value);
    return;
  }
  const names = namesOf(value);
  for (const [index, item] of (value as readonly PlainMap[]).entries()) {
    const { name: _, ...rest } = item;
    const at = names ? { ...rest } : item;
    const key = names ? (names[index] as string) : String(index);
    if (names && Object.keys(at).length === 0) fields.set(fieldText([...keys, key]), {});
    else collect(fields, [...keys, key], at);
  }
  // Maps have no order, and some lists do.
  if (names && names.length > 1) fields.set(fieldText([...keys, orderKey]), names);
}

/**
 * What stands at a field, be it a map or a list with all that is in it.
 *
 * @param content in configuration's words
 * @returns `undefined` where nothing does
 */
export function valueAt(content: Content, keys: readonly string[]): Plain | undefined {
  let value: Plain | undefined = content;
  for (const key of keys) {
    if (Array.isArray(value)) {
      const items: readonly Plain[] = value;
      const index = namesOf(items)?.indexOf(key) ?? (/^\d+$/.test(key) ? Number(key) : -1);
      value = items[index];
    } else if (isMap(value)) value = Object.hasOwn(value, key) ? value[key] : undefined;
    else return undefined;
  }
  return value;
}

/** The maps of a list by their names, or by their indexes where not each has one of its own. */
export function namedItems(list: Plain | undefined): readonly (readonly [name: string, item: PlainMap])[] {
  if (!Array.isArray(list)) return [];
  const names = namesOf(list);
  return (list as readonly Plain[]).flatMap((item, index) => (isMap(item) ? [[names?.[index] ?? String(index), item] as const] : []));
}

/** The key under which the order of a list stands whose items are known by their names. */
export const orderKey = '(order)';

/** What a manifest of Argo CD says that nobody writes: its kind and name, and the order of a list whose items are known by their names. */
export function isUnsaid(field: string): boolean {
  return /^(apiVersion|kind|metadata\..*)$/.test(field) || /\(order\)'?$/.test(field);
}

/** The names of items, where each has one of its own. */
function namesOf(items: readonly Plain[]): readonly string[] | undefined {
  if (!items.every(isMap)) return undefined;
  const names = items.map((item) => (item as PlainMap).name);
  if (!names.every((name): name is string => typeof name === 'string' && name !== orderKey && !/^\d+$/.test(name))) return undefined;
  return new Set(names).size === names.length ? names : undefined;
}

function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
