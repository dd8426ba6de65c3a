import { declarationOf } from './declarations';
import { typeFields } from './normal-form';
import { childrenOf, type Syntax } from './syntax';

/** What a part of a file needs of the rest of it. */
export class Dependencies {
  /** Statements by the names that they declare. */
  readonly #declared = new Map<string, Syntax>();
  /** What runs when the file is loaded, and may change what is declared. */
  readonly #effects: readonly Syntax[];
  readonly #imported = new Map<string, string>();

  constructor(body: readonly Syntax[]) {
    for (const statement of body) {
      const declaration = declarationOf(statement);
      if (statement.type === 'ImportDeclaration') {
        for (const { local } of statement.specifiers as readonly Syntax[]) this.#imported.set(String((local as Syntax).name), sourceOf(statement));
      } else if (declaration.type === 'VariableDeclaration') {
        for (const { id } of declaration.declarations as readonly Syntax[]) for (const name of namesIn(id as Syntax)) this.#declared.set(name, declaration);
      } else if (declaration.id) this.#declared.set(String((declaration.id as Syntax).name), declaration);
    }
    this.#effects = body.filter(({ type }) => !/^(Import|Export)|Declaration$/.test(type));
  }

  of(nodes: readonly Syntax[]): { readonly statements: readonly Syntax[]; readonly imports: readonly string[] } {
    const statements = new Set<Syntax>();
    const imports = new Set<string>();
    const visit = (node: Syntax) => {
      for (const name of namesIn(node)) {
        const from = this.#imported.get(name);
        if (from !== undefined) imports.add(from);
        const statement = this.#declared.get(name);
        if (statement === undefined) continue;
        for (const one of [statement, ...this.#effects]) {
          if (statements.has(one)) continue;
          statements.add(one);
          visit(one);
        }
      }
      for (const name of loadedIn(node)) imports.add(name);
    };
    for (const node of nodes) visit(node);
    return { statements: [...statements].sort((a, b) => a.start - b.start), imports: [...imports] };
  }
}

function sourceOf(node: Syntax): string {
  return String((node.source as Syntax).value);
}

/** Names that are values; keys and members are none. */
function* namesIn(node: Syntax): Generator<string> {
  if (node.type === 'Identifier') yield String(node.name);
  const isNamed = /^(Object(Property|Method)|MemberExpression|OptionalMemberExpression)$/.test(node.type) && node.computed !== true;
  for (const [key, child] of valuesBelow(node)) if (!isNamed || (key !== 'key' && key !== 'property')) yield* namesIn(child);
}

/** What is loaded by a call: `require('./a')`, `import('./a')`. */
function* loadedIn(node: Syntax): Generator<string> {
  const callee = node.type === 'CallExpression' ? (node.callee as Syntax) : undefined;
  const [first] = node.type === 'ImportExpression' ? [node.source as Syntax] : callee ? (node.arguments as readonly Syntax[]) : [];
  const isLoading = node.type === 'ImportExpression' || callee?.type === 'Import' || callee?.name === 'require';
  if (isLoading && first?.type === 'StringLiteral') yield String(first.value);
  for (const [, child] of valuesBelow(node)) yield* loadedIn(child);
}

function valuesBelow(node: Syntax): ReturnType<typeof childrenOf> {
  return childrenOf(node).filter(([name]) => !typeFields.test(name));
}
