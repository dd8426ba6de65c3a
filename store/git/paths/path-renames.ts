import type { ChangedFile } from '../changed-file';
import { commitInfos } from '../commit-info';
import { diffsOf } from '../diffs';
import { sizesOf } from '../objects';
import type { Repository } from '../repository';
import { type AskedPaths, pathIn } from './asked-paths';
import type { GraphChange } from './commit-graph';
import { formerPaths } from './former-paths';

/** A file or a folder that got another name, from the top of the repository. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** A rename, with what else the commit changed in there. */
export interface FoundRename extends Rename {
  readonly changes: readonly RenamedFile[];
}

export interface RenamedFile extends ChangedFile {
  /** What the file was called before. @default - it was not there */
  readonly formerPath?: string;
}

/** A commit that added a path as a whole, and may have had it from elsewhere. */
interface Candidate {
  readonly change: GraphChange;
  readonly parent: string;
  readonly path: string;
}

/**
 * Where paths got their names: at commits which added all that is there, and took away as much elsewhere.
 *
 * @returns by commit, and by the path as it was called after it
 */
export function findRenames(repository: Repository, paths: AskedPaths, history: Iterable<GraphChange>): ReadonlyMap<string, ReadonlyMap<string, FoundRename>> {
  const candidates = wholeAdditions(
    repository,
    [...history].flatMap((change) => candidatesOf(change, paths)),
  );
  const byCommit = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { hash } = candidate.change.info;
    byCommit.set(hash, [...(byCommit.get(hash) ?? []), candidate]);
  }
  const commits = [...byCommit.values()];
  const parents = commitInfos(
    repository,
    commits.map(([first]) => first?.parent ?? ''),
  );
  const pairs = commits.map(([first], at) => ({ from: parents[at]?.tree, to: first?.change.info.tree ?? '' }));
  const found = new Map<string, ReadonlyMap<string, FoundRename>>();
  let at = 0;
  for (const changes of diffsOf(repository, pairs)) {
    const asked = commits[at] ?? [];
    at += 1;
    const former = formerPaths(
      repository,
      changes,
      asked.map(({ path }) => path),
    );
    const [first] = asked;
    if (first && former.size > 0) {
      const renames = new Map([...former].map(([to, from]) => [to, { from, to, changes: changesWithin(changes, from, to) }]));
      found.set(first.change.info.hash, renames);
    }
  }
  return found;
}

/** Paths of which a commit added something, and changed and removed nothing. */
function candidatesOf(change: GraphChange, paths: AskedPaths): readonly Candidate[] {
  const [parent] = change.info.parents;
  if (parent === undefined || change.isBoundary) return [];
  const touched = new Map<string, boolean>();
  for (const { path, status } of change.changes) {
    const holder = paths.tryHolder(path) ?? '';
    touched.set(holder, touched.get(holder) !== false && status === 'added');
  }
  return [...touched].flatMap(([path, isAdded]) => (isAdded && path !== '' ? [{ change, parent, path }] : []));
}

/** Those whose path was not there before; of a file, that it was added says so. */
function wholeAdditions(repository: Repository, candidates: readonly Candidate[]): readonly Candidate[] {
  const folders = candidates.filter(({ change, path }) => change.changes.every((one) => one.path !== path));
  const sizes = sizesOf(
    repository.git,
    folders.map(({ parent, path }) => `${parent}:${path}`),
  );
  const were = new Set(folders.filter((_, at) => sizes[at] !== undefined));
  return candidates.filter((candidate) => !were.has(candidate));
}

function changesWithin(changes: readonly ChangedFile[], from: string, to: string): readonly RenamedFile[] {
  const files = new Map<string, { before?: string; after?: string }>();
  for (const { path, before, after } of changes) {
    const inner = innerOf(path, to) ?? innerOf(path, from);
    if (inner === undefined) continue;
    const known = files.get(inner) ?? {};
    if (innerOf(path, to) !== undefined && after !== undefined) known.after = after;
    else if (before !== undefined && after === undefined) known.before = before;
    files.set(inner, known);
  }
  return [...files].flatMap(([inner, { before, after }]): readonly RenamedFile[] => {
    const [path, formerPath] = [pathIn(to, inner), pathIn(from, inner)];
    if (before === undefined) return after === undefined ? [] : [{ path, status: 'added', after }];
    if (after === undefined) return [{ path, status: 'removed', before, formerPath }];
    return before === after ? [] : [{ path, status: 'changed', before, after, formerPath }];
  });
}

function innerOf(path: string, folder: string): string | undefined {
  if (path === folder) return '';
  return folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
