import { isAtOrBelow } from '../../../layers/hierarchy';
import type { PathChange, PathCommit } from '../../../store/git/path-history';

/** What a commit did to a file of a target. */
export interface TargetChange {
  readonly clusterType: string;
  readonly target: string;
  /** From the target's folder. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** What a commit did to rendered output of dimensions, by the names that everything had then. */
export interface ChangedFiles {
  /** The output folder before the commit and after it, from the top of the repository. */
  readonly folders: { readonly before: string; readonly after: string };
  readonly files: readonly TargetChange[];
  /** Folders that got another name, from the top of the repository. */
  readonly renames: readonly Renamed[];
  /** Those that stay in the output folder, from there: `management-cluster/prod`. */
  readonly moves: readonly Renamed[];
}

export interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** @param folder the output folder as it is called now, from the top of the repository @param depth how many dimensions there are */
export function changedFiles({ changes, renames = [] }: PathCommit, folder: string, depth: number): ChangedFiles {
  const files = changes.flatMap((change) => fileOf(change, folder, depth) ?? []);
  const [first] = changes;
  const before = first === undefined ? folder : folderThen(first, folder);
  const whole = shortened(renames);
  const moved = whole.find(({ from }) => isAtOrBelow(before, from));
  const after = moved ? `${moved.to}${before.slice(moved.from.length)}` : before;
  const moves = whole.flatMap(({ from, to }): readonly Renamed[] =>
    from.startsWith(`${before}/`) && to.startsWith(`${after}/`) ? [{ from: from.slice(before.length + 1), to: to.slice(after.length + 1) }] : [],
  );
  return { folders: { before, after }, files, renames: whole, moves };
}

/** Without the names at the end that stayed: many folders of one that was renamed are one. */
export function shortened(renames: readonly Renamed[]): readonly Renamed[] {
  const found = renames.map(({ from, to }): Renamed => {
    const [old, made] = [from.split('/'), to.split('/')];
    while (old.length > 1 && made.length > 1 && old.at(-1) === made.at(-1)) {
      old.pop();
      made.pop();
    }
    return { from: old.join('/'), to: made.join('/') };
  });
  return [...new Map(found.map((one) => [`${one.from}\n${one.to}`, one])).values()];
}

function fileOf(change: PathChange, folder: string, depth: number): TargetChange | undefined {
  const { before, after, formerPath } = change;
  const then = formerPath ?? change.path;
  const own = then.slice(folderThen(change, folder).length).replace(/^\//, '');
  const placed = placeOf(own, depth);
  return placed && { ...placed, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** The output folder as it was called then: what is below it has as many names as it has now. */
function folderThen({ path, formerPath }: PathChange, folder: string): string {
  if (formerPath === undefined) return folder;
  const below = path.slice(folder === '' ? 0 : folder.length + 1).split('/').length;
  return formerPath.split('/').slice(0, -below).join('/');
}

const ofTarget = /^(templates\/[^/]+\.yaml|manifests\/.+\.yaml|Chart\.yaml)$/;

function placeOf(path: string, depth: number): Pick<TargetChange, 'clusterType' | 'target' | 'path'> | undefined {
  const [clusterType = '', ...parts] = path.split('/');
  if (clusterType.startsWith('_')) return undefined;
  const inside = parts.slice(depth).join('/');
  if (ofTarget.test(inside)) return { clusterType, target: parts.slice(0, depth).join('/'), path: inside };
  // There may have been more dimensions, or fewer.
  const [, target, file] = /^(.+?)\/(templates\/[^/]+\.yaml|manifests\/.+\.yaml|Chart\.yaml)$/.exec(parts.join('/')) ?? [];
  return target === undefined || file === undefined ? undefined : { clusterType, target, path: file };
}
