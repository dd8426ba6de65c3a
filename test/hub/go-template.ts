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
export type Value = string | Texts | Dict | undefined;

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
  if (typeof template === 'string') return template.replaceAll(/\{\{(.*?)\}\}/g, (_, expression: string) => printed(evaluate(expression, parameters))) as T;
  if (Array.isArray(template)) return template.map((item) => filledIn(item, parameters)) as T;
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [filledIn(key, parameters), filledIn(value, parameters)])) as T;
}

function printed(value: Value): string {
  if (value === undefined) return '<no value>';
  if (typeof value !== 'string') throw new Error('a map is printed');
  return value;
}

function evaluate(expression: string, parameters: Dict): Value {
  const words = expression.match(/"[^"\\]*"|\.[\w.]*|[a-z]\w*|[()|]|\S/g) ?? [];
  let next = 0;
  const unknown = (): never => {
    throw new Error(`an expression that is not known: ${expression.trim()}`);
  };
  const operand = (): Value => {
    const word = words[next++] ?? unknown();
    if (word.startsWith('"')) return word.slice(1, -1);
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
  default: (otherwise, value) => (isEmpty(value) ? otherwise : value),
};

function isEmpty(value: Value): boolean {
  return value === undefined || value === '' || (value instanceof Map ? value.size === 0 : value instanceof Texts && Object.keys(value.of).length === 0);
}
