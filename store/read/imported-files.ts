import { dirname, join } from 'node:path';

/** A file of some state of the configuration, by its absolute path: as it lies on the disk, or as a commit had it. */
export type ReadFile = (path: string) => string | undefined;

/** Adds a file that is imported by a path, and what it imports so in turn. @param files texts by path @returns whether all of them are there */
export function addImported(files: Map<string, string>, read: ReadFile, folder: string, name: string): boolean {
  if (!name.startsWith('.')) return true;
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
  if (path === undefined) return false;
  if (files.has(path)) return true;
  const text = read(path) as string;
  files.set(path, text);
  return addImportsOf(files, read, path, text);
}

/** Adds what a file imports by a path, and what that imports so in turn. @returns whether all of them are there */
export function addImportsOf(files: Map<string, string>, read: ReadFile, file: string, text: string): boolean {
  const names = [...text.matchAll(/(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"](\.[^'"]*)['"]/g)];
  return names.filter(([, name = '']) => !addImported(files, read, dirname(file), name)).length === 0;
}
