import type { ChangedFile } from './changed-file';
import type { Repository } from './repository';

/** Two trees, by their ids. */
export interface TreePair {
  /** @default - nothing */
  readonly from?: string | undefined;
  readonly to: string;
}

/** How many pairs one call compares: what it prints has to fit into memory. */
const batch = 100;

/**
 * In what trees differ, file by file; renames are a file removed and one added.
 *
 * @param paths from the top of the repository. @default - all of it
 * @returns for each pair, in order of their paths
 * @throws FleetError (`no-history`) where one cannot be read
 */
export function* diffsOf(repository: Repository, pairs: readonly TreePair[], paths: readonly string[] = []): Generator<readonly ChangedFile[], undefined> {
  for (let start = 0; start < pairs.length; start += batch) yield* readBatch(repository, pairs.slice(start, start + batch), paths);
  return undefined;
}

function readBatch(repository: Repository, pairs: readonly TreePair[], paths: readonly string[]): readonly (readonly ChangedFile[])[] {
  const input = pairs.map(({ from, to }) => `${from ?? emptyTree(to)} ${to}\n`).join('');
  const text = repository.text('diff-tree', ['--stdin', '-r', '-z', '--raw', '--no-renames', ...(paths.length === 0 ? [] : ['--', ...paths])], input);
  let offset = 0;
  return pairs.map(({ to }) => {
    // Each begins with a line of the two ids.
    offset += 2 * to.length + 2;
    const changes: ChangedFile[] = [];
    while (text[offset] === ':') {
      const end = text.indexOf('\0', offset);
      const last = text.indexOf('\0', end + 1);
      const about = text.slice(offset, end).split(' ');
      changes.push(readChange(text.slice(end + 1, last), about));
      offset = last + 1;
    }
    return changes;
  });
}

/** @param about `:100644 100644 ID ID M` */
function readChange(path: string, [, , before = '', after = '', letter = '']: readonly string[]): ChangedFile {
  if (letter === 'A') return { path, status: 'added', after };
  return letter === 'D' ? { path, status: 'removed', before } : { path, status: 'changed', before, after };
}

/** Every repository has it. @param like an id of the same repository: its length tells the kind of hash */
function emptyTree(like: string): string {
  return like.length === 64 ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321' : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}
