import { anything, type ValueShape, wordsOn } from './value-shape';

/**
 * What a schema says, completed by what the chart's own values show: keys that the schema leaves out, and words where it has
 * none. A map that the schema closes stays as the schema has it.
 */
export function completeShape(schema: ValueShape, own: ValueShape | undefined): ValueShape {
  if (!own) return schema;
  const said = { ...wordsOn(own), ...wordsOn(schema) };
  if (schema.isAny) return own.keys ? { ...own, ...said, rest: anything } : { ...anything, ...said };
  if (!schema.keys || !own.keys) return { ...schema, ...said };
  const keys = new Map([...schema.keys].map(([name, shape]) => [name, completeShape(shape, own.keys?.get(name))]));
  if (!schema.isClosed) for (const [name, shape] of own.keys) if (!keys.has(name)) keys.set(name, shape);
  return { ...schema, ...said, keys };
}
