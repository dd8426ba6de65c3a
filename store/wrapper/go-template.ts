import { type Action, type Expression, parseActions, TemplateError } from './go-syntax';

/** What nobody can know from Git, in its place in a text. */
export function unknown(what: string): string {
  return `\u2039${what}\u203a`;
}

/** What in a text nobody can know from Git. @default - all of it is known */
export function unknownIn(text: string): string | undefined {
  return /\u2039([^\u203a]*)\u203a/.exec(text)?.[1];
}

type Scope = Map<string, unknown>;
type Fn = (...given: readonly unknown[]) => unknown;
type Dict = { [key: string]: unknown };

/** What a template is computed with, besides what `.` is. */
export interface TemplateOptions {
  /** By name, with the dollar sign. @default - none */
  readonly variables?: { readonly [name: string]: unknown };
  /** What functions give that are not known here. @default - they are an error */
  readonly otherwise?: string;
}

/**
 * A Go template with as much of sprig as ApplicationSets of this layout use: nothing in it can read a file, run a program or go
 * on for ever.
 *
 * @param data what `.` is
 * @throws TemplateError where it uses anything else
 */
export function filledIn(template: string, data: unknown, { variables = {}, otherwise }: TemplateOptions = {}): string {
  try {
    return new Evaluation(otherwise).block(parseActions(template), data, new Map([['$', data], ...Object.entries(variables)]));
  } catch (cause) {
    // What nests too deeply, or is no JSON.
    throw cause instanceof TemplateError ? cause : new TemplateError((cause as Error).message);
  }
}

/** How much a template may give: far more than any manifest, and an end to what grows with itself. */
const maxLength = 1_000_000;
const tooMuch = 'it comes to too much text';

class Evaluation {
  #length = 0;

  constructor(readonly otherwise: string | undefined) {}

  block(actions: readonly Action[], dot: unknown, scope: Scope): string {
    return actions.map((action) => this.#counted(this.#run(action, dot, scope))).join('');
  }

  #counted(text: string): string {
    this.#length += text.length + 1;
    if (this.#length > maxLength) throw new TemplateError(tooMuch);
    return text;
  }

  #limited(value: unknown): unknown {
    if (typeof value === 'string' && value.length > maxLength) throw new TemplateError(tooMuch);
    return value;
  }

  #run(action: Action, dot: unknown, scope: Scope): string {
    switch (action.kind) {
      case 'text':
        return action.text;
      case 'print': {
        const value = this.#value(action.expression, dot, scope);
        return this.otherwise !== undefined && typeof value === 'object' ? this.otherwise : printed(value);
      }
      case 'set':
        set(scope, action.name, this.#value(action.expression, dot, scope), action.isNew);
        return '';
      case 'if': {
        const value = this.#value(action.condition, dot, scope);
        return isTrue(value) ? this.block(action.body, action.isWith ? value : dot, inside(scope)) : this.block(action.otherwise, dot, inside(scope));
      }
      case 'range': {
        const value = this.#value(action.over, dot, scope);
        const entries = isList(value) ? value.map((item, index) => [index, item] as const) : isDict(value) ? Object.entries(value).sort() : [];
        if (entries.length === 0) return this.block(action.otherwise, dot, inside(scope));
        const { names } = action;
        return entries
          .map(([key, item]) => {
            const inner = inside(scope);
            if (names.length > 0) inner.set(names[names.length - 1] as string, item);
            if (names.length > 1) inner.set(names[0] as string, key);
            return this.block(action.body, item, inner);
          })
          .join('');
      }
    }
  }

  #value(expression: Expression, dot: unknown, scope: Scope): unknown {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'field': {
        const { of, path } = expression;
        const from = of === undefined ? dot : typeof of === 'string' ? lookUp(scope, of) : this.#value(of, dot, scope);
        return path.reduce((value, key) => child(value, key), from);
      }
      case 'call': {
        const called = Object.hasOwn(functions, expression.name) ? functions[expression.name] : undefined;
        const given = expression.given.map((one) => this.#value(one, dot, scope));
        if (called) return this.#limited(called(...given));
        if (this.otherwise === undefined) throw new TemplateError(`the function '${expression.name}' is not known here`);
        return this.otherwise;
      }
    }
  }
}

/** Variables of a block are its own; those around it can be set from within. */
function inside(scope: Scope): Scope {
  const inner: Scope = new Map();
  parents.set(inner, scope);
  return inner;
}

const parents = new WeakMap<Scope, Scope>();

function set(scope: Scope, name: string, value: unknown, isNew: boolean): void {
  let at: Scope | undefined = scope;
  while (!isNew && at && !at.has(name)) at = parents.get(at);
  (at ?? scope).set(name, value);
}

function lookUp(scope: Scope, name: string): unknown {
  for (let at: Scope | undefined = scope; at; at = parents.get(at)) if (at.has(name)) return at.get(name);
  throw new TemplateError(`there is no variable ${name}`);
}

/** Labels and annotations of a cluster secret of which Git knows only a part. */
export class Texts {
  constructor(
    readonly known: { readonly [key: string]: string },
    readonly kind: 'annotation' | 'label',
  ) {}

  get(key: string): string | undefined {
    if (Object.hasOwn(this.known, key)) return this.known[key];
    return this.kind === 'annotation' ? unknown(`annotation ${key}`) : undefined;
  }
}

function child(value: unknown, key: unknown): unknown {
  if (value instanceof Texts) return value.get(String(key));
  if (isList(value)) return value[Number(key)];
  return isDict(value) && Object.hasOwn(value, String(key)) ? value[String(key)] : undefined;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isDict(value: unknown): value is Dict {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Texts);
}

function isTrue(value: unknown): boolean {
  if (value instanceof Texts) return true;
  return isList(value) ? value.length > 0 : isDict(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function printed(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') throw new TemplateError('a map or a list is printed');
  return String(value);
}

const text = (value: unknown): string => printed(value);
const equal = (a: unknown, b: unknown) => (typeof a === 'object' || typeof b === 'object' ? false : a === b);
const together = (maps: readonly unknown[]) => Object.assign({}, ...maps.filter(isDict)) as Dict;

const functions: { readonly [name: string]: Fn } = {
  default: (otherwise, value) => (isTrue(value) ? value : otherwise),
  empty: (value) => !isTrue(value),
  ternary: (yes, no, condition) => (isTrue(condition) ? yes : no),
  index: (value, ...keys) => keys.reduce(child, value),
  get: (value, key) => child(value, key) ?? '',
  hasKey: (value, key) => (value instanceof Texts ? Object.hasOwn(value.known, String(key)) : isDict(value) && Object.hasOwn(value, String(key))),
  dict: (...pairs) => Object.fromEntries(pairs.flatMap((key, at) => (at % 2 === 0 ? [[String(key), pairs[at + 1]]] : []))),
  list: (...items) => items,
  append: (items, item) => [...(isList(items) ? items : []), item],
  len: (value) => (isList(value) ? value.length : isDict(value) ? Object.keys(value).length : text(value).length),
  // The first one wins.
  merge: (...maps) => together([...maps].reverse()),
  mergeOverwrite: (...maps) => together(maps),
  eq: (one, ...others) => others.some((other) => equal(one, other)),
  ne: (one, other) => !equal(one, other),
  not: (value) => !isTrue(value),
  and: (...values) => values.find((value) => !isTrue(value)) ?? values[values.length - 1],
  or: (...values) => values.find(isTrue) ?? values[values.length - 1],
  kindIs: (kind, value) => kind === (isList(value) ? 'slice' : isDict(value) ? 'map' : typeof value === 'boolean' ? 'bool' : typeof value),
  deepCopy: (value) => value,
  printf: (format, ...values) => {
    let next = 0;
    return text(format).replace(/%([sdvq])/g, (_, verb) => (verb === 'q' ? JSON.stringify(text(values[next++])) : text(values[next++])));
  },
  lower: (value) => text(value).toLowerCase(),
  trim: (value) => text(value).trim(),
  trimSuffix: (suffix, value) => (text(value).endsWith(text(suffix)) ? text(value).slice(0, text(value).length - text(suffix).length) : text(value)),
  trunc: (length, value) => (Number(length) < 0 ? text(value).slice(Number(length)) : text(value).slice(0, Number(length))),
  replace: (from, to, value) => text(value).replaceAll(text(from), text(to)),
  join: (separator, items) => (isList(items) ? items.map(text).join(text(separator)) : text(items)),
  quote: (value) => JSON.stringify(text(value)),
  squote: (value) => `'${text(value)}'`,
  toString: (value: unknown) => text(value),
  // Lists of lists that are the same one are written out.
  toJson: (value) => {
    let parts = 0;
    return JSON.stringify(value ?? null, (_, part: unknown) => {
      parts += 1;
      if (parts > maxLength / 10) throw new TemplateError(tooMuch);
      return part;
    });
  },
  fromJson: (value) => JSON.parse(text(value)) as unknown,
};
