import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobId, readObjects } from '../objects';
import { Repository } from '../repository';
import { tryTreeInside } from '../trees';
import { isAsCommitted } from '../work-tree';

/** A merge that is checked out, whose configuration none of the merged branches had. */
export interface MergeOfHead {
  readonly commit: string;
  readonly parents: readonly string[];
  /** Files of the output that are as the merge has them. From the output folder. */
  readonly files: readonly string[];
  /** Whether the merged branches are here to be compared; a shallow clone has the merge alone. */
  readonly isCompared: boolean;
}

/**
 * Whether stale output comes of a merge: the last commit is one, and what it says in the configuration is a mixture which no
 * merged branch had, so that nobody could have rendered it. What is edited since then is another reason, and the likelier one.
 *
 * @param config the configuration folder
 * @param output the output folder, and files of it that are not what the configuration renders
 */
export function mergeOfHead(config: string, output: string, stale: readonly string[]): MergeOfHead | undefined {
  const repository = Repository.tryFind(config);
  const inside = repository?.tryInside(config);
  const dist = repository?.tryInside(output);
  if (!repository || inside === undefined || dist === undefined || repository.trouble !== undefined) return undefined;
  const commit = repository.tryText('rev-parse', ['--verify', '--quiet', 'HEAD^{commit}'])?.trim() ?? '';
  const [bytes] = commit === '' ? [] : readObjects(repository.git, [commit]);
  const [head = ''] = bytes?.toString('utf8').split('\n\n') ?? [];
  // As the commit itself names them: a shallow clone knows them, too.
  const parents = [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, hash]) => hash ?? []);
  if (parents.length < 2) return undefined;
  const own = treeOf(repository, commit, inside);
  const others = parents.map((parent) => treeOf(repository, parent, inside));
  const isCompared = others.every((tree) => tree !== undefined);
  if (own === undefined || (isCompared && others.includes(own))) return undefined;
  if (!isAsCommitted(join(repository.top, inside), tryTreeInside(repository, commit, inside))) return undefined;
  const entries = tryTreeInside(repository, commit, dist);
  const files = stale.filter((path) => isSame(join(repository.top, dist, path), entries.get(path)?.id));
  return files.length === 0 ? undefined : { commit, parents, files, isCompared };
}

function treeOf(repository: Repository, commit: string, inside: string): string | undefined {
  return repository.tryText('rev-parse', ['--verify', '--quiet', `${commit}:${inside}`])?.trim() || undefined;
}

/** A file that neither the commit nor the disk has is as committed, too: what is missing was never rendered. */
function isSame(file: string, id: string | undefined): boolean {
  const bytes = tryRead(file);
  if (bytes === undefined || id === undefined) return bytes === undefined && id === undefined;
  return blobId(bytes, id) === id || blobId(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), id) === id;
}

function tryRead(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
