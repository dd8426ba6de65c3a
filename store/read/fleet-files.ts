import { dirname, extname, join, resolve } from 'node:path';
import { entryAt } from '../files/entry-at';
import { readText } from '../files/read-file';
import { addImportsOf } from './imported-files';

/**
 * Where a fleet says what changes have to pass: its own file, its exemptions, which need not be there yet, and what both import by paths.
 *
 * @param file of the fleet @returns absolute paths
 */
export function fleetFiles(file: string): readonly string[] {
  const path = resolve(file);
  const ending = extname(path);
  const own = [path, join(dirname(path), `exemptions${ending}`)];
  const imported = new Map<string, string>();
  if (ending === '.ts') for (const one of own) addImportsOf(imported, tryRead, one, tryRead(one) ?? '');
  return [...new Set([...own, ...[...imported.keys()].sort()])];
}

function tryRead(path: string): string | undefined {
  return entryAt(path)?.isFile() ? readText(path) : undefined;
}
