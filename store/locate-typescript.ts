import { resolve } from 'node:path';
import type { ParseResult } from '@babel/parser';
import type { File } from '@babel/types';
import type { Position } from './locate';
import { readText } from './read-file';

/** As much of a syntax tree as is looked at here. */
interface Syntax {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number; readonly column: number } } | null;
  readonly [key: string]: unknown;
}

/** Finds places in a TypeScript file's default export. */
export function typeScriptLocator(file: string): (place: readonly string[]) => Position | undefined {
  const parsed = tryParse(file);
  return (place) => positionOf(parsed, place);
}

function tryParse(file: string): ParseResult<File> | undefined {
  // Loaded here and not above: it takes 70 ms, and most runs have nothing to locate.
  const { parse } = require('@babel/parser') as typeof import('@babel/parser');
  try {
    return parse(readText(resolve(file)), { sourceType: 'module', plugins: ['typescript'], errorRecovery: true });
  } catch {
    return undefined;
  }
}

/** The position of the deepest key along the place that is written down literally. */
function positionOf(file: ParseResult<File> | undefined, place: readonly string[]): Position | undefined {
  if (!file) return undefined;
  const body = file.program.body as unknown as readonly Syntax[];
  const exported = body.find(({ type }) => type === 'ExportDefaultDeclaration');
  let value = unwrap(exported?.declaration as Syntax | undefined, body);
  let position: { readonly line: number; readonly column: number } | undefined;
  for (const key of place) {
    const found = child(value, key);
    if (!found) break;
    position = found.at.loc?.start ?? position;
    value = unwrap(found.value, body);
  }
  return position && { line: position.line, column: position.column + 1 };
}

/** A literal behind `satisfies`, `as const`, parentheses, a `define…` call, a constant of the same file, or an arrow function. */
function unwrap(node: Syntax | undefined, body: readonly Syntax[], depth = 0): Syntax | undefined {
  if (!node || depth > 20) return node;
  const inner = (next: unknown) => unwrap(next as Syntax | undefined, body, depth + 1);
  if (['TSSatisfiesExpression', 'TSAsExpression', 'ParenthesizedExpression', 'TSNonNullExpression'].includes(node.type)) return inner(node.expression);
  if (node.type === 'CallExpression') return inner((node.arguments as readonly Syntax[])[0]);
  if (node.type === 'ArrowFunctionExpression') return inner(node.body);
  if (node.type === 'Identifier') return inner(initializer(String(node.name), body));
  return node;
}

function initializer(name: string, body: readonly Syntax[]): Syntax | undefined {
  for (const statement of body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? (statement.declaration as Syntax | undefined) : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const declared of declaration.declarations as readonly Syntax[]) {
      if ((declared.id as Syntax).name === name) return declared.init as Syntax;
    }
  }
  return undefined;
}

function child(node: Syntax | undefined, key: string): { readonly at: Syntax; readonly value: Syntax } | undefined {
  if (node?.type === 'ArrayExpression') {
    const element = (node.elements as readonly (Syntax | null)[])[Number(key)];
    return element ? { at: element, value: element } : undefined;
  }
  if (node?.type !== 'ObjectExpression') return undefined;
  for (const property of node.properties as readonly Syntax[]) {
    if (property.type !== 'ObjectProperty' && property.type !== 'ObjectMethod') continue;
    if (property.computed) continue;
    const name = property.key as Syntax;
    if ((name.name ?? name.value) === key || String(name.value) === key) return { at: property, value: (property.value ?? property) as Syntax };
  }
  return undefined;
}
