import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { isOutside, shown } from '../files/paths';

const folders = new Set<string>();
const files = new Set<string>();

/** The rooms of this package: what they export is frozen where it is declared. */
const own = ['changes', 'cli', 'constructs', 'imports', 'layers', 'rollout', 'store'].map((room) => join(__dirname, '../..', room) + sep);

/** Everything below the folder is configuration, packages that are installed there aside. */
export function addConfigFolder(folder: string): void {
  for (const path of [folder, existsSync(folder) ? realpathSync(folder) : folder]) folders.add(path);
}

/** What a module of the configuration asks for by a path is configuration too, wherever it lies; a package is not. */
export function addRequested(request: string, from: string | undefined, file: string): void {
  if (from === undefined || !(request.startsWith('.') || request.startsWith('#') || isAbsolute(request))) return;
  if (isConfigModule(from) && isAbsolute(file) && !own.some((room) => file.startsWith(room))) files.add(file);
}

/** What code of configurations asked for by a path, in its folder or elsewhere: absolute. */
export function requestedFiles(): readonly string[] {
  return [...files];
}

export function isConfigModule(file: string): boolean {
  if (files.has(file)) return true;
  for (const folder of folders) {
    const inside = relative(folder, file);
    if (!isOutside(inside)) return !inside.split(sep).includes('node_modules');
  }
  return false;
}

const frame = /(?:\(|\bat )(?:file:\/\/)?((?:\/|[A-Za-z]:\\)[^()\n]*?):(\d+):(\d+)\)?$/gm;

/** Where in the configuration a stack comes from, the innermost place first; nothing where it does not. */
export function placeInStack(stack: unknown): { readonly file?: string; readonly line?: number; readonly column?: number } {
  for (const [, file = '', line, column] of (typeof stack === 'string' ? stack : '').matchAll(frame)) {
    if (isConfigModule(file)) return { file: shown(file), line: Number(line), column: Number(column) };
  }
  return {};
}
