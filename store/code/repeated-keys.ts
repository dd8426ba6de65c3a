import { shown } from '../paths';
import { readText } from '../read-file';
import { report } from './found';
import { mayRepeatKeys } from './key-scan';

/** As much of a syntax tree as is looked at here. */
interface Syntax {
  readonly type: string;
  readonly loc?: { readonly start: Position } | null;
  readonly [key: string]: unknown;
}

interface Position {
  readonly line: number;
  /** From zero. */
  readonly column: number;
}

/** A key that stands twice in one object, which keeps the second alone. */
export interface RepeatedKey {
  readonly key: string;
  readonly first: Position;
  readonly second: Position;
}

const looked = new Set<string>();

/** Has the files looked at once more: they may have been edited. */
export function forgetRepeatedKeys(): void {
  looked.clear();
}

/** Reports every key that stands twice in an object of a TypeScript, JavaScript or JSON file that was loaded. */
export function reportRepeatedKeys(file: string): void {
  if (looked.has(file) || !/\.([cm]?[jt]sx?|json)$/.test(file)) return;
  looked.add(file);
  for (const { key, first, second } of repeatedKeys(readText(file), file)) {
    report({
      code: 'duplicate-key',
      message: `the key '${key}' stands twice in one object, and the first is dropped in silence`,
      file: shown(file),
      line: second.line,
      column: second.column + 1,
      expected: 'each key once',
      found: `the first at ${shown(file)}:${first.line}:${first.column + 1}`,
      hint: 'make one of the two, or rename one: merging two branches may have left both',
    });
  }
}

/** @param file its name says what the text is written in */
export function repeatedKeys(text: string, file: string): readonly RepeatedKey[] {
  if (!mayRepeatKeys(text)) return [];
  // Loaded here and not above: it takes 70 ms, and hardly any file needs it.
  const { parse, parseExpression } = require('@babel/parser') as typeof import('@babel/parser');
  try {
    if (file.endsWith('.json')) return repeatedIn(parseExpression(text) as unknown as Syntax, new Map());
    const jsx = file.endsWith('x') ? (['jsx'] as const) : [];
    const { program } = parse(text, { sourceType: 'unambiguous', plugins: ['typescript', ...jsx], errorRecovery: true });
    return repeatedIn(program as unknown as Syntax, constants(program.body as unknown as readonly Syntax[]));
  } catch {
    // It was loaded all the same: it is no mistake that could be told here.
    return [];
  }
}

function repeatedIn(program: Syntax, names: ReadonlyMap<string, string>): readonly RepeatedKey[] {
  const found: RepeatedKey[] = [];
  const open: unknown[] = [program];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    if ((next as Syntax).type === 'ObjectExpression') found.push(...repeatedAmong((next as Syntax).properties as readonly Syntax[], names));
    for (const [key, value] of Object.entries(next)) if (key !== 'loc' && typeof value === 'object') open.push(value);
  }
  return found.sort((a, b) => a.second.line - b.second.line || a.second.column - b.second.column);
}

function repeatedAmong(properties: readonly Syntax[], names: ReadonlyMap<string, string>): readonly RepeatedKey[] {
  const seen = new Map<string, { readonly kind: unknown; readonly position: Position }>();
  return properties.flatMap((property) => {
    const key = nameOf(property, names);
    const position = (property.key as Syntax | undefined)?.loc?.start;
    if (key === undefined || position === undefined) return [];
    const before = seen.get(key);
    seen.set(key, { kind: property.kind, position });
    // A getter and a setter make one property.
    const isPair = before && new Set([before.kind, property.kind, 'get', 'set']).size === 2 && before.kind !== property.kind;
    return before && !isPair ? [{ key, first: before.position, second: position }] : [];
  });
}

/** The name of a property where the text says it; `undefined` for one that is computed, and for a spread. */
function nameOf({ key, computed }: Syntax, names: ReadonlyMap<string, string>): string | undefined {
  const { type, name, value, quasis } = (key ?? {}) as Syntax;
  if (type === 'Identifier') return computed ? names.get(String(name)) : String(name);
  if (type === 'StringLiteral' || type === 'NumericLiteral' || type === 'BigIntLiteral') return String(value);
  const [only, ...more] = (quasis ?? []) as readonly { readonly value: { readonly cooked?: string } }[];
  return type === 'TemplateLiteral' && more.length === 0 ? only?.value.cooked : undefined;
}

/** Text and numbers that constants of the file stand for. */
function constants(body: readonly Syntax[]): ReadonlyMap<string, string> {
  const declared = body.flatMap((statement) => {
    const declaration = (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement) as Syntax | null | undefined;
    return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const' ? (declaration.declarations as readonly Syntax[]) : [];
  });
  return new Map(
    declared.flatMap(({ id, init }) => {
      const { type, value } = (init ?? {}) as Syntax;
      const isText = type === 'StringLiteral' || type === 'NumericLiteral';
      return isText && (id as Syntax).type === 'Identifier' ? [[String((id as Syntax).name), String(value)] as const] : [];
    }),
  );
}
