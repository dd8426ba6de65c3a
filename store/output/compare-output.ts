import { join } from 'node:path';
import type { OutputFolder } from '../../layers/output';
import { compare } from '../../layers/problem';
import { writeFiles } from '../files/writing/write-files';
import { conflictProblem } from '../text/merge-conflict';
import { Evidence } from './evidence';
import { type Existing, existingOutput, tryRead } from './existing-output';
import { expectOutputPlace, type OutputOptions } from './forbidden-places';
import { judge } from './judgement';
import { Ledger } from './ledger';
import { rendered, texts } from './output-folder';
import { passOverSame, RenderedPaths } from './rendered-paths';

/** The first line in which a file differs from the one that is expected. */
export interface Changed {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly expected: string;
  readonly found: string;
  /** Whether the file holds a merge conflict that nobody resolved. @default false */
  readonly isConflict?: boolean;
}

/** How a folder differs from the rendered output. Paths are relative to it, sorted. */
export interface Drift {
  readonly files: number;
  /** Stale, or edited by hand: a later synth would overwrite them. */
  readonly changed: readonly Changed[];
  readonly missing: readonly string[];
  /** Nobody renders them: a later synth would remove them, or refuse to write beside them. */
  readonly extra: readonly string[];
}

/** How a folder on the disk differs. */
export interface FolderDrift extends Drift {
  /** Files that were not rendered, where that does no harm: a later synth leaves them alone. */
  readonly left: readonly string[];
}

/** Compares a folder with the rendered output and changes nothing. @throws FleetError where the folder is no place for output */
export function compareOutput(dir: string, output: Iterable<OutputFolder>, options: OutputOptions = {}): FolderDrift {
  const existing = existingOutput(expectOutputPlace(dir, options));
  const missing: string[] = [];
  const files = new RenderedPaths();
  const folders = new Set<string>();
  const { written: numbers, differing } = writeFiles((put) => {
    for (const one of rendered(output)) {
      if (one.folder !== undefined) folders.add(one.folder);
      if ('texts' in one) {
        put.shared('', one.texts, `${existing.root}/${one.path}`);
        files.addFolder(one.path, one.texts);
      } else {
        put.file('', one.text, existing.has(one.path) ? `${existing.root}/${one.path}` : '');
        files.add(one.path);
      }
    }
  });
  passOverSame(existing, files, differing);
  const changed = changedAmong(numbers, files, existing, output, missing);
  const { left } = judge(existing, { files, folders, changed: [] }, new Evidence(existing.root, folders, Ledger.of(existing.root)));
  const harmless = new Set(left);
  const extra = [...existing.files].filter((path) => !files.has(path) && !harmless.has(path));
  return { files: files.size, changed: changed.sort((a, b) => compare(a.path, b.path)), missing: missing.sort(compare), extra: extra.sort(compare), left };
}

/** Files that are not as rendered. Their texts are asked for anew: of all others none is kept. @param missing gets those that are not there */
function changedAmong(numbers: readonly number[], files: RenderedPaths, existing: Existing, output: Iterable<OutputFolder>, missing: string[]): Changed[] {
  const differing = new Set(numbers.map((number) => files.at(number)));
  const changed: Changed[] = [];
  for (const { path, text } of differing.size === 0 ? [] : texts(output)) {
    if (!differing.has(path)) continue;
    const found = existing.has(path) ? (tryRead(join(existing.root, path)) ?? '') : undefined;
    if (found === undefined) missing.push(path);
    // Somebody may have mended it meanwhile.
    else if (found !== text) changed.push({ path, ...firstDifference(text, found) });
  }
  return changed;
}

/**
 * How one rendered output differs from another.
 *
 * @param expected its folders
 * @param find     the other's folder of the same path
 */
export function compareOutputs(expected: Iterable<OutputFolder>, find: (path: string) => OutputFolder | undefined): Drift {
  const changed: Changed[] = [];
  const missing: string[] = [];
  const extra: string[] = [];
  let files = 0;
  for (const folder of expected) {
    const there = new Map([...texts([find(folder.path) ?? { path: folder.path, files: [] }])].map(({ path, text }) => [path, text]));
    for (const { path, text } of texts([folder])) {
      files += 1;
      const found = there.get(path);
      there.delete(path);
      if (found === undefined) missing.push(path);
      else if (found !== text) changed.push({ path, ...firstDifference(text, found) });
    }
    extra.push(...there.keys());
  }
  return { files, changed, missing, extra };
}

function firstDifference(expected: string, found: string): Omit<Changed, 'path'> {
  const wanted = expected.split('\n');
  const there = found.split('\n');
  const index = Math.max(
    0,
    [...wanted, ...there].findIndex((_, line) => wanted[line] !== there[line]),
  );
  return {
    line: index + 1,
    expected: wanted[index] ?? '(end of file)',
    found: there[index] ?? '(end of file)',
    ...(conflictProblem(found) ? { isConflict: true } : {}),
  };
}
