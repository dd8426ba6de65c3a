import type { ParserPlugin } from '@babel/parser';
import { cannotEdit, type Editable } from './cannot-edit';

/** As much of a syntax tree as is looked at here. */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A member of an object literal that has a name: a property, or a method. */
export interface Member {
  readonly key: string;
  readonly node: Syntax;
  /** `undefined` for a method. */
  readonly value?: Syntax;
}

const plugins: ParserPlugin[] = ['typescript'];

/** A configuration file as a tree. */
export class TypeScriptTree {
  readonly text: string;
  /** What the file exports by default, as it stands there. */
  readonly exported: Syntax;
  readonly comments: readonly Syntax[];
  readonly #source: Editable;
  /** The statements of the file. */
  readonly body: readonly Syntax[];

  /** @throws FleetError where the file does not parse, or exports nothing */
  constructor(source: Editable) {
    const { body, comments } = parsed(source);
    const exported = defaultExport(body);
    if (!exported) throw cannotEdit(source, 0, 'the file has no default export', 'write `export default …`');
    this.text = source.text;
    this.comments = comments;
    this.#source = source;
    this.body = body;
    this.exported = defined(bare(exported.type === 'Identifier' ? (initializer(String(exported.name), body) ?? exported) : exported));
  }

  /** The value at a place, or `undefined` where it is not there. @throws FleetError where that cannot be told, or nobody could edit it */
  tryFind(place: readonly string[], byHand: string): Syntax | undefined {
    let node = this.exported;
    for (const [depth, key] of place.entries()) {
      if (node.type !== 'ObjectExpression') {
        const what = depth === 0 ? 'the default export' : `'${place.slice(0, depth).join('.')}'`;
        throw cannotEdit(this.#source, node.start, `${what} is no object literal and cannot be edited`, byHand);
      }
      const name = place.slice(0, depth + 1).join('.');
      const member = tryFindMember(node, key);
      const behind = (node.properties as readonly Syntax[]).find(({ start, ...one }) => isOpaque(one as Syntax) && start > (member?.node.start ?? 0));
      if (behind) throw cannotEdit(this.#source, behind.start, `'${name}' may come from here, where nothing can be edited`, byHand);
      if (!member) return undefined;
      if (!member.value) throw cannotEdit(this.#source, member.node.start, `'${name}' is a method and cannot be edited`, byHand);
      node = bare(member.value);
    }
    return node;
  }

  /** Whether a value says itself what it is. What another line of the file says is used elsewhere too, or shall be named. */
  isWrittenOut(node: Syntax): boolean {
    const value = bare(node);
    if (value.type === 'TemplateLiteral') return (value.expressions as readonly Syntax[]).every((part) => this.isWrittenOut(part));
    if (value.type === 'UnaryExpression') return this.isWrittenOut(value.argument as Syntax);
    if (/Literal$|^(Object|Array|Function|ArrowFunction)Expression$/.test(value.type)) return true;
    return this.#isOurs(value);
  }

  /** `unset`, `cluster.annotation('a')`, `undefined`: names that are nobody's value. */
  #isOurs(value: Syntax): boolean {
    if (value.type === 'CallExpression') return this.#isOurs(value.callee as Syntax);
    if (value.type === 'MemberExpression') return this.#isOurs(value.object as Syntax);
    if (value.type !== 'Identifier') return false;
    const imported = this.body.filter(({ type, source }) => type === 'ImportDeclaration' && (source as Syntax).value === 'cdk8s-fleet');
    const names = imported.flatMap(({ specifiers }) => (specifiers as readonly Syntax[]).map(({ local }) => (local as Syntax).name));
    return ['undefined', 'NaN', 'Infinity', 'Number', ...names].includes(value.name);
  }

  /** Comments within a part of the text. */
  commentsIn(start: number, end: number): readonly Syntax[] {
    return this.comments.filter((comment) => comment.start >= start && comment.end <= end);
  }

  /** The offset behind blank space and comments. @param inLine stop where the line ends */
  skip(offset: number, inLine = false): number {
    for (let at = offset; ; ) {
      const comment = this.comments.find(({ start }) => start === at);
      if (comment) at = comment.end;
      else if (at < this.text.length && /\s/.test(this.text[at] as string) && !(inLine && this.text[at] === '\n')) at += 1;
      else return at;
    }
  }

  /** The offset of the comma that follows a member or an item, or `undefined`. */
  commaAfter(offset: number): number | undefined {
    const at = this.skip(offset);
    return this.text[at] === ',' ? at : undefined;
  }
}

function parsed(source: Editable): { readonly body: readonly Syntax[]; readonly comments: readonly Syntax[] } {
  // Loaded here and not above: it takes 70 ms.
  const { parse } = require('@babel/parser') as typeof import('@babel/parser');
  try {
    const { program, comments } = parse(source.text, { sourceType: 'module', plugins });
    return { body: program.body as unknown as readonly Syntax[], comments: (comments ?? []) as unknown as readonly Syntax[] };
  } catch (cause) {
    const { pos = 0, message } = cause as { readonly pos?: number; readonly message: string };
    throw cannotEdit(source, pos, `the file cannot be parsed: ${message.replace(/ \(\d+:\d+\)$/, '')}`, 'correct it, or edit it by hand');
  }
}

/** The tree of an expression; `undefined` where it is none. */
export function tryParseExpression(code: string): Syntax | undefined {
  const { parseExpression } = require('@babel/parser') as typeof import('@babel/parser');
  try {
    return parseExpression(code, { sourceType: 'module', plugins }) as unknown as Syntax;
  } catch {
    return undefined;
  }
}

/** A node and every node below it, the outer ones first. */
export function* nodesOf(node: Syntax): Generator<Syntax> {
  yield node;
  for (const [key, value] of Object.entries(node)) {
    if (/Comments$|^extra$|^loc$/.test(key)) continue;
    for (const one of Array.isArray(value) ? value : [value]) if (typeof one?.type === 'string') yield* nodesOf(one as Syntax);
  }
}

function defaultExport(body: readonly Syntax[]): Syntax | undefined {
  const statement = body.find(({ type }) => type === 'ExportDefaultDeclaration');
  if (statement) return statement.declaration as Syntax;
  const specifiers = body.flatMap((one) => (one.type === 'ExportNamedDeclaration' && !one.source ? (one.specifiers as readonly Syntax[]) : []));
  return specifiers.find(({ exported }) => (exported as Syntax).name === 'default')?.local as Syntax | undefined;
}

/** What stands behind `satisfies`, `as` and parentheses. A name is not followed: others may use it too. */
export function bare(node: Syntax): Syntax {
  const isWrapper = ['TSSatisfiesExpression', 'TSAsExpression', 'TSTypeAssertion', 'ParenthesizedExpression', 'TSNonNullExpression'].includes(node.type);
  return isWrapper ? bare(node.expression as Syntax) : node;
}

/** What a `define…` call is given: it returns that. */
function defined(node: Syntax): Syntax {
  const [first] = node.type === 'CallExpression' ? (node.arguments as readonly Syntax[]) : [];
  return first && /^define/.test(String((node.callee as Syntax).name)) ? bare(first) : node;
}

function initializer(name: string, body: readonly Syntax[]): Syntax | undefined {
  for (const statement of body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Syntax | undefined) : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const declared of declaration.declarations as readonly Syntax[]) if ((declared.id as Syntax).name === name) return declared.init as Syntax;
  }
  return undefined;
}

/** A member whose name is not known here: `...others`, `[name]: 1`. */
function isOpaque({ type, computed, key }: Syntax): boolean {
  return type === 'SpreadElement' || (computed === true && (key as Syntax).type !== 'StringLiteral');
}

/** The members of an object literal, or `undefined` where one has a name that is not written out. */
export function membersOf(node: Syntax): readonly Member[] | undefined {
  const properties = node.properties as readonly Syntax[];
  return properties.some(isOpaque) ? undefined : properties.map(member);
}

/** The member that has a name; of several the last, which wins. */
export function tryFindMember(node: Syntax, name: string): Member | undefined {
  return (node.properties as readonly Syntax[])
    .filter((property) => !isOpaque(property))
    .map(member)
    .findLast(({ key }) => key === name);
}

function member(node: Syntax): Member {
  const key = node.key as Syntax;
  return { key: String(key.name ?? key.value), node, ...(node.type === 'ObjectProperty' ? { value: node.value as Syntax } : {}) };
}
