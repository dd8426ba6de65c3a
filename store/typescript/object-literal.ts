import type { Syntax } from './syntax';

/** A member of an object literal that has a name: a property, or a method. */
export interface Member {
  readonly key: string;
  readonly node: Syntax;
  /** `undefined` for a method. */
  readonly value?: Syntax;
}

/** The members of an object literal, or `undefined` where one has a name that is not written out. */
export function membersOf(node: Syntax): readonly Member[] | undefined {
  const members = (node.properties as readonly Syntax[]).map(tryReadMember);
  return members.every((member) => member !== undefined) ? members : undefined;
}

/** The member that has a name; of several the last, which wins. */
export function tryFindMember(node: Syntax, name: string): Member | undefined {
  return (node.properties as readonly Syntax[]).map(tryReadMember).findLast((member) => member?.key === name);
}

function tryReadMember(node: Syntax): Member | undefined {
  const key = nameOf(node);
  return key === undefined ? undefined : { key, node, ...(node.type === 'ObjectProperty' ? { value: node.value as Syntax } : {}) };
}

/** The name of a member as the text says it; `undefined` where it has none (`...others`) or one that is computed (`[name]: 1`). */
export function nameOf({ key, computed }: Syntax): string | undefined {
  const { type, name, value } = (key ?? {}) as Partial<Syntax>;
  if (computed === true && type !== 'StringLiteral') return undefined;
  const said = name ?? value;
  return said === undefined ? undefined : String(said);
}

/** What stands behind `satisfies`, `as` and parentheses. A name is not followed: others may use it too. */
export function bare(node: Syntax): Syntax {
  const isWrapper = ['TSSatisfiesExpression', 'TSAsExpression', 'TSTypeAssertion', 'ParenthesizedExpression', 'TSNonNullExpression'].includes(node.type);
  return isWrapper ? bare(node.expression as Syntax) : node;
}

/** `undefined`, which says nothing: what is not there may be put in its place. */
export function isUndefined(node: Syntax): boolean {
  return (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'UnaryExpression' && node.operator === 'void');
}
