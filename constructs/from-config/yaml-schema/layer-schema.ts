import { keyedSources, projectLists } from '../../../layers/shape/keyed-lists';
import type { Field, Shape } from '../../../layers/shape/shape';
import { yamlAppFields } from '../../../layers/shape/yaml-shape';
import { described, type JsonSchema, ref, scalarDefs } from './json-schema';

/** What becomes of fields when a YAML fleet is read: see `store/yaml-fleet/rendered-fields.ts`. */
export interface Fates {
  readonly [field: string]: 'always' | 'filled' | 'quoted' | 'never' | Fates;
}

/** A schema of a kind of Argo CD, as `imports/` has it: no part of it is in doubt. */
export interface KindSchema {
  readonly properties: { readonly spec: Argo };
  readonly definitions?: Readonly<Record<string, Argo>>;
}

/** A part of such a schema. */
export interface Argo {
  readonly type?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Argo>>;
  readonly additionalProperties?: boolean | Argo;
  readonly items?: Argo;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
}

/** A key that an expression gives may be any. */
const expressionKeys = { '\\{\\{': true } as const;

/**
 * The schema of a layer of an Application or an ApplicationSet: any part of the spec, and what else is said of an app. A
 * value may be an expression, and null removes one.
 */
export class LayerSchema {
  readonly #kind: KindSchema;
  readonly #prefix: string;

  /** @param prefix of its definitions' names */
  constructor(kind: KindSchema, prefix: string) {
    this.#kind = kind;
    this.#prefix = prefix;
  }

  /** What lists of a layer refer to: they are replaced whole, so that their items are complete. */
  get defs(): Readonly<Record<string, JsonSchema>> {
    const definitions = Object.entries(this.#kind.definitions ?? {});
    return Object.fromEntries(definitions.map(([name, schema]) => [`${this.#prefix}${name}`, this.#of(schema, true)]));
  }

  layer(fates: Fates): JsonSchema {
    const spec = this.#properties(this.#kind.properties.spec.properties ?? {}, false);
    const own = Object.fromEntries(Object.entries(yamlAppFields as Shape).map(([key, field]) => [key, ownField(field, fates[key])]));
    return map({ ...own, ...withFates({ ...Object.fromEntries(Object.keys(fates).map((key) => [key, true])), ...spec }, fates, Object.keys(own)) });
  }

  #of(schema: Argo, isWhole: boolean): JsonSchema {
    const { $ref, type, items, required, enum: words, pattern } = schema;
    if ($ref !== undefined) {
      const name = $ref.replace('#/definitions/', '');
      return isWhole ? ref(this.#prefix + name) : this.#of(this.#kind.definitions?.[name] ?? {}, false);
    }
    if (type === 'object') return this.#map(schema, isWhole, isWhole ? required : undefined);
    if (type === 'array')
      return { anyOf: [{ type: ['array', 'null'], ...(items ? { items: { ...this.#of(items, true), not: { type: 'null' } } } : {}) }, ref('expression')] };
    const common = type === undefined || words || pattern !== undefined ? undefined : scalarDefs[type];
    if (common !== undefined) return ref(common);
    const scalar = { ...(type === undefined ? {} : { type }), ...(words ? { enum: words } : {}), ...(pattern === undefined ? {} : { pattern }) };
    return Object.keys(scalar).length === 0 ? {} : { anyOf: [scalar, { type: 'null' }, ref('expression')] };
  }

  #map({ properties, additionalProperties }: Argo, isWhole: boolean, required?: readonly string[]): JsonSchema {
    // Without properties it is open, as Helm's values are.
    if (!properties) {
      const values = typeof additionalProperties === 'object' ? { additionalProperties: this.#of(additionalProperties, isWhole) } : {};
      return { type: ['object', 'null'], ...values };
    }
    return map(this.#properties(properties, isWhole), required);
  }

  #properties(properties: Readonly<Record<string, Argo>>, isWhole: boolean): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries(
      Object.entries(properties).map(([key, schema]) => {
        const own = this.#of(schema, isWhole);
        const keyed = [keyedSources, ...projectLists].find(({ field }) => field === key);
        if (!keyed || !schema.items?.properties) return [key, own];
        const fields = Object.fromEntries(Object.entries(schema.items.properties).filter(([field]) => field !== keyed.name));
        // Each may be written under its key, in a map that is merged as one.
        return [key, { anyOf: [own, { type: 'object', additionalProperties: map(this.#properties(fields, isWhole)) }] }];
      }),
    );
  }
}

function map(properties: Readonly<Record<string, JsonSchema | true>>, required?: readonly string[]): JsonSchema {
  return {
    type: ['object', 'null'],
    properties,
    patternProperties: expressionKeys,
    additionalProperties: false,
    ...(required && required.length > 0 ? { required } : {}),
  };
}

function ownField(field: Field, fate: Fates[string] | undefined): JsonSchema {
  if (field.is === 'boolean') return { ...ref('aBoolean'), ...described(field) };
  const own = fate === 'quoted' ? ref('scalars') : field.is === 'map' ? ref('strings') : field.is === 'strings' ? list : ref('aString');
  return { ...(fate === 'filled' || fate === 'quoted' ? { anyOf: [own, ref('nothing')] } : own), ...described(field) };
}

const list: JsonSchema = { type: ['array', 'null'], items: { type: 'string' } };

/** What was never rendered may be anything, and what says nothing is left out. */
function withFates(
  properties: Readonly<Record<string, JsonSchema | true>>,
  fates: Fates,
  except: readonly string[] = [],
): Readonly<Record<string, JsonSchema | true>> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, schema]): readonly (readonly [string, JsonSchema | true])[] => {
      const fate = Object.hasOwn(fates, key) ? fates[key] : undefined;
      if (except.includes(key)) return [];
      if (schema === true || fate === undefined || fate === 'always') return [[key, schema]];
      if (fate === 'never') return [[key, { description: 'Left out, as generators of such fleets leave it out.' }]];
      if (fate === 'filled') return [[key, { anyOf: [schema, ref('nothing')] }]];
      if (fate === 'quoted') return [[key, { anyOf: [ref('scalars'), ref('nothing')] }]];
      return [[key, { ...schema, properties: withFates((schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>, fate) }]];
    }),
  );
}
