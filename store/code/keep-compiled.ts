import { lstatSync, mkdirSync } from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

/** Since Node 22.1. */
const { enableCompileCache } = Module as { enableCompileCache?: (folder: string) => unknown };

/**
 * Has Node keep what it compiled for the next command: a sixth of the time of most commands is compiling hundreds of files that
 * are always the same. Where it cannot be kept, all goes on without. Node knows by a file's text whether it is still the same.
 */
export function keepCompiled(): void {
  // From source it is another program that compiles. What CI keeps nobody would find again.
  if (enableCompileCache === undefined || extname(__filename) !== '.js' || process.env['CI']) return;
  const folder = join(tmpdir(), `cdk8s-fleet-${process.getuid?.() ?? 'compiled'}`);
  if (isOwnFolder(folder)) enableCompileCache(folder);
}

/** Whoever else could write there, would say what is run. */
function isOwnFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    if (!stat.isDirectory()) return false;
    // Elsewhere temporary files are a user's own.
    return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0);
  } catch {
    return false;
  }
}
