import { dirname, join } from 'node:path';
import { bare, membersOf, type Syntax, TypeScriptTree, tryFindMember } from '../edit/typescript-tree';

/** A file of some state of the configuration, by its absolute path: as it lies on the disk, or as a commit had it. */
export type ReadFile = (path: string) => string | undefined;

/** What a patch changes, in a form that formatting and comments leave alone. */
export interface PatchContent {
  /** Equal for equal content. */
  readonly text: string;
  /** Absolute paths of the other files that it takes something from. */
  readonly files: readonly string[];
}

/** What says where a patch sits and what it is for, and not what it changes. */
const besides: readonly string[] = ['rolledOutTo', 'description'];

/**
 * What a patch in TypeScript changes. What its literal takes from elsewhere belongs to it: declarations of the file as they
 * are written, and all of every file of the configuration that it imports them from.
 *
 * @param file  absolute
 * @param place the keys down to the patch
 * @returns `undefined` where the patch is not written out there
 */
export function typeScriptContent(read: ReadFile, file: string, place: readonly string[]): PatchContent | undefined {
  const text = read(file);
  if (text === undefined) return undefined;
  try {
    const tree = new TypeScriptTree({ file, text });
    const patch = tree.tryFind(place, '');
    if (patch?.type !== 'ObjectExpression') return undefined;
    const own = (patch.properties as readonly Syntax[]).filter((member) => !besides.includes(nameOf(member)));
    const found = new Dependencies(tree.body).of(own);
    const files = new Map<string, string>();
    for (const name of found.imports) addFile(files, read, dirname(file), name);
    const parts = [normal({ ...patch, properties: own }), found.statements.map(normal), [...files].sort()];
    return { text: JSON.stringify(parts), files: [...files.keys()] };
  } catch {
    // An older version of the file may not parse, or say it otherwise.
    return undefined;
  }
}

function nameOf({ key, computed }: Syntax): string {
  return computed === true || key === undefined ? '' : String((key as Syntax).name ?? (key as Syntax).value);
}

/** What a part of a file needs of the rest of it. */
class Dependencies {
  /** Statements by the names that they declare. */
  readonly #declared = new Map<string, Syntax>();
  /** What runs when the file is loaded, and may change what is declared. */
  readonly #effects: readonly Syntax[];
  readonly #imported = new Map<string, string>();

  constructor(body: readonly Syntax[]) {
    for (const statement of body) {
      const declaration = (statement.declaration as Syntax | null | undefined) ?? statement;
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
  for (const [key, child] of childrenOf(node)) if (!isNamed || (key !== 'key' && key !== 'property')) yield* namesIn(child);
}

/** What is loaded by a call: `require('./a')`, `import('./a')`. */
function* loadedIn(node: Syntax): Generator<string> {
  const callee = node.type === 'CallExpression' ? (node.callee as Syntax) : undefined;
  const [first] = node.type === 'ImportExpression' ? [node.source as Syntax] : callee ? (node.arguments as readonly Syntax[]) : [];
  const isLoading = node.type === 'ImportExpression' || callee?.type === 'Import' || callee?.name === 'require';
  if (isLoading && first?.type === 'StringLiteral') yield String(first.value);
  for (const [, child] of childrenOf(node)) yield* loadedIn(child);
}

function* childrenOf(node: Syntax): Generator<readonly [key: string, child: Syntax]> {
  for (const [key, value] of Object.entries(node)) {
    if (noise.test(key)) continue;
    for (const one of Array.isArray(value) ? value : [value]) if (typeof one?.type === 'string') yield [key, one as Syntax];
  }
}

/** Places, comments and types: what they say changes no value. */
const noise = /^(start|end|loc|range|extra|comments|errors|\w+Comments|typeAnnotation|returnType|typeParameters|typeArguments)$/;

/** A syntax tree without what changes no value: formatting, quotes, types, the order of keys. */
function normal(node: Syntax): unknown {
  const value = bare(node);
  const members = value.type === 'ObjectExpression' ? membersOf(value) : undefined;
  const keys = members?.map(({ key }) => key) ?? [];
  if (members && new Set(keys).size === keys.length) {
    const entries = keys.sort().map((key) => {
      const member = tryFindMember(value, key);
      return [key, normal(member?.value ?? ({ ...member?.node, key: undefined } as unknown as Syntax))];
    });
    return { members: entries };
  }
  if (value.type === 'StringLiteral') return { text: value.value };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) =>
      noise.test(key) || part === undefined ? [] : [[key, Array.isArray(part) ? part.map(normalPart) : normalPart(part)]],
    ),
  );
}

function normalPart(part: unknown): unknown {
  return typeof (part as Syntax | null)?.type === 'string' ? normal(part as Syntax) : part;
}

/** A file that is imported by a path, and what it imports so in turn. */
function addFile(files: Map<string, string>, read: ReadFile, folder: string, name: string): void {
  if (!name.startsWith('.')) return;
  const base = join(folder, name);
  const stem = base.replace(/\.[cm]?js$/, '');
  const path = [
    base,
    `${stem}.ts`,
    `${base}.ts`,
    `${base}.mts`,
    `${base}.cts`,
    `${base}.js`,
    `${base}.json`,
    join(base, 'index.ts'),
    join(base, 'index.js'),
  ].find((candidate) => read(candidate) !== undefined);
  // Of what cannot be found nobody knows whether it is the same.
  if (path === undefined) throw new Error(`'${name}' is not there`);
  if (files.has(path)) return;
  const text = read(path) as string;
  files.set(path, text);
  for (const [, inner = ''] of text.matchAll(/(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"](\.[^'"]*)['"]/g))
    addFile(files, read, dirname(path), inner);
}
