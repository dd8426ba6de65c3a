import type { Syntax } from './syntax';

/** What a module exports by default, as it stands there: a name is not followed. */
export function defaultExport(body: readonly Syntax[]): Syntax | undefined {
  const statement = body.find(({ type }) => type === 'ExportDefaultDeclaration');
  if (statement) return statement.declaration as Syntax;
  const specifiers = body.flatMap((one) => (one.type === 'ExportNamedDeclaration' && !one.source ? (one.specifiers as readonly Syntax[]) : []));
  return specifiers.find(({ exported }) => (exported as Syntax).name === 'default')?.local as Syntax | undefined;
}

/** What a statement declares, exported or not; a statement that declares nothing is itself. */
export function declarationOf(statement: Syntax): Syntax {
  return (statement.declaration as Syntax | null | undefined) ?? statement;
}

/** A variable at the top of a module. */
export interface Variable {
  readonly name: string;
  readonly isConstant: boolean;
  readonly value?: Syntax;
}

/** The variables of a module that have names of their own: what is taken apart (`const { a } = b`) is left out. */
export function variablesOf(body: readonly Syntax[]): readonly Variable[] {
  return body.map(declarationOf).flatMap(({ type, kind, declarations }) => {
    const declared = type === 'VariableDeclaration' ? (declarations as readonly Syntax[]) : [];
    return declared.flatMap(({ id, init }): readonly Variable[] => {
      const { type: form, name } = id as Syntax;
      return form === 'Identifier' ? [{ name: String(name), isConstant: kind === 'const', ...(init ? { value: init as Syntax } : {}) }] : [];
    });
  });
}

/** The value with which a name is declared. */
export function initializer(body: readonly Syntax[], name: string): Syntax | undefined {
  return variablesOf(body).find((variable) => variable.name === name)?.value;
}
