import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Settings that commands use: how what a migration writes is formatted, and how it and its types are read. They are those of
 * this repository, without what is about its own files.
 */
export function ownSettings(top) {
  const read = (file) => JSON.parse(readFileSync(join(top, file), 'utf8'));
  const { $schema, files, ...biome } = read('biome.json');
  const { types, ...compilerOptions } = read('tsconfig.json').compilerOptions;
  return { 'biome.json': { root: true, ...biome }, 'tsconfig.json': { compilerOptions } };
}
