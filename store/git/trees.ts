import type { ChangedFile } from './changed-file';
import { diffsOf } from './diffs';
import { objectsOf } from './objects';
import type { Repository } from './repository';
import type { TreeEntry } from './work-tree';

/**
 * What a commit has below a folder, by paths from there; a file of its own is `''`.
 *
 * @param folder relative to the working directory; it need not be there any more
 * @throws FleetError (`no-history`) where the folder lies outside of the repository, and where the commit cannot be read
 */
export function treeAt(repository: Repository, commit: string, folder: string): ReadonlyMap<string, TreeEntry> {
  const inside = repository.inside(folder);
  return readTree(repository.text('ls-tree', listArguments(commit, inside)), inside);
}

/** As {@link treeAt}, by a path from the top of the repository; nothing where it cannot be read. */
export function tryTreeInside(repository: Repository, commit: string, inside: string): ReadonlyMap<string, TreeEntry> {
  return readTree(repository.tryText('ls-tree', listArguments(commit, inside)) ?? '', inside);
}

function listArguments(commit: string, inside: string): readonly string[] {
  return ['--full-tree', '-r', '-z', commit, ...(inside === '' ? [] : ['--', inside])];
}

function readTree(text: string, inside: string): ReadonlyMap<string, TreeEntry> {
  return new Map(
    text.split('\0').flatMap((line): readonly (readonly [string, TreeEntry])[] => {
      const [, mode, id, name] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return mode === undefined || id === undefined || name === undefined ? [] : [[inside === '' ? name : name.slice(inside.length + 1), { mode, id }]];
    }),
  );
}

/** Whether a commit has a file there, or a folder with files. @throws as {@link treeAt} */
export function hasPath(repository: Repository, commit: string, path: string): boolean {
  const inside = repository.inside(path);
  return repository.text('ls-tree', ['--full-tree', '-z', '--name-only', commit, ...(inside === '' ? [] : ['--', inside])]) !== '';
}

/** In what two commits differ below a folder, by paths from there; renames are a file removed and one added. @throws as {@link treeAt} */
export function changedBetween(repository: Repository, from: string, to: string, folder: string): readonly ChangedFile[] {
  const inside = repository.inside(folder);
  const trees = [from, to].map((commit) => repository.text('rev-parse', ['--verify', '--quiet', `${commit}^{tree}`]).trim());
  const [changes = []] = diffsOf(repository, [{ from: trees[0], to: trees[1] ?? '' }], inside === '' ? [] : [inside]);
  return inside === '' ? changes : changes.map((change) => ({ ...change, path: change.path.slice(inside.length + 1) }));
}

/**
 * Contents by id, each once, as they come: whoever keeps them all has them all in memory.
 *
 * @throws FleetError (`no-history`) where one is not here
 */
export function* blobsOf(repository: Repository, ids: Iterable<string>): Generator<readonly [id: string, content: Buffer]> {
  const asked = [...new Set(ids)];
  let at = 0;
  for (const content of objectsOf(repository.git, asked)) {
    if (content === undefined) throw repository.missing();
    yield [asked[at] ?? '', content];
    at += 1;
  }
}
