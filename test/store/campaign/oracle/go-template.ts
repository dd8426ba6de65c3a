/** What a template is given: `.`, and what stands below it. */
export type Data = { readonly [key: string]: unknown };

type Token = { readonly kind: 'text' | 'field' | 'number' | 'name' | 'mark'; readonly text: string };
type Function = (...args: readonly never[]) => unknown;

/**
 * Evaluates the little of Go's templates that a rendered fleet may use, as Helm and Argo CD do: actions with fields,
 * literals, parentheses, pipelines and a few functions. It throws at anything else, and where Go would.
 */
export function evaluateTemplate(template: string, data: Data): string {
  let written = '';
  let rest = template;
  for (;;) {
    const start = rest.indexOf('{{');
    if (start < 0) return written + rest;
    const action = new Action(rest, start + 2);
    const before = rest.slice(0, start);
    const value = action.value(data);
    written += (action.trimsLeft ? before.trimEnd() : before) + shown(value);
    rest = action.trimsRight ? rest.slice(action.end).trimStart() : rest.slice(action.end);
  }
}

const missing = Symbol('no value');

function shown(value: unknown): string {
  if (value === missing || value === undefined || value === null) return '<no value>';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

class Action {
  readonly trimsLeft: boolean;
  trimsRight = false;
  end = 0;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string, start: number) {
    this.trimsLeft = /^-\s/.test(text.slice(start, start + 2));
    this.#tokens = this.#lex(text, this.trimsLeft ? start + 1 : start);
  }

  #lex(text: string, from: number): readonly Token[] {
    const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
      ['text', /`[^`]*`|"(?:[^"\\\n]|\\.)*"/y],
      ['field', /(?:\.[A-Za-z_]\w*)+|\./y],
      ['number', /-?\d+/y],
      ['name', /[A-Za-z_]\w*/y],
      ['mark', /[()|]/y],
    ];
    const tokens: Token[] = [];
    for (let at = from; ; ) {
      const close = /\s*(\s-)?\}\}/y;
      close.lastIndex = at;
      const closed = close.exec(text);
      if (closed) {
        this.trimsRight = closed[1] !== undefined;
        this.end = close.lastIndex;
        return tokens;
      }
      const space = /\s+/y;
      space.lastIndex = at;
      if (space.test(text)) at = space.lastIndex;
      const found = patterns.flatMap(([kind, pattern]) => {
        pattern.lastIndex = at;
        const [match] = pattern.exec(text) ?? [];
        return match === undefined ? [] : [{ kind, text: match }];
      })[0];
      if (!found) throw new Error(`unexpected ${JSON.stringify(text.slice(at, at + 20))} in an action`);
      tokens.push(found);
      at += found.text.length;
    }
  }

  value(data: Data): unknown {
    const value = this.#pipeline(data);
    if (this.#at < this.#tokens.length) throw new Error(`unexpected ${this.#tokens[this.#at]?.text} in an action`);
    return value;
  }

  #pipeline(data: Data): unknown {
    let value = this.#command(data, []);
    while (this.#tokens[this.#at]?.text === '|') {
      this.#at += 1;
      value = this.#command(data, [value]);
    }
    return value;
  }

  #command(data: Data, piped: readonly unknown[]): unknown {
    const [first, ...rest] = this.#operands(data);
    if (first === undefined) throw new Error('an action without a command');
    if (typeof first.value === 'function' && first.isName)
      return (first.value as Function)(...([...rest.map(({ value }) => called(value)), ...piped] as never[]));
    if (rest.length + piped.length > 0) throw new Error('what is no function is given arguments');
    return called(first.value);
  }

  #operands(data: Data): readonly { readonly value: unknown; readonly isName: boolean }[] {
    const operands: { value: unknown; isName: boolean }[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (!token || token.text === '|' || token.text === ')') return operands;
      this.#at += 1;
      if (token.text === '(') {
        const value = this.#pipeline(data);
        if (this.#tokens[this.#at]?.text !== ')') throw new Error('unclosed left paren');
        this.#at += 1;
        operands.push({ value, isName: false });
      } else operands.push({ value: operand(token, data), isName: token.kind === 'name' });
    }
  }
}

/** A function without arguments that stands for its value. */
function called(value: unknown): unknown {
  return typeof value === 'function' ? (value as () => unknown)() : value;
}

function operand({ kind, text }: Token, data: Data): unknown {
  if (kind === 'number') return Number(text);
  if (kind === 'text') return text.startsWith('`') ? text.slice(1, -1) : (JSON.parse(text) as string);
  if (kind === 'name') {
    const known = functions[text];
    if (!known) throw new Error(`function "${text}" not defined`);
    return known;
  }
  const path = text === '.' ? [] : text.slice(1).split('.');
  return path.reduce<unknown>((value, key) => {
    if (value === missing) throw new Error(`nil pointer evaluating ${text}`);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Data)[key] : missing;
  }, data);
}

function isEmpty(value: unknown): boolean {
  return (
    value === missing ||
    value === undefined ||
    value === null ||
    value === '' ||
    value === 0 ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

/** As Go writes it: what JavaScript reads as a line break is escaped, and nothing for HTML is. */
function json(value: unknown): string {
  return JSON.stringify(value === missing ? null : value).replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

function formatted(verb: string, value: unknown): string {
  if (verb === '%') return '%';
  if (verb === '+q') return quotedInAscii(shown(value));
  if (['s', 'v', 'd'].includes(verb)) return shown(value);
  throw new Error(`%${verb} is not known here`);
}

const shortEscapes: Readonly<Record<string, string>> = {
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

/** Go's `strconv.QuoteToASCII`. */
function quotedInAscii(text: string): string {
  const escaped = [...text].map((character) => {
    const code = character.codePointAt(0) as number;
    if (shortEscapes[character]) return `\\${shortEscapes[character]}`;
    if (code >= 0x20 && code < 0x7f) return character;
    const [letter, width] = code < 0x80 ? ['x', 2] : code < 0x1_0000 ? ['u', 4] : ['U', 8];
    return `\\${letter}${code.toString(16).padStart(width as number, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

const functions: Readonly<Record<string, Function>> = {
  required: (message: string, value: unknown) => {
    if (value === missing || value === undefined || value === null || value === '') throw new Error(message);
    return value;
  },
  toString: (value: unknown) => shown(value),
  toRawJson: json,
  toJson: json,
  printf: (format: string, ...values: readonly unknown[]) => {
    const rest = [...values];
    return format.replace(/%(\+?[a-z%])/g, (_, verb: string) => formatted(verb, verb === '%' ? undefined : rest.shift()));
  },
  quote: (value: unknown) => JSON.stringify(shown(value)),
  default: (otherwise: unknown, value: unknown = missing) => (isEmpty(value) ? otherwise : value),
  dict: () => ({}),
  get: (from: Data, key: string) => (Object.hasOwn(from, key) ? from[key] : ''),
  index: (from: unknown, ...keys: readonly string[]) =>
    keys.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Data)[key] : ''), from),
  upper: (value: unknown) => shown(value).toUpperCase(),
  lower: (value: unknown) => shown(value).toLowerCase(),
  replace: (old: string, by: string, value: unknown) => shown(value).replaceAll(old, by),
  // In Go a dot is anything but a line feed.
  regexReplaceAll: (pattern: string, value: unknown, by: string) => shown(value).replace(new RegExp(pattern.replaceAll('.', '[^\\n]'), 'gu'), by),
  fail: (message: string) => {
    throw new Error(message);
  },
} as Readonly<Record<string, Function>>;
