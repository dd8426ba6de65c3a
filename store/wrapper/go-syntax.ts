/** What a template cannot be computed with: it says what in it, and why. */
export class TemplateError extends Error {}

/** A part of a Go template. */
export type Action =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'print'; readonly expression: Expression }
  | { readonly kind: 'set'; readonly name: string; readonly isNew: boolean; readonly expression: Expression }
  | {
      readonly kind: 'if';
      /** Whether `.` is the condition's value inside. */
      readonly isWith: boolean;
      readonly condition: Expression;
      readonly body: readonly Action[];
      readonly otherwise: readonly Action[];
    }
  | {
      readonly kind: 'range';
      readonly names: readonly string[];
      readonly over: Expression;
      readonly body: readonly Action[];
      readonly otherwise: readonly Action[];
    };

/** What an action computes. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: unknown }
  /** Keys below `.`, a variable, or the value of something in parentheses. */
  | { readonly kind: 'field'; readonly of?: string | Expression; readonly path: readonly string[] }
  /** Of a method the name is that of where it is: `$.Files.Get`. */
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] };

/** How deep blocks and parentheses may stand in one another. */
const maxDepth = 50;

type Piece = { readonly text: string } | { readonly action: string };

/** The text between actions, and actions; `{{-` and `-}}` take blank space along. */
function pieces(template: string): readonly Piece[] {
  const found: Piece[] = [];
  // Between the braces, texts and comments may hold anything. Nothing can be read in two ways: what is not closed ends at once.
  const pattern = /\{\{(-\s)?((?:\/\*[\s\S]*?\*\/|`[^`]*`|"(?:[^"\\]|\\.)*"|(?!\s-\}\}|\}\}|\/\*)[^"`])*)(\s-)?\}\}/y;
  let from = 0;
  let trimNext = false;
  const add = (text: string, trimEnd: boolean) => {
    const start = trimNext ? text.trimStart() : text;
    const kept = trimEnd ? start.trimEnd() : start;
    if (kept !== '') found.push({ text: kept });
  };
  for (;;) {
    const open = template.indexOf('{{', from);
    if (open < 0) break;
    pattern.lastIndex = open;
    const match = pattern.exec(template);
    if (!match) throw new TemplateError(`'{{' without its '}}'`);
    add(template.slice(from, open), match[1] !== undefined);
    found.push({ action: (match[2] ?? '').trim() });
    trimNext = match[3] !== undefined;
    from = pattern.lastIndex;
  }
  add(template.slice(from), false);
  return found;
}

/** Templates are asked for once for every cluster. */
const parsed = new Map<string, readonly Action[]>();

/** @throws TemplateError where it is no template, or has what is not known here */
export function parseActions(template: string): readonly Action[] {
  const known = parsed.get(template) ?? parse(template);
  parsed.set(template, known);
  return known;
}

function parse(template: string): readonly Action[] {
  const all = pieces(template);
  let next = 0;
  const body = (depth: number): readonly Action[] => {
    if (depth > maxDepth) throw new TemplateError('blocks nest too deeply');
    const actions: Action[] = [];
    for (; next < all.length; next++) {
      const piece = all[next] as Piece;
      if ('text' in piece) actions.push({ kind: 'text', text: piece.text });
      else if (/^(end|else)\b/.test(piece.action)) return actions;
      else if (!/^\/\*[\s\S]*\*\/$/.test(piece.action) && piece.action !== '') actions.push(actionOf(piece.action, depth));
    }
    return actions;
  };
  const actionOf = (action: string, depth: number): Action => {
    const [, word = '', rest = ''] = /^(if|with|range|define)\b\s*([\s\S]*)$/.exec(action) ?? [];
    if (word !== '') return blockOf(word, rest, depth);
    const [, name, sign, expression] = /^(\$\w+)\s*(:?=)(?!=)\s*([\s\S]+)$/.exec(action) ?? [];
    if (name !== undefined) return { kind: 'set', name, isNew: sign === ':=', expression: parseExpression(expression as string) };
    return { kind: 'print', expression: parseExpression(action) };
  };
  const blockOf = (word: string, rest: string, depth: number): Action => {
    next++;
    const first = body(depth + 1);
    const otherwise = tail(word, depth);
    // What is defined is no part of the text.
    if (word === 'define') return { kind: 'text', text: '' };
    if (word !== 'range') return { kind: 'if', isWith: word === 'with', condition: parseExpression(rest), body: first, otherwise };
    const [, names, over = rest] = /^(\$\w+(?:\s*,\s*\$\w+)?)\s*:=\s*([\s\S]+)$/.exec(rest) ?? [];
    return { kind: 'range', names: names?.split(/\s*,\s*/) ?? [], over: parseExpression(over), body: first, otherwise };
  };
  /** From `else` to `end`. */
  const tail = (word: string, depth: number): readonly Action[] => {
    const piece = all[next];
    const action = piece && 'action' in piece ? piece.action : undefined;
    if (action === undefined) throw new TemplateError(`'${word}' without its 'end'`);
    if (action === 'end') return [];
    const [, chained] = /^else\s+(?:if|with)\b\s*([\s\S]+)$/.exec(action) ?? [];
    next++;
    const found = body(depth + 1);
    if (chained !== undefined)
      return [{ kind: 'if', isWith: /^else\s+with\b/.test(action), condition: parseExpression(chained), body: found, otherwise: tail(word, depth + 1) }];
    const end = all[next];
    if (!end || !('action' in end) || end.action !== 'end') throw new TemplateError(`'${word}' without its 'end'`);
    return found;
  };
  const actions = body(0);
  if (next < all.length) throw new TemplateError("an 'end' of nothing");
  return actions;
}

const word = /\s*(?:("(?:[^"\\]|\\.)*")|`([^`]*)`|(-?\d+(?:\.\d+)?)\b|([()|])|(\$\w*(?:\.\w+)*|(?:\.?[A-Za-z_]\w*)(?:\.\w+)*|\.))/y;

interface Word {
  readonly is: 'value' | 'chain' | 'sign';
  readonly value?: unknown;
  readonly text: string;
  /** Whether nothing stands before it: `(f x).y`. */
  readonly isJoined: boolean;
}

function words(source: string): readonly Word[] {
  const found: Word[] = [];
  const end = source.trimEnd();
  let at = 0;
  while (at < end.length) {
    word.lastIndex = at;
    const match = word.exec(end);
    if (!match || match[0] === '') throw new TemplateError(`'${source.trim()}' cannot be read`);
    const [whole, quoted, raw, number, sign, chain] = match;
    const isJoined = !/^\s/.test(whole) && at > 0;
    if (quoted !== undefined) found.push({ is: 'value', value: unquoted(quoted), text: quoted, isJoined });
    else if (raw !== undefined) found.push({ is: 'value', value: raw, text: raw, isJoined });
    else if (number !== undefined) found.push({ is: 'value', value: Number(number), text: number, isJoined });
    else found.push({ is: chain ? 'chain' : 'sign', text: (chain ?? sign) as string, isJoined });
    at = word.lastIndex;
  }
  return found;
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new TemplateError(`${text} cannot be read`);
  }
}

const constants: { readonly [name: string]: unknown } = { true: true, false: false, nil: null };

/** A pipeline. @throws TemplateError */
export function parseExpression(source: string): Expression {
  const all = words(source);
  let next = 0;
  const broken = (): never => {
    throw new TemplateError(`'${source.trim()}' cannot be read`);
  };
  const isSign = (text: string) => all[next]?.is === 'sign' && all[next]?.text === text;
  const operand = (depth: number): Expression => {
    const one = all[next++] ?? broken();
    if (one.is === 'value') return { kind: 'literal', value: one.value };
    if (one.is === 'chain') return chain(one.text);
    if (one.text !== '(' || depth > maxDepth) return broken();
    const inner = pipeline(depth + 1);
    if (!isSign(')')) broken();
    next++;
    const after = all[next];
    if (after?.is !== 'chain' || !after.isJoined || !after.text.startsWith('.')) return inner;
    next++;
    return { kind: 'field', of: inner, path: after.text.slice(1).split('.') };
  };
  const command = (depth: number, piped: readonly Expression[]): Expression => {
    const one = all[next];
    const isCall = one?.is === 'chain' && /^[A-Za-z_]/.test(one.text) && !Object.hasOwn(constants, one.text);
    if (!isCall) {
      const value = piped.length > 0 ? broken() : operand(depth);
      if (one?.is !== 'chain' || next === all.length || isSign('|') || isSign(')')) return value;
      next--;
    }
    next++;
    const given: Expression[] = [];
    while (next < all.length && !isSign('|') && !isSign(')')) {
      const name = all[next];
      // A function without arguments is one, too: `dict`, `list`.
      if (name?.is === 'chain' && /^[A-Za-z_]/.test(name.text) && !Object.hasOwn(constants, name.text)) {
        next++;
        given.push({ kind: 'call', name: name.text, given: [] });
      } else given.push(operand(depth));
    }
    return { kind: 'call', name: (one as Word).text, given: [...given, ...piped] };
  };
  const pipeline = (depth: number): Expression => {
    let value = command(depth, []);
    while (isSign('|')) {
      next++;
      value = command(depth, [value]);
    }
    return value;
  };
  const expression = pipeline(0);
  return next === all.length ? expression : broken();
}

function chain(text: string): Expression {
  if (Object.hasOwn(constants, text)) return { kind: 'literal', value: constants[text] };
  const [first = '', ...path] = text.split('.');
  if (text === '.') return { kind: 'field', path: [] };
  return first === '' ? { kind: 'field', path } : { kind: 'field', of: first, path };
}
