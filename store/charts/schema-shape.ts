import { uniteShapes } from '../../layers/charts/unite-shapes';
import { anything, kindsOf, type ScalarKind, type ValueShape, wordsOn } from '../../layers/charts/value-shape';
import { isMap } from '../../layers/plain-data';

type Schema = Readonly<Record<string, unknown>>;

/** How many schemas one file may hold, references followed, and how deep: far more than any chart has. */
const most = 100_000;
const deepest = 150;

/**
 * What a chart's `values.schema.json` says. What no type can hold (patterns, ranges, conditions) is left to Helm. A reference
 * to another file or an address is never followed: there anything may stand.
 *
 * @throws Error where it is no JSON Schema, or too large
 */
export function schemaShape(text: string): ValueShape {
  let root: unknown;
  try {
    // Some files begin with a mark of their byte order.
    root = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new Error(`it is no JSON: ${(cause as Error).message.replaceAll(/\s+/g, ' ')}`);
  }
  return new SchemaReader(root).shape;
}

class SchemaReader {
  readonly shape: ValueShape;
  readonly #root: unknown;
  readonly #references = new Map<string, ValueShape>();
  readonly #open = new Set<string>();
  #count = 0;

  constructor(root: unknown) {
    this.#root = root;
    this.shape = this.#of(root, '#', 0);
  }

  #step(depth = 0): void {
    this.#count += 1;
    if (this.#count > most || depth > deepest) throw new Error(`it is too large: more than ${most} schemas, or deeper than ${deepest}`);
  }

  #of(schema: unknown, at: string, depth: number): ValueShape {
    this.#step(depth);
    if (schema === true || schema === false) return anything;
    if (!isMap(schema)) throw new Error(`${at} is no schema: expected an object or a boolean`);
    const parts = [this.#own(schema, at, depth)];
    if (typeof schema.$ref === 'string') parts.push(this.#referred(schema.$ref, depth));
    for (const one of this.#list(schema, 'allOf', at)) parts.push(this.#of(one.schema, one.at, depth + 1));
    for (const key of ['anyOf', 'oneOf']) {
      const all = this.#list(schema, key, at).map((one) => this.#of(one.schema, one.at, depth + 1));
      if (all.length > 0) parts.push(uniteShapes(all));
    }
    // Which of them holds depends on other values: keys of both are keys.
    for (const key of ['then', 'else']) if (schema[key] !== undefined) parts.push({ ...this.#of(schema[key], `${at}/${key}`, depth + 1), isClosed: false });
    return { ...parts.reduce((one, other) => this.#both(one, other)), ...this.#words(schema) };
  }

  /** What is both: keys of either are keys, and what only one of them says holds. */
  #both(one: ValueShape, other: ValueShape): ValueShape {
    this.#step();
    if (one === other) return one;
    if (one === anything || (one.isAny && !other.isAny)) return { ...other, ...wordsOn(one), ...wordsOn(other) };
    if (other.isAny) return { ...one, ...wordsOn(other), ...wordsOn(one) };
    const common = one.scalars.filter((kind) => other.scalars.includes(kind));
    const words = one.words && other.words ? one.words.filter((word) => other.words?.includes(word)) : (one.words ?? other.words);
    const shape: { -readonly [K in keyof ValueShape]: ValueShape[K] } = { ...wordsOn(other), ...wordsOn(one), scalars: common, words };
    if (one.keys && other.keys) {
      const keys = new Map(one.keys);
      for (const [key, value] of other.keys) {
        const known = keys.get(key);
        keys.set(key, known ? this.#both(known, value) : value);
      }
      const isOpen = one.rest !== undefined && other.rest !== undefined;
      // One that lists keys and one that lists none: those are what there is.
      const rest = isOpen ? (one.rest?.isAny ? other.rest : one.rest) : (restOf(one) ?? restOf(other));
      Object.assign(shape, { keys, rest, isClosed: one.isClosed === true || other.isClosed === true });
    }
    if (one.items && other.items) shape.items = one.items.isAny ? other.items : one.items;
    return shape;
  }

  #words({ description, title, default: value }: Schema): Pick<ValueShape, 'description' | 'default'> {
    const said = [description, title].find((one) => typeof one === 'string' && one.trim() !== '') as string | undefined;
    // Examples come after what it is for.
    const text = said?.trim().split(/\n\s*\n|\n(?=(?:for )?example\b)/i, 1)[0];
    const isShort = value !== undefined && value !== null && (typeof value !== 'object' || Object.keys(value).length === 0);
    return wordsOn({ scalars: [], description: text, default: isShort ? JSON.stringify(value) : undefined });
  }

  #list(schema: Schema, key: string, at: string): readonly { readonly schema: unknown; readonly at: string }[] {
    const list = schema[key];
    if (list === undefined) return [];
    if (!Array.isArray(list)) throw new Error(`${at}/${key} is no list of schemas`);
    return list.map((one, index) => ({ schema: one, at: `${at}/${key}/${index}` }));
  }

  #map(schema: Schema, key: string, at: string): readonly (readonly [string, unknown])[] {
    const map = schema[key];
    if (map === undefined) return [];
    if (!isMap(map)) throw new Error(`${at}/${key} is no map of schemas`);
    return Object.entries(map);
  }

  #referred(reference: string, depth: number): ValueShape {
    if (!reference.startsWith('#')) return anything;
    const known = this.#references.get(reference);
    if (known) return known;
    // Inside itself anything may stand.
    if (this.#open.has(reference)) return anything;
    const found = this.#find(reference);
    if (found === undefined) throw new Error(`it refers to '${reference}', which it does not have`);
    this.#open.add(reference);
    const shape = this.#of(found, reference, depth + 1);
    this.#open.delete(reference);
    this.#references.set(reference, shape);
    return shape;
  }

  #find(reference: string): unknown {
    if (!/^#(\/|$)/.test(reference)) return findAnchor(this.#root, reference.slice(1));
    let found: unknown = this.#root;
    for (const part of reference.split('/').slice(1)) {
      const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
      const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key);
      if (!isThere) return undefined;
      found = (found as Record<string, unknown>)[key];
    }
    return found;
  }

  /** What a schema says itself, and not by others. */
  #own(schema: Schema, at: string, depth: number): ValueShape {
    const words = wordsIn(schema);
    const types = typesOf(schema, words, at);
    if (types.length === 0) return anything;
    const scalars = kindsOf(types.flatMap((type) => scalarKinds[type] ?? []));
    const own: { -readonly [K in keyof ValueShape]: ValueShape[K] } = { scalars };
    if (words && scalars.length > 0) own.words = words.filter((word) => word !== null) as ValueShape['words'];
    if (types.includes('array')) own.items = this.#items(schema, at, depth);
    if (types.includes('object')) Object.assign(own, this.#object(schema, at, depth));
    return own;
  }

  #items({ items, prefixItems }: Schema, at: string, depth: number): ValueShape {
    const lists = [items, prefixItems].flatMap((one) => (Array.isArray(one) ? one : []));
    const single = items === undefined || Array.isArray(items) ? [] : [items];
    const all = [...single, ...lists].map((one, index) => this.#of(one, `${at}/items/${index}`, depth + 1));
    return all.length === 0 ? anything : uniteShapes(all);
  }

  #object(schema: Schema, at: string, depth: number): Pick<ValueShape, 'keys' | 'rest' | 'isClosed'> {
    const keys = new Map<string, ValueShape>();
    for (const [key, one] of this.#map(schema, 'properties', at)) {
      if (one !== false) keys.set(key, this.#of(one, `${at}/properties/${key}`, depth + 1));
    }
    const others = this.#map(schema, 'patternProperties', at).map(([key, one]) => this.#of(one, `${at}/patternProperties/${key}`, depth + 1));
    const more = schema.additionalProperties ?? schema.unevaluatedProperties;
    const isClosed = more === false;
    if (more !== undefined && !isClosed) others.push(this.#of(more, `${at}/additionalProperties`, depth + 1));
    if (others.length > 0) return { keys, rest: uniteShapes(others), isClosed };
    // Few schemas close their maps in words, and all of them list what there is; one that lists nothing is open.
    return keys.size === 0 && !isClosed ? { keys, rest: anything } : { keys, isClosed };
  }
}

const scalarKinds: Readonly<Record<string, readonly ScalarKind[]>> = {
  string: ['string'],
  number: ['number'],
  integer: ['number'],
  boolean: ['boolean'],
  null: ['null'],
};

const objectWords = ['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties', 'required', 'minProperties', 'maxProperties'];

function typesOf(schema: Schema, words: readonly unknown[] | undefined, at: string): readonly string[] {
  const { type } = schema;
  const said = type === undefined ? [] : Array.isArray(type) ? type : [type];
  const wrong = said.find((one) => typeof one !== 'string' || !(one in scalarKinds || one === 'object' || one === 'array'));
  if (wrong !== undefined) throw new Error(`${at}/type is ${JSON.stringify(wrong)}, which is no type of JSON Schema`);
  if (said.length > 0) return schema.nullable === true ? [...said, 'null'] : said;
  if (words) return words.map((word) => (word === null ? 'null' : typeof word));
  if (['properties', 'patternProperties'].some((key) => key in schema)) return ['object'];
  if (schema.items !== undefined) return ['array'];
  // `required` alone, in an alternative, says nothing of what else there is.
  return objectWords.slice(2, 4).some((key) => key in schema) ? ['object'] : [];
}

/** Few enough to be told one by one. */
function wordsIn({ enum: list, const: only }: Schema): readonly (string | number | boolean | null)[] | undefined {
  const words = only !== undefined ? [only] : Array.isArray(list) ? list : undefined;
  const areScalar = words?.every((word) => word === null || ['string', 'number', 'boolean'].includes(typeof word));
  return words && areScalar && words.length > 0 && words.length <= 100 ? words : undefined;
}

/** What other keys hold, where that is more than that nothing was said of them. */
function restOf({ keys, rest }: ValueShape): ValueShape | undefined {
  return rest && (!rest.isAny || (keys?.size ?? 0) > 0) ? rest : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A schema by its name (`$anchor`, or `$id` in older drafts). */
function findAnchor(root: unknown, name: string): unknown {
  const waiting = [root];
  for (let looked = 0; waiting.length > 0 && looked < most; looked += 1) {
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null) continue;
    const { $anchor, $id } = one as Schema;
    if ($anchor === name || $id === `#${name}`) return one;
    waiting.push(...Object.values(one));
  }
  return undefined;
}
