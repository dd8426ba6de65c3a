import { dirname, extname, join, resolve } from 'node:path';
import { entryAt } from '../files/entry-at';
import { readText } from '../files/read-file';
import { addImportsOf } from './imported-files';

/**
 * Where a fleet says what changes have to pass: its own file, its exemptions and rules, which need not be there yet, and what these
 * import by paths.
 *
 * @param file of the fleet @returns absolute paths
 */
export function fleetFiles(file: string): readonly string[] {
  const path = resolve(file);
  const ending = extname(path);
  const isCode = ending === '.ts';
  // Rules are code: a fleet in YAML has none.
  const own = [path, ...['exemptions', ...(isCode ? ['rules'] : [])].map((name) => join(dirname(path), `${name}${ending}`))];
  const imported = isCode ? own.flatMap((one) => importedFiles(one)) : [];
  return [...new Set([...own, ...imported.sort()])];
}

/** The files that one on the disk imports by paths, and what these import so in turn; of what is not there none. @returns absolute paths */
export function importedFiles(file: string): readonly string[] {
  const imported = new Map<string, string>();
  addImportsOf(imported, tryRead, file, tryRead(file) ?? '');
  return [...imported.keys()];
}

function tryRead(path: string): string | undefined {
  return entryAt(path)?.isFile() ? readText(path) : undefined;
}
