import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { OutputFolder } from '../layers/output';
import { compare, FleetError } from '../layers/problem';
import { plural, thousands } from '../layers/problem-text';
import { type Existing, existingOutput, texts, tryRead } from './output-folder';
import { renderedHeader } from './yaml-text';

/** What writing did. Paths are relative to the output folder, sorted. */
export interface WriteReport {
  readonly targets: number;
  /** All files of the rendered output. */
  readonly files: number;
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** `18 targets, 90 files in dist/: 3 written, 0 removed, 87 unchanged` */
export function reportText(dir: string, { targets, files, written, removed, unchanged }: WriteReport): string {
  const counts = `${thousands(written.length)} written, ${thousands(removed.length)} removed, ${thousands(unchanged)} unchanged`;
  return `${plural(targets, 'target')}, ${plural(files, 'file')} in ${dir.replace(/\/*$/, '/')}: ${counts}`;
}

/** Called after each target; `done` counts files. */
export type Progress = (done: number) => void;

/**
 * Makes a folder hold exactly the rendered output: writes what changed, removes what no longer belongs. Whatever
 * happens meanwhile, each file is the old one or the new one: new text is written aside and moved into place, and
 * nothing is moved before all of it is written.
 *
 * @param dir made where it is missing; anything else must be empty or hold rendered output
 * @throws FleetError where the folder holds something else, is being written by another run, or cannot be written
 */
export function writeOutput(dir: string, output: Iterable<OutputFolder> & { readonly targets: number }, progress: Progress = () => {}): WriteReport {
  const path = resolve(dir);
  return asProblem(path, () => {
    const existing = existingOutput(path);
    const staging = new Staging(existing.root);
    try {
      return existing.isEmpty ? writeFresh(existing, staging, output, progress) : update(existing, staging, output, progress);
    } finally {
      staging.remove();
    }
  });
}

/** The whole tree is written aside and moved into place at once. */
function writeFresh(existing: Existing, staging: Staging, output: Iterable<OutputFolder> & { readonly targets: number }, progress: Progress): WriteReport {
  const tree = join(staging.path, 'tree');
  const folders = new Set<string>();
  const written: string[] = [];
  mkdirSync(tree);
  for (const { path, text } of texts(output)) {
    const file = `${tree}/${path}`;
    makeFolder(dirname(file), folders);
    writeFileSync(file, text);
    written.push(path);
    progress(written.length);
  }
  if (existing.isThere) rmdirSync(existing.root);
  renameSync(tree, existing.root);
  return { targets: output.targets, files: written.length, written: written.sort(compare), removed: [], unchanged: 0 };
}

function update(existing: Existing, staging: Staging, output: Iterable<OutputFolder> & { readonly targets: number }, progress: Progress): WriteReport {
  const changed: string[] = [];
  const wanted = new Set<string>();
  let recognized = false;
  for (const { path, text } of texts(output)) {
    wanted.add(path);
    const isThere = existing.files.has(path);
    recognized ||= isThere;
    if (!isThere || tryRead(`${existing.root}/${path}`) !== text) {
      writeFileSync(join(staging.path, String(changed.length)), text);
      changed.push(path);
    }
    progress(wanted.size);
  }
  if (!recognized && existing.files.size > 0 && !holdsRendered(existing)) refuseForeign(existing);
  const extra = [...existing.files].filter((path) => !wanted.has(path)).sort(compare);
  for (const path of extra) rmSync(`${existing.root}/${path}`, { force: true });
  removeEmptyFolders(existing, wanted);
  const folders = new Set<string>();
  for (const [index, path] of changed.entries()) {
    const file = `${existing.root}/${path}`;
    makeFolder(dirname(file), folders);
    renameSync(join(staging.path, String(index)), file);
  }
  return { targets: output.targets, files: wanted.size, written: changed.sort(compare), removed: extra, unchanged: wanted.size - changed.length };
}

/** Whether any chart or file of values says that it was rendered here: a fleet may have got other names for everything. */
function holdsRendered(existing: Existing): boolean {
  const marked = [...existing.files].filter((path) => basename(path) === 'Chart.yaml' || /(^|\/)values\/[^/]+\/[^/]+\.yaml$/.test(path));
  return marked.some((path) => tryRead(`${existing.root}/${path}`)?.startsWith(renderedHeader));
}

/** Everything in the folder that is not rendered is removed, so a folder of something else is never taken for output. */
function refuseForeign(existing: Existing): void {
  const [some = ''] = existing.files;
  throw new FleetError([
    {
      code: 'output-folder',
      message: `'${existing.root}' holds something else than rendered output`,
      place: [],
      found: `${existing.files.size} files, such as '${some}', none of which this fleet renders`,
      expected: 'a folder that is empty, not there yet, or was written by `fleet synth`',
      hint: 'everything in the output folder that is not rendered would be removed: name another one, or empty it yourself',
    },
  ]);
}

function removeEmptyFolders(existing: Existing, wanted: ReadonlySet<string>): void {
  const needed = new Set<string>();
  for (const path of wanted) {
    for (let above = dirname(path); above !== '.' && !needed.has(above); above = dirname(above)) needed.add(above);
  }
  for (const folder of existing.folders) {
    if (!needed.has(folder)) rmSync(`${existing.root}/${folder}`, { recursive: true, force: true });
  }
}

function makeFolder(folder: string, made: Set<string>): void {
  if (made.has(folder)) return;
  mkdirSync(folder, { recursive: true });
  made.add(folder);
}

/** A folder beside the output, on the same file system, that also keeps a second run away. */
class Staging {
  readonly path: string;

  constructor(root: string) {
    this.path = join(dirname(root), `.${basename(root)}.fleet-staging`);
    mkdirSync(dirname(root), { recursive: true });
    // Made aside with the process in it, and moved into place: whoever finds the folder finds its owner.
    const made = `${this.path}-${process.pid}`;
    this.#removeAbandoned();
    try {
      mkdirSync(made);
      writeFileSync(join(made, 'pid'), String(process.pid));
      if (existsSync(this.path)) this.#takeOver();
      renameSync(made, this.path);
    } catch (cause) {
      rmSync(made, { recursive: true, force: true });
      throw cause;
    }
  }

  /** What a killed run left behind was never moved into place: it is worth nothing. */
  #takeOver(): void {
    const pid = Number(tryReadPid(this.path));
    if (pid > 0 && pid !== process.pid && isAlive(pid)) {
      throw new FleetError([
        {
          code: 'output-busy',
          message: `another run (process ${pid}) is writing the same output`,
          place: [],
          hint: `wait for it to end; if there is none, remove '${this.path}'`,
        },
      ]);
    }
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Folders of processes that died before they moved theirs into place. */
  #removeAbandoned(): void {
    const prefix = `${basename(this.path)}-`;
    for (const name of readdirSync(dirname(this.path))) {
      const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
      if (pid === process.pid || (pid > 0 && !isAlive(pid))) rmSync(join(dirname(this.path), name), { recursive: true, force: true });
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function tryReadPid(staging: string): string | undefined {
  try {
    return readFileSync(join(staging, 'pid'), 'utf8');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A disk that is full or a folder that may not be written is the user's to mend, and no bug. */
function asProblem<T>(dir: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    const { code, path, syscall } = cause as NodeJS.ErrnoException;
    if (cause instanceof FleetError || code === undefined || syscall === undefined) throw cause;
    throw new FleetError([
      {
        code: 'output-write',
        message: `the output could not be written: ${code}${path === undefined ? '' : ` at '${path}'`}`,
        place: [],
        hint: `see that '${dir}' and the folder above it can be written`,
      },
    ]);
  }
}
