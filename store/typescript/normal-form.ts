import { bare, membersOf } from './object-literal';
import { fieldsOf, isSyntax, type Syntax } from './syntax';

/** Types: what they say changes no value. */
export const typeFields = /^(typeAnnotation|returnType|typeParameters|typeArguments)$/;

/** A syntax tree without what changes no value: formatting, quotes, types, the order of keys. Equal for code that says the same. */
export function normalForm(node: Syntax): unknown {
  const value = bare(node);
  const members = value.type === 'ObjectExpression' ? membersOf(value) : undefined;
  if (members && new Set(members.map(({ key }) => key)).size === members.length) {
    const sorted = [...members].sort((a, b) => (a.key < b.key ? -1 : 1));
    return { members: sorted.map((member) => [member.key, member.value ? normalForm(member.value) : fieldsOfMethod(member.node)]) };
  }
  if (value.type === 'StringLiteral') return { text: value.value };
  return normalFields(value);
}

/** Its name stands beside it already. */
function fieldsOfMethod({ key: _, ...method }: Syntax): unknown {
  return normalFields(method);
}

function normalFields(node: object): unknown {
  const fields = fieldsOf(node).filter(([name, field]) => !typeFields.test(name) && field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, Array.isArray(field) ? field.map(normalField) : normalField(field)]));
}

function normalField(field: unknown): unknown {
  return isSyntax(field) ? normalForm(field) : field;
}
