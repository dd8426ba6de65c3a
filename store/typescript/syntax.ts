import type { ParserOptions } from '@babel/parser';

/** As much of a syntax tree as is looked at here. */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc?: { readonly start: Position } | null;
  readonly [key: string]: unknown;
}

/** Where a node begins: as editors count lines, and columns from zero. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A module as a tree. */
export interface SyntaxModule {
  readonly body: readonly Syntax[];
  readonly comments: readonly Syntax[];
}

/** Babel's parser, as far as it is asked. */
interface Parser {
  parse(text: string, options: ParserOptions): { readonly program: { readonly body: readonly Syntax[] }; readonly comments?: readonly Syntax[] | null };
  parseExpression(text: string, options: ParserOptions): Syntax;
}

/** Loaded when something is parsed, and not above: it takes 70 ms, and most commands parse nothing. */
function parser(): Parser {
  return require('@babel/parser');
}

/** @throws whatever Babel says of the text */
export function parseModule(text: string, options: ParserOptions = {}): SyntaxModule {
  const { program, comments } = parser().parse(text, { sourceType: 'module', plugins: ['typescript'], ...options });
  return { body: program.body, comments: comments ?? [] };
}

/** The tree of an expression; `undefined` where it is none. */
export function tryParseExpression(text: string): Syntax | undefined {
  try {
    return parser().parseExpression(text, { sourceType: 'module', plugins: ['typescript'] });
  } catch {
    return undefined;
  }
}

/** Under these no part of the program stands, but places and comments. */
const aside = /^(start|end|loc|range|extra|comments|errors|\w+Comments)$/;

/** What the program says in a node: values and nodes by their names in the tree. */
export function fieldsOf(node: object): readonly (readonly [name: string, field: unknown])[] {
  return Object.entries(node).filter(([name]) => !aside.test(name));
}

export function isSyntax(value: unknown): value is Syntax {
  return typeof (value as Syntax | null | undefined)?.type === 'string';
}

/** The nodes right below a node, each with the name that it has there. */
export function childrenOf(node: Syntax): readonly (readonly [name: string, child: Syntax])[] {
  return fieldsOf(node).flatMap(([name, field]) => (Array.isArray(field) ? field : [field]).filter(isSyntax).map((child) => [name, child] as const));
}

/** A node and every node below it, the outer ones first. */
export function* nodesOf(top: Syntax): Generator<Syntax> {
  const open = [top];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    for (const [, child] of [...childrenOf(node)].reverse()) open.push(child);
  }
}
