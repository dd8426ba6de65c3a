import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { entryAt } from '../files/entry-at';

const names = ['dist', 'rendered', 'fleet-rendered'] as const;

/**
 * What the folder of rendered output can be called: one that is free, and that Git does not ignore. A project that is
 * compiled has a `dist/` of its own.
 *
 * @param root the folder of the fleet @param top of its repository
 */
export function outputNames(root: string, top: string): { readonly name: string; readonly why?: string } {
  const reasons = new Map(names.map((name) => [name, whyTaken(root, top, name)]));
  const name = names.find((one) => reasons.get(one) === undefined) ?? names[2];
  const why = reasons.get('dist');
  return name === 'dist' || why === undefined ? { name } : { name, why };
}

function whyTaken(root: string, top: string, name: string): string | undefined {
  const path = join(root, name);
  if (entryAt(path) && !isFree(path)) return `${name} is there already`;
  for (let folder = root; ; folder = dirname(folder)) {
    if (ignores(join(folder, '.gitignore'), name)) return `Git ignores ${name}/`;
    if (folder === top || folder === dirname(folder)) return undefined;
  }
}

/** Empty, or rendered by this tool: whoever begins a fleet around a configuration may have rendered it before. */
function isFree(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return false;
  return readdirSync(path).length === 0;
}

/** Whether the lines of a `.gitignore` plainly name a folder. What is said in a roundabout way is found by `git status`. */
function ignores(file: string, name: string): boolean {
  if (!entryAt(file)?.isFile()) return false;
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  return lines.some(
    (line) =>
      line
        .trim()
        .replace(/^(\*\*\/|\/)/, '')
        .replace(/(\/|\/\*+)$/, '') === name,
  );
}
