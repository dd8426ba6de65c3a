import { dirname, extname, join, resolve } from 'node:path';
import { entryAt } from '../files/entry-at';
import { readText } from '../files/read-file';
import { addImportsOf } from './imported-files';

/**
 * Where a fleet says what changes have to pass: its own file, what that imports by paths, and its exemptions, which need not be there yet.
 *
 * @param file of the fleet @returns absolute paths
 */
export function fleetFiles(file: string): readonly string[] {
  const path = resolve(file);
  const ending = extname(path);
  const imported = new Map<string, string>();
  if (ending === '.ts') addImportsOf(imported, tryRead, path, tryRead(path) ?? '');
  return [path, join(dirname(path), `exemptions${ending}`), ...[...imported.keys()].sort()].filter((one, index, all) => all.indexOf(one) === index);
}

function tryRead(path: string): string | undefined {
  return entryAt(path)?.isFile() ? readText(path) : undefined;
}
