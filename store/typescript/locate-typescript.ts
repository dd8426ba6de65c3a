import { resolve } from 'node:path';
import { readText } from '../files/read-file';
import type { TextPosition } from '../text/position';
import { defaultExport, initializer } from './declarations';
import { bare, tryFindMember } from './object-literal';
import { parseModule, type Syntax } from './syntax';

/** Finds places in a TypeScript file's default export: the deepest key along the place that is written down literally. */
export function typeScriptLocator(file: string): (place: readonly string[]) => TextPosition | undefined {
  const body = tryParse(file);
  return (place) => body && positionOf(body, place);
}

function tryParse(file: string): readonly Syntax[] | undefined {
  try {
    return parseModule(readText(resolve(file)), { errorRecovery: true }).body;
  } catch {
    return undefined;
  }
}

function positionOf(body: readonly Syntax[], place: readonly string[]): TextPosition | undefined {
  let value = literalBehind(defaultExport(body), body);
  let at: Syntax | undefined;
  for (const key of place) {
    const found = value && childAt(value, key);
    if (!found) break;
    at = found.at;
    value = literalBehind(found.value, body);
  }
  const start = at?.loc?.start;
  return start && { line: start.line, column: start.column + 1 };
}

/** A literal behind `satisfies`, `as const`, parentheses, a `define…` call, a constant of the same file, or an arrow function. */
function literalBehind(node: Syntax | undefined, body: readonly Syntax[], depth = 0): Syntax | undefined {
  if (!node || depth > 20) return node;
  const value = bare(node);
  const inner = (next: unknown) => literalBehind(next as Syntax | undefined, body, depth + 1);
  if (value.type === 'CallExpression') return inner((value.arguments as readonly Syntax[])[0]);
  if (value.type === 'ArrowFunctionExpression') return inner(value.body);
  if (value.type === 'Identifier') return inner(initializer(body, String(value.name)));
  return value;
}

/** @returns the node to point at, and the value there; a method has none */
function childAt(node: Syntax, key: string): { readonly at: Syntax; readonly value?: Syntax } | undefined {
  if (node.type === 'ArrayExpression') {
    const element = (node.elements as readonly (Syntax | null)[])[Number(key)];
    return element ? { at: element, value: element } : undefined;
  }
  const member = node.type === 'ObjectExpression' ? tryFindMember(node, key) : undefined;
  return member && { at: member.node, value: member.value };
}
