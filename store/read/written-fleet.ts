import { join } from 'node:path';
import { isMap } from '../../layers/plain-data';
import { readText } from '../files/read-file';
import { bare, nameOf, tryFindMember } from '../typescript/object-literal';
import type { Syntax } from '../typescript/syntax';
import { TypeScriptTree } from '../typescript/typescript-tree';

/** What the file of a fleet says, as far as it is written out: no code of it runs. Nothing, where it cannot be read. */
export function writtenFleet(config: string): { readonly [key: string]: unknown } {
  const tree = tryTree(join(config, 'fleet.ts'));
  const content = tree ? plainOf(tree.exported) : yamlOf(join(config, 'config.yaml'));
  return isMap(content) ? content : {};
}

function yamlOf(file: string): unknown {
  try {
    return (require('yaml') as typeof import('yaml')).parse(readText(file));
  } catch {
    return undefined;
  }
}

/** @returns `undefined` where there is no such file, or none that can be read */
export function tryTree(file: string): TypeScriptTree | undefined {
  try {
    return new TypeScriptTree({ file, text: readText(file) });
  } catch {
    return undefined;
  }
}

function plainOf(node: Syntax | undefined): unknown {
  if (!node) return undefined;
  const value = bare(node);
  if (value.type === 'StringLiteral') return value.value;
  if (value.type === 'ArrayExpression') return (value.elements as readonly (Syntax | null)[]).map((item) => item && plainOf(item));
  if (value.type !== 'ObjectExpression') return undefined;
  // What comes from somewhere else (`...others`) is not written out here.
  const names = (value.properties as readonly Syntax[]).flatMap((one) => nameOf(one) ?? []);
  return Object.fromEntries(names.map((name) => [name, plainOf(tryFindMember(value, name)?.value)]));
}
