import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const required = /\brequire(?:\.resolve)?\("([^"]+)"\)|\brequire(?:\.resolve)?\('([^']+)'\)/g;
const declared = /\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

/**
 * Removes what nothing asks for: declarations of what no entry shows, and code of what is only types.
 *
 * @param build   the folder that the compiler wrote
 * @param entries files without their endings: code and declarations begin there
 * @returns files that the code asks for and that the compiler does not write, by their paths in `from`
 */
export function keepReachable(build, { from, entries }) {
  const copied = new Set();
  const reach = (file, pattern, endings, kept) => {
    if (kept.has(file)) return;
    kept.add(file);
    for (const [, ...found] of readFileSync(join(build, file), 'utf8').matchAll(pattern)) {
      const name = found.find((one) => one !== undefined);
      if (!name.startsWith('.')) continue;
      const path = posix.join(dirname(file), name).replace(/\.ts$/, '');
      const next = endings.map((ending) => path + ending).find((one) => isFile(join(build, one)) && !one.endsWith('.json'));
      if (next !== undefined) reach(next, pattern, endings, kept);
      else if (path !== 'package.json') copy(expectThere(from, path, file));
    }
  };
  // What is copied asks for other such files, and for nothing that is compiled.
  const copy = (file) => {
    if (copied.has(file)) return;
    copied.add(file);
    for (const [, ...found] of file.endsWith('.cjs') ? readFileSync(join(from, file), 'utf8').matchAll(required) : []) {
      const name = found.find((one) => one !== undefined);
      if (name.startsWith('.')) copy(expectThere(from, posix.join(dirname(file), name), file));
    }
  };
  const kept = new Set();
  for (const entry of entries) reach(`${entry}.js`, required, ['', '.js', '/index.js'], kept);
  for (const entry of entries.filter((one) => isFile(join(build, `${one}.d.ts`)) && one !== 'cli/main'))
    reach(`${entry}.d.ts`, declared, ['.d.ts', '/index.d.ts'], kept);
  for (const file of filesIn(build)) if (!kept.has(file.replace(/\.map$/, ''))) rmSync(join(build, file));
  return [...copied].sort();
}

/** @returns paths below the folder */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function isFile(path) {
  return existsSync(path) && statSync(path).isFile();
}

function expectThere(folder, path, by) {
  if (!isFile(join(folder, path))) throw new Error(`${by} asks for ${path}, which is not there`);
  return path;
}
