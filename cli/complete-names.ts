import { findConfig } from '../store/read/find-config';
import { type KnownKind, knownNames } from '../store/read/known-names';

/**
 * What the scripts of `fleet completion` ask while somebody types: `__complete KIND CONFIG [NAME …]`. It prints names, a line
 * each, and says nothing of what is wrong: nobody reads that between two keys.
 */
export function completeNames([kind, config, ...before]: readonly string[]): number {
  try {
    const names = knownNames(config || findConfig(), kind as KnownKind, before) ?? [];
    process.stdout.write(names.map((name) => `${name}\n`).join(''));
  } catch {
    // As above.
  }
  return 0;
}
