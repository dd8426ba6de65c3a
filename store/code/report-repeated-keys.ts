import { shown } from '../files/paths';
import { readText } from '../files/read-file';
import { repeatedKeys } from '../typescript/repeated-keys';
import { report } from './reported';

const looked = new Set<string>();

/** Has the files looked at once more: they may have been edited. */
export function forgetRepeatedKeys(): void {
  looked.clear();
}

/** Reports every key that stands twice in an object of a TypeScript, JavaScript or JSON file that was loaded. */
export function reportRepeatedKeys(file: string): void {
  if (looked.has(file) || !/\.([cm]?[jt]sx?|json)$/.test(file)) return;
  looked.add(file);
  for (const { key, first, second } of repeatedKeys(readText(file), file)) {
    report({
      code: 'duplicate-key',
      message: `the key '${key}' stands twice in one object, and the first is dropped in silence`,
      file: shown(file),
      line: second.line,
      column: second.column + 1,
      expected: 'each key once',
      found: `the first at ${shown(file)}:${first.line}:${first.column + 1}`,
      hint: 'make one of the two, or rename one: merging two branches may have left both',
    });
  }
}
