/**
 * Go templates as Argo CD's ApplicationSet controller evaluates them: `missingkey=error`, and of sprig what fleets use. What
 * each of them does with a map that lacks a key was compared with Go's text/template and sprig 3.3.
 */

/** Go's `map[string]string`: a key that is not there is an empty text to `index`, and the map is none that sprig's `get` takes. */
export class Texts {
  constructor(readonly of: { readonly [key: string]: string }) {}
}

/** Go's `map[string]interface{}`. */
export type Dict = Map<string, Value>;
export type Value = string | boolean | Texts | Dict | undefined;

/** A cluster secret, as far as templates see it. */
export interface SecretParameters {
  readonly name: string;
  readonly server?: string;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  /** Of the generator. */
  readonly values?: { readonly [key: string]: string };
}

/** argo-cd, applicationset/generators/cluster.go, getClusterParameters: labels and annotations are there if there are any. */
export function parametersOf({ name, server = 'https://example.com', labels, annotations, values }: SecretParameters): Dict {
  const metadata: Dict = new Map();
  if (Object.keys(annotations).length > 0) metadata.set('annotations', new Texts(annotations));
  if (Object.keys(labels).length > 0) metadata.set('labels', new Texts(labels));
  const parameters: Dict = new Map<string, Value>([
    ['name', name],
    ['nameNormalized', normalized(name)],
    ['server', server],
    ['project', ''],
    ['metadata', metadata],
  ]);
  if (values) parameters.set('values', new Map(Object.entries(values)));
  return parameters;
}

function normalized(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^-a-z0-9.]/g, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '');
}

/** Every text of a template, keys included, with its expressions evaluated. @throws Error as the whole ApplicationSet fails */
export function filledIn<T>(template: T, parameters: Dict): T {
  if (typeof template === 'string') return rendered(template, parameters) as T;
  if (Array.isArray(template)) return template.map((item) => filledIn(item, parameters)) as T;
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [filledIn(key, parameters), filledIn(value, parameters)])) as T;
}

/** A text with its expressions and its `if`s evaluated; of what is not chosen nothing is. */
function rendered(text: string, parameters: Dict): string {
  // Text and expressions by turns.
  const pieces = text.split(/\{\{(.*?)\}\}/);
  let next = 0;
  const block = (isChosen: boolean): string => {
    let made = '';
    for (; next < pieces.length; next++) {
      const piece = pieces[next] as string;
      if (next % 2 === 0) {
        if (isChosen) made += piece;
        continue;
      }
      const action = piece.trim();
      if (action === 'end' || action.startsWith('else')) return made;
      if (action.startsWith('if ')) made += branches(action.slice(3), isChosen);
      else if (isChosen) made += printed(evaluate(action, parameters));
    }
    return made;
  };
  const branches = (condition: string, isChosen: boolean): string => {
    const holds = isChosen && !isEmpty(evaluate(condition, parameters));
    next++;
    const first = block(holds);
    const action = (pieces[next] ?? '').trim();
    if (action === 'end') return first;
    const isOther = isChosen && !holds;
    if (action.startsWith('else if ')) return first + branches(action.slice('else if '.length), isOther);
    if (action !== 'else') throw new Error(`an if without its end: ${text}`);
    next++;
    const other = block(isOther);
    if ((pieces[next] ?? '').trim() !== 'end') throw new Error(`an else without its end: ${text}`);
    return first + other;
  };
  const made = block(true);
  if (next < pieces.length) throw new Error(`an end of nothing: ${text}`);
  return made;
}

function printed(value: Value): string {
  if (value === undefined) return '<no value>';
  if (typeof value !== 'string') throw new Error('a map is printed');
  return value;
}

function evaluate(expression: string, parameters: Dict): Value {
  const words = expression.match(/"[^"\\]*"|`[^`]*`|\.[\w.]*|[a-z]\w*|[()|]|\S/g) ?? [];
  let next = 0;
  const unknown = (): never => {
    throw new Error(`an expression that is not known: ${expression.trim()}`);
  };
  const operand = (): Value => {
    const word = words[next++] ?? unknown();
    if (word.startsWith('"') || word.startsWith('`')) return word.slice(1, -1);
    if (word.startsWith('.')) return field(word, parameters);
    if (word === 'dict') return new Map();
    if (word !== '(') return unknown();
    const inner = pipeline();
    if (words[next++] !== ')') unknown();
    return inner;
  };
  const command = (piped: readonly Value[]): Value => {
    const called = functions[words[next] ?? ''];
    if (!called) return piped.length > 0 ? unknown() : operand();
    next++;
    const given: Value[] = [];
    while (next < words.length && words[next] !== '|' && words[next] !== ')') given.push(operand());
    return called(...given, ...piped);
  };
  const pipeline = (): Value => {
    let value = command([]);
    while (words[next] === '|') {
      next++;
      value = command([value]);
    }
    return value;
  };
  const value = pipeline();
  return next === words.length ? value : unknown();
}

function field(chain: string, parameters: Dict): Value {
  return chain
    .split('.')
    .slice(1)
    .reduce<Value>((map, key) => {
      const found = map instanceof Texts && Object.hasOwn(map.of, key) ? map.of[key] : map instanceof Map ? map.get(key) : undefined;
      if (found === undefined) throw new Error(`missingkey=error: at <${chain}>: map has no entry for key "${key}"`);
      return found;
    }, parameters);
}

const functions: { readonly [name: string]: (...given: readonly Value[]) => Value } = {
  index: (map, key) => {
    if (map instanceof Texts) return Object.hasOwn(map.of, key as string) ? map.of[key as string] : '';
    if (map instanceof Map) return map.get(key as string);
    throw new Error('error calling index: no map');
  },
  get: (map, key) => {
    if (!(map instanceof Map)) throw new Error('wrong type for value; expected map[string]interface {}');
    return map.has(key as string) ? map.get(key as string) : '';
  },
  empty: (value) => isEmpty(value),
  toString: (value: Value) => printed(value),
  printf: (format, value) => {
    if (format !== '%+q') throw new Error(`a format that is not known: ${printed(format)}`);
    return quoted(printed(value));
  },
  regexReplaceAll: (pattern, text, replacement) => {
    if (pattern !== '^.|.$' || replacement !== '') throw new Error(`a pattern that is not known: ${printed(pattern)}`);
    return printed(text).slice(1, -1);
  },
  default: (otherwise, value) => (isEmpty(value) ? otherwise : value),
};

/** Go's strconv.QuoteToASCII. */
function quoted(text: string): string {
  const short: { readonly [character: string]: string } = {
    '\u0007': 'a',
    '\b': 'b',
    '\f': 'f',
    '\n': 'n',
    '\r': 'r',
    '\t': 't',
    '\v': 'v',
    '"': '"',
    '\\': '\\',
  };
  const hex = (code: number, letter: string, width: number) => `\\${letter}${code.toString(16).padStart(width, '0')}`;
  const written = [...text].map((character) => {
    const code = character.codePointAt(0) as number;
    if (short[character] !== undefined) return `\\${short[character]}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return code < 0x20 || code === 0x7f ? hex(code, 'x', 2) : code > 0xffff ? hex(code, 'U', 8) : hex(code, 'u', 4);
  });
  return `"${written.join('')}"`;
}

function isEmpty(value: Value): boolean {
  return (
    value === undefined ||
    value === '' ||
    value === false ||
    (value instanceof Map ? value.size === 0 : value instanceof Texts && Object.keys(value.of).length === 0)
  );
}
