import { variablesOf } from './declarations';
import { mayRepeatKeys } from './key-scan';
import { nameOf } from './object-literal';
import { nodesOf, type Position, parseModule, type Syntax, tryParseExpression } from './syntax';

/** A key that stands twice in one object, which keeps the second alone. */
export interface RepeatedKey {
  readonly key: string;
  readonly first: Position;
  readonly second: Position;
}

/** @param file its name says what the text is written in */
export function repeatedKeys(text: string, file: string): readonly RepeatedKey[] {
  if (!mayRepeatKeys(text)) return [];
  const body = file.endsWith('.json') ? [tryParseExpression(text) ?? []].flat() : parsed(text, file.endsWith('x'));
  const names = constants(body);
  const objects = body.flatMap((statement) => [...nodesOf(statement)].filter(({ type }) => type === 'ObjectExpression'));
  const found = objects.flatMap(({ properties }) => repeatedAmong(properties as readonly Syntax[], names));
  return found.sort((a, b) => a.second.line - b.second.line || a.second.column - b.second.column);
}

function parsed(text: string, isJsx: boolean): readonly Syntax[] {
  try {
    return parseModule(text, { sourceType: 'unambiguous', plugins: ['typescript', ...(isJsx ? (['jsx'] as const) : [])], errorRecovery: true }).body;
  } catch {
    // It was loaded all the same: it is no mistake that could be told here.
    return [];
  }
}

function repeatedAmong(properties: readonly Syntax[], names: ReadonlyMap<string, string>): readonly RepeatedKey[] {
  const seen = new Map<string, { readonly kind: unknown; readonly position: Position }>();
  return properties.flatMap((property) => {
    const key = nameOf(property) ?? computedName(property, names);
    const position = (property.key as Syntax | undefined)?.loc?.start;
    if (key === undefined || position === undefined) return [];
    const before = seen.get(key);
    seen.set(key, { kind: property.kind, position });
    // A getter and a setter make one property.
    const isPair = before && new Set([before.kind, property.kind, 'get', 'set']).size === 2 && before.kind !== property.kind;
    return before && !isPair ? [{ key, first: before.position, second: position }] : [];
  });
}

/** A name in brackets that can be told: a number, a template without expressions, a constant of the file. */
function computedName({ key }: Syntax, names: ReadonlyMap<string, string>): string | undefined {
  const { type, name, value, quasis } = (key ?? {}) as Partial<Syntax>;
  if (type === 'Identifier') return names.get(String(name));
  if (type === 'NumericLiteral' || type === 'BigIntLiteral') return String(value);
  const [only, ...more] = (quasis ?? []) as readonly { readonly value: { readonly cooked?: string } }[];
  return type === 'TemplateLiteral' && more.length === 0 ? only?.value.cooked : undefined;
}

/** Text and numbers that constants of the file stand for. */
function constants(body: readonly Syntax[]): ReadonlyMap<string, string> {
  return new Map(
    variablesOf(body).flatMap(({ name, isConstant, value }) => {
      const isText = value?.type === 'StringLiteral' || value?.type === 'NumericLiteral';
      return isConstant && isText ? [[name, String(value.value)] as const] : [];
    }),
  );
}
