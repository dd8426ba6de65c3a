import { createHash } from 'node:crypto';
import type { GitProgram } from './git-program';

/** How many objects one call asks for, whose sizes nobody looked at. */
const few = 50;

/** How many, and how many bytes, one call asks for: what it prints has to fit into memory. One object may be larger. */
const most = { count: 20_000, bytes: 1 << 25 };

/**
 * The content of objects, many with each call.
 *
 * @param names as `rev-parse` takes them: an id, or `COMMIT:path`
 * @returns one for each name; `undefined` where there is none
 */
export function readObjects(git: GitProgram, names: readonly string[]): readonly (Buffer | undefined)[] {
  return [...objectsOf(git, names)];
}

/** As {@link readObjects}, one after the other: no more of them are in memory than one call asks for. */
export function* objectsOf(git: GitProgram, names: readonly string[]): Generator<Buffer | undefined> {
  // A name with a line break would be taken for two.
  const asked = names.map((name) => (/[\r\n]/.test(name) ? '' : name));
  for (const batch of batchesOf(git, asked)) yield* readBatch(git, batch);
}

/** The sizes of objects in bytes, in one call. @returns one for each name; `undefined` where there is none */
export function sizesOf(git: GitProgram, names: readonly string[]): readonly (number | undefined)[] {
  if (names.length === 0) return [];
  const text = git.tryRun('cat-file', ['--batch-check=%(objectsize)'], `${names.map((name) => (/[\r\n]/.test(name) ? '' : name)).join('\n')}\n`);
  const lines = text?.toString('latin1').split('\n') ?? [];
  // `… missing`, `… ambiguous`
  return names.map((_, at) => (/^\d+$/.test(lines[at] ?? '') ? Number(lines[at]) : undefined));
}

function* batchesOf(git: GitProgram, names: readonly string[]): Generator<readonly string[]> {
  if (names.length <= few) {
    if (names.length > 0) yield names;
    return;
  }
  let [start, bytes] = [0, 0];
  for (const [at, size = 0] of sizesOf(git, names).entries()) {
    if (at > start && (bytes + size > most.bytes || at - start >= most.count)) {
      yield names.slice(start, at);
      [start, bytes] = [at, 0];
    }
    bytes += size;
  }
  yield names.slice(start);
}

function readBatch(git: GitProgram, names: readonly string[]): readonly (Buffer | undefined)[] {
  const text = git.tryRun('cat-file', ['--batch=%(objectsize)'], `${names.join('\n')}\n`);
  if (text === undefined) return names.map(() => undefined);
  let offset = 0;
  return names.map(() => {
    const end = text.indexOf('\n', offset);
    const size = text.toString('utf8', offset, end);
    offset = end + 1;
    // `… missing`, `… ambiguous`
    if (!/^\d+$/.test(size)) return undefined;
    const content = text.subarray(offset, offset + Number(size));
    offset += content.length + 1;
    return content;
  });
}

/**
 * The id that Git gives a file of these bytes.
 *
 * @param like an id of the same repository: its length tells the kind of hash
 */
export function blobId(bytes: Buffer, like: string): string {
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\u0000`)
    .update(bytes)
    .digest('hex');
}
