import { FleetError } from '../../../layers/problem';
import { suggestion } from '../../../layers/text/nearest';
import type { FileKind } from './file-kinds';
import { fileSchemas, type SectionFates } from './file-schemas';
import type { JsonSchema } from './json-schema';

/**
 * The JSON Schema that editors check a file of a fleet in YAML by. It lets pass whatever the reader takes, and refuses what
 * can be known of one file to be wrong.
 *
 * @param kind  of the file. @default - any of them
 * @param fates what becomes of the fields of Argo CD
 * @throws FleetError where there is no such kind
 */
export function yamlSchema(kind: string | undefined, fates: SectionFates): JsonSchema {
  const { files, defs } = fileSchemas(fates);
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  if (kind === undefined) {
    const all = Object.entries(files).map(([name, { $defs = {}, ...schema }]) => ({ name, schema, $defs }));
    const own = Object.assign({}, ...all.map(({ name, schema, $defs }) => ({ ...($defs as object), [name]: schema })));
    return { $schema, title: 'A file of a fleet in YAML', anyOf: all.map(({ name }) => ({ $ref: `#/$defs/${name}` })), $defs: { ...own, ...defs } };
  }
  if (!Object.hasOwn(files, kind)) {
    const known = Object.keys(files);
    throw new FleetError([
      { code: 'schema', message: `no file of a fleet is called '${kind}'`, place: [], expected: known.join(', '), hint: suggestion(kind, known, 'kinds') },
    ]);
  }
  const { $defs = {}, ...schema } = files[kind as FileKind];
  const used = usedDefs(schema, { ...($defs as object), ...defs });
  return { $schema, ...schema, ...(Object.keys(used).length === 0 ? {} : { $defs: used }) };
}

/** What a schema refers to, directly or not. */
function usedDefs(schema: JsonSchema, defs: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, JsonSchema>> {
  const used: Record<string, JsonSchema> = {};
  const find = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      const name = key === '$ref' ? String(value).replace('#/$defs/', '') : undefined;
      const found = name === undefined ? undefined : defs[name];
      if (name === undefined) find(value);
      else if (found && !Object.hasOwn(used, name)) {
        used[name] = found;
        find(found);
      }
    }
  };
  find(schema);
  return used;
}
