import { compare } from '../../layers/problem';
import type { Evidence } from './evidence';
import type { Existing } from './existing-output';
import type { RenderedPaths } from './rendered-paths';

/** What a run would write. */
export interface Wanted {
  /** All files. */
  readonly files: RenderedPaths;
  /** The folders of targets and members that they lie in. */
  readonly folders: ReadonlySet<string>;
  /** Those of the files that are there and hold another text. */
  readonly changed: readonly string[];
}

/** A file that is not the tool's, where no such file can be. */
export interface Stranger {
  readonly path: string;
  /**
   * - `deployed`: in a folder that Argo CD reads
   * - `in the way`: a file must be written there, or a folder made
   * - `unknown`: in a folder that shows nowhere that it is rendered output
   * - `repository`: beside a `.git`, in a work tree of its own that is more than output
   */
  readonly why: 'deployed' | 'in the way' | 'unknown' | 'repository';
}

/** What becomes of the files of an output folder that are not rendered now. Paths are sorted. */
export interface Judgement {
  /** The tool's own, rendered no more. */
  readonly stale: readonly string[];
  /** Somebody's, left alone. */
  readonly left: readonly string[];
  /** Somebody's, so that nothing can be written. */
  readonly strangers: readonly Stranger[];
}

/** Files that the system drops where somebody looked into a folder; hidden, so that Helm passes over them. */
const droppings = new Set(['.DS_Store']);

/** Names that make a folder no less empty. */
const placeholders = new Set([...droppings, '.gitkeep', '.gitignore', '.gitattributes']);

/** Tells what may be replaced and removed from what may not. Nothing is asked where nothing but the rendered files is there. */
export function judge(existing: Existing, wanted: Wanted, evidence: Evidence): Judgement {
  const others = [...existing.files].filter((path) => !wanted.files.has(path)).sort(compare);
  if (others.length === 0 && wanted.changed.length === 0) return { stale: [], left: [], strangers: [] };
  if (!evidence.isOutput(existing.files)) return unknown(existing, wanted, others);
  const isStale = new Map(others.map((path) => [path, evidence.mayRemove(path)]));
  const stale = others.filter((path) => isStale.get(path));
  const folders = new Set([...wanted.folders, ...stale.flatMap((path) => evidence.folderOf(path) ?? [])]);
  const foreign = others.filter((path) => !isStale.get(path));
  const needed = foreign.length > 0 ? foldersOf(wanted.files) : new Set<string>();
  const strangers = [
    ...wanted.changed.filter((path) => !evidence.mayReplace(path)).map((path) => ({ path, why: 'in the way' }) as const),
    ...foreign.flatMap((path) => {
      const why = whyNot(path, wanted, needed, folders, existing);
      return why === undefined ? [] : [{ path, why }];
    }),
  ];
  const refused = new Set(strangers.map(({ path }) => path));
  return { stale, left: foreign.filter((path) => !refused.has(path)), strangers: strangers.sort((a, b) => compare(a.path, b.path)) };
}

function whyNot(path: string, wanted: Wanted, needed: ReadonlySet<string>, folders: ReadonlySet<string>, { hasGit }: Existing): Stranger['why'] | undefined {
  const above = [...foldersOf([path])];
  if (needed.has(path) || above.some((folder) => wanted.files.has(folder))) return 'in the way';
  if (droppings.has(nameOf(path))) return undefined;
  if (above.some((folder) => folders.has(folder))) return 'deployed';
  return hasGit && !placeholders.has(nameOf(path)) ? 'repository' : undefined;
}

/** A folder that nothing shows to be output: only what is exactly as it would be rendered may be in it. */
function unknown({ files }: Existing, wanted: Wanted, others: readonly string[]): Judgement {
  const changed = new Set(wanted.changed);
  const foreign = [...files].filter((path) => (changed.has(path) || !wanted.files.has(path)) && !(placeholders.has(path) && !wanted.files.has(path)));
  const strangers = foreign.sort(compare).map((path) => ({ path, why: 'unknown' }) as const);
  return { stale: [], left: others.filter((path) => placeholders.has(path)), strangers };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folders above some files. */
function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0 && !folders.has(path.slice(0, end)); end = path.lastIndexOf('/', end - 1)) folders.add(path.slice(0, end));
  }
  return folders;
}
