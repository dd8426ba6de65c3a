import { dirname } from 'node:path';
import { addImported, type ReadFile } from '../read/imported-files';
import { Dependencies } from '../typescript/dependencies';
import { normalForm } from '../typescript/normal-form';
import { nameOf } from '../typescript/object-literal';
import type { Syntax } from '../typescript/syntax';
import { TypeScriptTree } from '../typescript/typescript-tree';

/** What a patch changes, in a form that formatting and comments leave alone. */
export interface PatchContent {
  /** Equal for equal content. @default - what it takes from elsewhere cannot be found, and nobody knows whether it is the same */
  readonly text?: string;
  /** The same of its own file alone: what others say that it imports may change for other reasons. */
  readonly own: string;
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
    const own = (patch.properties as readonly Syntax[]).filter((member) => !besides.includes(nameOf(member) ?? ''));
    const found = new Dependencies(tree.body).of(own);
    const files = new Map<string, string>();
    const isWhole = found.imports.every((name) => addImported(files, read, dirname(file), name));
    const parts = [normalForm({ ...patch, properties: own }), found.statements.map(normalForm)];
    const all = isWhole ? { text: JSON.stringify([...parts, [...files].sort()]) } : {};
    return { ...all, own: JSON.stringify(parts), files: [...files.keys()] };
  } catch {
    // An older version of the file may not parse, or say it otherwise.
    return undefined;
  }
}
