import { mkdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { OutputFolder } from '../../layers/output';
import { compare } from '../../layers/problem';
import { recordFolder } from '../../layers/record';
import { plural, thousands } from '../../layers/text/problem-text';
import { shellWord } from '../../layers/text/shell-word';
import { removeEmptyFolders } from '../files/empty-folders';
import { entryAt } from '../files/entry-at';
import { makeFolders } from '../files/make-folders';
import { moveEntries, moveFile, moveFolder } from '../files/move-entries';
import { Staging } from '../files/staging';
import { type Writing, writeFailure } from '../files/write-failure';
import { writeFiles } from '../files/writing/write-files';
import { WritingThread } from '../files/writing/writing-thread';
import { realPath } from '../git/find-repository';
import { isMerging, unmergedBelow } from '../git/merging/unmerged';
import { Evidence } from './evidence';
import { type Existing, existingOutput, outputRoot } from './existing-output';
import { expectOutputPlace, type OutputOptions } from './forbidden-places';
import { type Judgement, judge } from './judgement';
import { Ledger, Unrecorded } from './ledger';
import { rendered } from './output-folder';
import { strangersProblem } from './refused-strangers';
import { passOverSame, RenderedPaths } from './rendered-paths';

/** What writing did. Paths are relative to the output folder, sorted. */
export interface WriteReport {
  readonly targets: number;
  /** All files of the rendered output. */
  readonly files: number;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Files that were not rendered and were left alone. */
  readonly left: readonly string[];
  /** Files that a merge left in conflict: what they are now is settled, and Git waits to be told so. */
  readonly settled: readonly string[];
}

/** `18 targets, 90 files in dist/: 3 written, 0 removed, 87 unchanged` */
export function reportText(dir: string, { targets, files, written, removed, unchanged }: WriteReport): string {
  const counts = `${thousands(written.length)} written, ${thousands(removed.length)} removed, ${thousands(unchanged)} unchanged`;
  return `${plural(targets, 'target')}, ${plural(files, 'file')} in ${dir.replace(/\/*$/, '/')}: ${counts}`;
}

/** What a person does about conflicts that rendering settled. @param dir the output folder */
export function settledLines(dir: string, { settled }: WriteReport): readonly string[] {
  if (settled.length === 0) return [];
  const are = settled.length === 1 ? 'conflict is' : 'conflicts are';
  return [`${thousands(settled.length)} ${are} settled: each file is what the configuration renders. Tell Git: \`git add ${shellWord(dir)}\``];
}

/** Called after each target; `done` counts files. */
export type Progress = (done: number) => void;

type Output = Iterable<OutputFolder> & { readonly targets: number };

export interface WriteOptions extends OutputOptions {
  readonly progress?: Progress;
  /** What looks at the folder already; it ends here. @default - nothing does */
  readonly ahead?: LookAhead;
}

/** Looks at what an output folder holds while it is found out what it should hold. */
export interface LookAhead {
  readonly thread?: WritingThread;
  /** To be called at the end, whatever happened. */
  readonly end: () => void;
}

/** A thread takes longer to start than so many folders take to be compared. */
const foldersWithoutThread = 100;

/** Begins to look at a folder where the last run wrote much that targets hold alike. @param dir it need not be there */
export function lookAhead(dir: string): LookAhead {
  const root = realPath(resolve(dir));
  const { folders } = Ledger.of(root);
  const thread = folders.length > foldersWithoutThread ? WritingThread.tryStart(folders.map((folder) => `${root}/${folder}`)) : undefined;
  return { ...(thread ? { thread } : {}), end: () => thread?.end() };
}

/**
 * Makes a folder hold the rendered output: writes what changed, removes what was rendered before and no longer is. Nothing
 * that was not rendered is touched. Whatever happens meanwhile, each file is the old one or the new one: new text is written
 * aside and moved into place, and nothing is moved before all of it is written.
 *
 * @param dir made where it is missing; anything else must be empty or rendered output
 * @throws FleetError where it is no place for output, holds what is somebody else's in the way, is being written by another run, or cannot be written
 */
export function writeOutput(dir: string, output: Output, { progress = () => {}, ahead, ...options }: WriteOptions = {}): WriteReport {
  const path = expectOutputPlace(dir, options);
  const writing: Writing = { code: 'output-write', folder: dir, hint: 'each file is the old one or the new one: mend that, then run this again' };
  try {
    // A link that leads nowhere is the disk's to refuse.
    const root = entryAt(path) ? realpathSync(path) : realPath(path);
    outputRoot(root);
    const staging = new Staging(root, { code: 'output-busy', message: `another run is writing the same output, '${dir}'` }, writing);
    try {
      // Looked at once nobody else can write it.
      const existing = existingOutput(root);
      const files = { output, progress, ahead };
      return existing.isEmpty ? writeFresh(existing, staging, files) : update(dir, existing, staging, files);
    } finally {
      staging.remove();
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw writeFailure(writing, cause);
  }
}

/** What is written, and how. */
interface Files {
  readonly output: Output;
  readonly progress: Progress;
  readonly ahead: LookAhead | undefined;
}

/** The whole tree is written aside and moved into place at once, or folder by folder where the disk cannot. */
function writeFresh(existing: Existing, staging: Staging, { output, progress, ahead }: Files): WriteReport {
  const tree = join(staging.path, 'tree');
  const files = new RenderedPaths();
  const unrecorded = new Unrecorded();
  mkdirSync(tree);
  writeFiles((put) => {
    for (const one of rendered(output)) {
      if ('texts' in one) {
        put.shared(`${tree}/${one.path}`, one.texts);
        files.addFolder(one.path, one.texts);
        unrecorded.addFolder(one.path, one.unrecorded);
      } else {
        put.file(`${tree}/${one.path}`, one.text);
        files.add(one.path);
        if (!one.isRecorded) unrecorded.add(one.path, one.text);
      }
      progress(files.size);
    }
  }, ahead?.thread);
  staging.expectOwn();
  Ledger.of(existing.root).only(unrecorded);
  // Records first, as always: where a killed run leaves a part, they tell what it is.
  if (staging.isInside) moveEntries(tree, existing.root, recordFolder);
  else moveFolder(tree, existing.root, recordFolder);
  return {
    targets: output.targets,
    files: files.size,
    written: [...files].sort(),
    removed: [],
    unchanged: 0,
    left: [],
    settled: settledIn(existing.root, files, true),
  };
}

function update(dir: string, existing: Existing, staging: Staging, { output, progress, ahead }: Files): WriteReport {
  const folders = new Set<string>();
  const unrecorded = new Unrecorded();
  const files = new RenderedPaths();
  const { written: numbers, differing } = writeFiles((put) => {
    for (const one of rendered(output)) {
      if (one.folder !== undefined) folders.add(one.folder);
      if ('texts' in one) {
        put.shared(staging.path, one.texts, `${existing.root}/${one.path}`);
        files.addFolder(one.path, one.texts);
        unrecorded.addFolder(one.path, one.unrecorded);
      } else {
        put.file(join(staging.path, String(files.size)), one.text, existing.has(one.path) ? `${existing.root}/${one.path}` : '');
        files.add(one.path);
        if (!one.isRecorded) unrecorded.add(one.path, one.text);
      }
      progress(files.size);
    }
  }, ahead?.thread);
  passOverSame(existing, files, differing);
  const ledger = Ledger.of(existing.root);
  const changed = numbers.map((number) => ({ path: files.at(number), from: join(staging.path, String(number)) }));
  const written = changed.map(({ path }) => path);
  const wanted = { files, folders, changed: written.filter((path) => existing.has(path)) };
  const judgement = judge(existing, wanted, new Evidence(existing.root, folders, ledger));
  if (judgement.strangers.length > 0) throw strangersProblem(dir, judgement.strangers);
  staging.expectOwn();
  const known = ledger.with(unrecorded);
  putInPlace(existing, changed, judgement);
  known.only(unrecorded);
  const { stale, left } = judgement;
  const settled = settledIn(existing.root, files, changed.length + stale.length > 0);
  const unchanged = files.size - changed.length;
  return { targets: output.targets, files: files.size, written: written.sort(compare), removed: stale, unchanged, left, settled };
}

/** Conflicts whose files are now as rendered, or gone. Git is asked only where there may be one: most runs change nothing. */
function settledIn(root: string, files: RenderedPaths, isChanged: boolean): readonly string[] {
  if (!isChanged && !isMerging(root)) return [];
  return unmergedBelow(root).filter((path) => files.has(path) || !entryAt(join(root, path)));
}

/** First what is stale goes, its record last; records come before what they name. So what is the tool's stays known as such. */
function putInPlace(existing: Existing, changed: readonly { readonly path: string; readonly from: string }[], { stale }: Judgement): void {
  const { root } = existing;
  for (const path of [...existing.halfMoved, ...[...stale].sort((a, b) => lastness(a) - lastness(b))]) {
    rmSync(`${root}/${path}`, { force: true });
    removeEmptyFolders(root, dirname(`${root}/${path}`));
  }
  const empty = new Set(existing.folders);
  const made = new Set<string>();
  for (const { path, from } of changed) {
    const file = `${root}/${path}`;
    makeFolder(dirname(file), made);
    if (empty.has(path) && entryAt(file)) rmdirSync(file);
    moveFile(from, file);
  }
}

/** What names other files goes after them: a target is known by its chart, and its apps by the records. */
function lastness(path: string): number {
  if (path.startsWith(`${recordFolder}/`)) return 3;
  return path.endsWith('/Chart.yaml') ? 2 : path.endsWith('/values.yaml') ? 1 : 0;
}

function makeFolder(folder: string, made: Set<string>): void {
  if (made.has(folder)) return;
  makeFolders(folder);
  made.add(folder);
}
