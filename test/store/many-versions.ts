import { output } from './output-builder';

/** How many files a version has that the other has too. */
const count = 2000;

/**
 * Two versions of a large output. Most files are in both; each has some of its own. Texts are long enough that
 * a file half written would show.
 */
export function versionOf(version: 'A' | 'B'): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index++)
    files[`m/target-${index % 40}/templates/app-${index}.yaml`] = `${version}-${index}-`.repeat(index % 20 === 0 ? 20_000 : 200);
  for (let index = 0; index < 100; index++) files[`m/only-${version}-${index % 5}/templates/app-${index}.yaml`] = version;
  return files;
}

export function outputOf(version: 'A' | 'B') {
  return output(versionOf(version));
}
