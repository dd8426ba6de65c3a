import type { Field, Shape } from '../../../layers/shape/shape';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where the parts stand that more than one schema refers to. */
export const ref = (name: string): JsonSchema => ({ $ref: `#/$defs/${name}` });

/** An expression, which is a text whatever it gives. */
const expression = { type: 'string', pattern: '\\{\\{' } as const;

/** Scalars of layers: an expression may give them, and null removes them. */
const layered = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }, expression] });

// YAML 1.1 has more words for them than an editor may know.
const boolean: JsonSchema = { anyOf: [{ type: 'boolean' }, { enum: ['yes', 'Yes', 'YES', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'Off', 'OFF'] }] };

/** What several schemas refer to. */
export const commonDefs: Readonly<Record<string, JsonSchema>> = {
  expression,
  boolean,
  aBoolean: layered(boolean),
  aString: { type: ['string', 'null'] },
  anInteger: layered({ type: 'integer' }),
  strings: { type: ['object', 'null'], additionalProperties: { type: ['string', 'null'] } },
  scalars: { type: ['object', 'null'], additionalProperties: { type: ['string', 'number', 'boolean', 'null'] } },
  // What Helm's `with` takes for nothing, and the reader for a field that says nothing.
  nothing: { enum: ['', 0, false, [], {}] },
};

/** The name of the definition for each type of scalar. */
export const scalarDefs: Readonly<Record<string, string>> = { boolean: 'aBoolean', string: 'aString', integer: 'anInteger' };

/** A field whose value is what it is: no layer, and no expression. */
export function fieldSchema(field: Field): JsonSchema {
  const own = kindSchema(field);
  return { ...(field.orText ? { anyOf: [word, own] } : own), ...described(field) };
}

const word: JsonSchema = { type: 'string', pattern: '\\S' };

/** The keys of a map; others are the user's. */
export function propertiesOf(shape: Shape): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, fieldSchema(field)]));
}

/** What an editor shows: links lead nowhere from there. */
export function described({ about, default: otherwise }: Pick<Field, 'about' | 'default'>): { readonly description: string } {
  const sentence = about.replace(/(: )?\[([^\]]+)\]\([^)]*\)/g, (_, colon: string | undefined, text: string) => (colon === undefined ? text : ''));
  return {
    description: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. ${otherwise === 'required' ? 'Required' : `Default: ${otherwise ?? 'none'}`}.`,
  };
}

function kindSchema({ is, words, filled, keys, orText }: Field): JsonSchema {
  switch (is) {
    case 'string':
      return words ? { enum: words } : filled === undefined ? { type: 'string' } : word;
    case 'word':
      return { enum: words };
    case 'boolean':
      return ref('boolean');
    case 'duration':
      return { type: 'string', pattern: '^(\\d+[smhd])+$' };
    case 'day':
      return { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?)?(Z|z|[+-]\\d{2}:?\\d{2})?$' };
    case 'strings':
      return { type: 'array', items: { type: 'string', ...(filled === undefined ? {} : { pattern: '\\S' }) } };
    case 'list':
      return { type: 'array' };
    case 'counts':
      return { type: 'object', minProperties: 1, additionalProperties: { type: 'integer', minimum: 1 } };
    case 'waves':
      return {
        type: 'array',
        minItems: 1,
        items: {
          anyOf: [
            { type: 'integer', minimum: 1 },
            { type: 'string', pattern: '^(rest|(100(\\.0+)?|(?!0+(\\.0+)?%)\\d{1,2}(\\.\\d+)?)%)$' },
          ],
        },
      };
    case 'reasons':
      return { type: 'object', additionalProperties: { type: 'string', pattern: '\\S' } };
    default:
      return keys && orText ? { type: 'object', properties: propertiesOf(keys), required: requiredOf(keys), additionalProperties: false } : { type: 'object' };
  }
}

function requiredOf(shape: Shape): readonly string[] {
  return Object.entries(shape).flatMap(([key, { required }]) => (required === undefined ? [] : key));
}
