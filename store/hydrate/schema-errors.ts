/** A value that the schema of a chart does not take. */
export interface SchemaError {
  /** From the top of the values that the chart was told. */
  readonly value: readonly string[];
  readonly says: string;
}

/**
 * Which values schemas do not take, as Helm lists it: `- at '/a/b': got string, want integer` below the name of a chart, and before 3.18
 * `- a.b: Invalid type`. What stands below such a line says it more exactly.
 *
 * @param chart the name of the chart itself: the values of others below it stand under theirs
 * @returns none where Helm said something else
 */
export function schemaErrors(stderr: string, chart: string): readonly SchemaError[] {
  const lines = stderr.split('\n');
  const start = lines.findIndex((line) => line.includes("values don't meet the specifications of the schema"));
  if (start < 0) return [];
  const found: SchemaError[] = [];
  let above: readonly string[] = [];
  for (const line of lines.slice(start + 1)) {
    const [, name] = /^(\S+):$/.exec(line) ?? [];
    if (name !== undefined) above = name === chart ? [] : [name];
    const [, pointer, says] = /^\s*- at '(.*?)': (.*)$/.exec(line) ?? [];
    const [, dotted, said] = /^- ([^':]+): (.*)$/.exec(line) ?? [];
    if (pointer !== undefined && says !== undefined) found.push(...fromPointer([...above, ...keysOf(pointer)], says));
    else if (dotted !== undefined && said !== undefined) found.push({ value: [...above, ...(dotted === '(root)' ? [] : dotted.split('.'))], says: said });
  }
  return found;
}

/** A JSON Pointer: RFC 6901. */
function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function fromPointer(value: readonly string[], says: string): readonly SchemaError[] {
  if (/^(validation failed|'\w+' failed)/.test(says)) return [];
  const [, names = ''] = /^additional propert(?:y|ies) (.+) not allowed$/.exec(says) ?? [];
  const more = [...names.matchAll(/'([^']*)'/g)].map(([, name]) => name as string);
  return more.length > 0 ? more.map((name) => ({ value: [...value, name], says: 'it knows no such value' })) : [{ value, says }];
}
