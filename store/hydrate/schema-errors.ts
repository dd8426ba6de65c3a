import type { TreeChart } from './chart-tree';

/** A value that the schema of a chart does not take. */
export interface SchemaError {
  /** From the top of the values that the chart was told. @default - which one it is cannot be told */
  readonly value?: readonly string[];
  /** What it is called in messages. */
  readonly shown: string;
  readonly says: string;
}

/** A text between quotation marks, as Go writes it. */
const quoted = String.raw`'((?:\\.|[^'\\])*)'`;
const lineAt = new RegExp(String.raw`^(\s*)- at ${quoted}: (.*)$`);

/**
 * Which values schemas do not take, as Helm lists it: `- at '/a/b': got string, want integer` below the name of a chart, and before 3.18
 * `- a.b: Invalid type`. What stands below such a line says it more exactly.
 *
 * @param tree the chart and those in it: of one of them Helm says its name, or its alias, and not where it stands
 * @param name of the chart itself
 * @returns none where Helm said something else
 */
export function schemaErrors(stderr: string, tree: readonly TreeChart[], name: string): readonly SchemaError[] {
  const lines = stderr.split('\n');
  const start = lines.findIndex((line) => line.includes("values don't meet the specifications of the schema"));
  if (start < 0) return [];
  const found: SchemaError[] = [];
  let chart: Chart = { keys: [] };
  /** A key whose name is wrong, and how deep that was said. */
  let key: { readonly name: string; readonly indent: number } | undefined;
  for (const line of lines.slice(start + 1)) {
    const [, heading] = /^(\S+):$/.exec(line) ?? [];
    if (heading !== undefined) chart = chartCalled(heading, tree, name);
    const [, indent = '', pointer, says] = lineAt.exec(line) ?? [];
    if (key && indent.length <= key.indent) key = undefined;
    const [, dotted, said] = /^- ([^':]+): (.*)$/.exec(line) ?? [];
    if (pointer !== undefined && says !== undefined) {
      const [, wrong] = /^invalid propertyName (.*)$/.exec(says) ?? [];
      // Where that is, is written over by then (santhosh-tekuri/jsonschema, `propertyNames`), and what follows is about the key alone.
      if (wrong !== undefined) key = { name: texts(wrong)[0] ?? wrong, indent: indent.length };
      else if (key) found.push(...(isSum(says) ? [] : [{ shown: `the key '${key.name}'`, says }]));
      else found.push(...fromPointer(chart, keysOf(unquoted(pointer)), says));
    } else if (dotted !== undefined && said !== undefined) found.push(errorAt(chart, dotted === '(root)' ? [] : dotted.split('.'), said));
  }
  return found;
}

/** Where values of a chart stand, or what it is called where several are called so. */
interface Chart {
  readonly keys?: readonly string[];
  readonly called?: string;
}

function chartCalled(heading: string, tree: readonly TreeChart[], name: string): Chart {
  const fitting = tree.filter(({ keys }) => (keys.length === 0 ? name : keys.at(-1)) === heading);
  return fitting.length === 1 ? { keys: fitting[0]?.keys ?? [] } : { called: heading };
}

function errorAt({ keys, called }: Chart, value: readonly string[], says: string): SchemaError {
  const path = [...(keys ?? []), ...value];
  const shown = path.length === 0 ? 'these values' : `the value '${path.join('.')}'`;
  return keys ? { value: path, shown, says } : { shown: `${shown} of '${called}'`, says };
}

/** A JSON Pointer: RFC 6901. */
function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Whether it only says that what stands below it is wrong. */
function isSum(says: string): boolean {
  return /^(validation failed|'\w+' failed)/.test(says);
}

function fromPointer(chart: Chart, value: readonly string[], says: string): readonly SchemaError[] {
  if (isSum(says)) return [];
  const [, names = ''] = /^additional propert(?:y|ies) (.+) not allowed$/.exec(says) ?? [];
  const more = texts(names);
  return more.length > 0 ? more.map((one) => errorAt(chart, [...value, one], 'it knows no such value')) : [errorAt(chart, value, says)];
}

/** The texts between quotation marks in what Helm says. */
function texts(says: string): readonly string[] {
  return [...says.matchAll(new RegExp(quoted, 'g'))].map(([, text = '']) => unquoted(text));
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** What Go wrote between quotation marks (`strconv.Quote`). */
function unquoted(text: string): string {
  return text.replaceAll(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g, (_, byte, short, long, char: string) => {
    const code = byte ?? short ?? long;
    return code === undefined ? (escapes[char] ?? char) : String.fromCodePoint(Number.parseInt(code, 16));
  });
}
