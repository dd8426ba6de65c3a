import { createHash } from 'node:crypto';
import type { GitProgram } from './git-program';

/** How many objects one call asks for: what it prints has to fit into memory. */
const batch = 500;

/**
 * The content of objects, many with each call.
 *
 * @param names as `rev-parse` takes them: an id, or `COMMIT:path`
 * @returns one for each name; `undefined` where there is none
 */
export function readObjects(git: GitProgram, names: readonly string[]): readonly (Buffer | undefined)[] {
  const found: (Buffer | undefined)[] = [];
  for (let start = 0; start < names.length; start += batch) found.push(...readBatch(git, names.slice(start, start + batch)));
  return found;
}

function readBatch(git: GitProgram, names: readonly string[]): readonly (Buffer | undefined)[] {
  // A name with a line break would be taken for two.
  const asked = names.map((name) => (/[\r\n]/.test(name) ? '' : name));
  const text = git.tryRun('cat-file', ['--batch=%(objectsize)'], `${asked.join('\n')}\n`);
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
