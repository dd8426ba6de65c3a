import type { Editable } from '../text/editable';
import type { Syntax } from '../typescript/syntax';
import { TypeScriptTree } from '../typescript/typescript-tree';

/** A text with a value of a package imported, if it is not already. @returns the text, and what the value is called in it */
export function withImport(source: Editable, name: string, from: string): { readonly text: string; readonly local: string } {
  const { body } = new TypeScriptTree(source);
  const imports = body.filter((node) => node.type === 'ImportDeclaration');
  const own = imports.filter((node) => (node.source as Syntax).value === from);
  const values = own.filter((node) => node.importKind !== 'type');
  const known = values
    .flatMap((node) => node.specifiers as readonly Syntax[])
    .find((one) => one.type === 'ImportSpecifier' && (one.imported as Syntax).name === name && one.importKind !== 'type');
  if (known) return { text: source.text, local: String((known.local as Syntax).name) };
  const list = values.find((node) => (node.specifiers as readonly Syntax[]).some(({ type }) => type === 'ImportSpecifier'));
  const last = (list?.specifiers as readonly Syntax[] | undefined)?.at(-1);
  const { text } = source;
  if (last) return { text: `${text.slice(0, last.end)}, ${name}${text.slice(last.end)}`, local: name };
  const line = `import { ${name} } from '${from}';`;
  const behind = own.at(-1) ?? imports.at(-1);
  if (!behind) return { text: `${line}\n\n${text}`, local: name };
  return { text: `${text.slice(0, behind.end)}\n${line}${text.slice(behind.end)}`, local: name };
}
