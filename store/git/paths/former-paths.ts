import type { ChangedFile } from '../changed-file';
import type { Repository } from '../repository';
import { pathIn } from './asked-paths';
import { BelowPaths, type FileName, RemovedNames } from './file-names';
import { Contents } from './likeness';

/** How much two files have in common that are one under two names, as Git takes it; and two folders in files of the same names. */
const alike = 0.5;
/** How many places, and how many files of a folder, are compared for one path. */
const most = { candidates: 20, samples: 16 };

/**
 * Where a commit took files and folders from which it added as a whole: what it removed elsewhere that says much the same, in files
 * of the same names below a folder.
 *
 * @param changes all that the commit changed, in the whole repository
 * @param paths   which it added, each a file or a folder
 * @returns the former path of each that was renamed
 */
export function formerPaths(repository: Repository, changes: readonly ChangedFile[], paths: readonly string[]): ReadonlyMap<string, string> {
  const removed = changes.flatMap(({ status, path, before }) => (status === 'removed' && before !== undefined ? [{ path, id: before }] : []));
  if (removed.length === 0) return new Map();
  const names = new RemovedNames(removed);
  const added = changes.flatMap(({ status, path, after }) => (status === 'added' && after !== undefined ? [{ path, id: after }] : []));
  const below = new BelowPaths(added);
  const guesses = paths.map((path): Guess => {
    const files = below.of(path);
    const [only] = files;
    return only?.path === path ? guessFile(only, names) : guessFolder(path, files, names);
  });
  const contents = new Contents(repository);
  contents.load(guesses.flatMap(({ ids }) => ids));
  return new Map(
    paths.flatMap((path, at) => {
      const former = guesses[at]?.judge(contents);
      return former === undefined ? [] : [[path, former] as const];
    }),
  );
}

/** What a path may have been called, before any content is looked at: those of all paths are read together. */
interface Guess {
  /** Files to compare. */
  readonly ids: readonly string[];
  judge(contents: Contents): string | undefined;
}

function guessFile(file: FileName, names: RemovedNames): Guess {
  const same = best(names.withId(file.id), (path) => nearness(path, file.path));
  if (same !== undefined) return { ids: [], judge: () => same };
  const near = names.near(file.path).map((candidate) => ({ ...candidate, near: nearness(candidate.path, file.path) }));
  const candidates = near.sort((a, b) => b.near - a.near).slice(0, most.candidates);
  return {
    ids: candidates.length === 0 ? [] : [file.id, ...candidates.map(({ id }) => id)],
    judge: (contents) => {
      const likely = candidates.filter(({ id }) => contents.likeness(id, file.id) >= alike);
      return best(
        likely.map(({ path }) => path),
        (path) => contents.likeness(names.idOf(path) ?? '', file.id),
      );
    },
  };
}

function guessFolder(folder: string, files: readonly FileName[], names: RemovedNames): Guess {
  const inner = files.map(({ path, id }) => ({ path: path.slice(folder.length + 1), id }));
  // Deep names tell most of where they were.
  const samples = [...inner].sort((a, b) => b.path.split('/').length - a.path.split('/').length).slice(0, most.samples);
  const formers = new Set(samples.flatMap(({ path }) => names.foldersOf(path)));
  const near = [...formers].map((former) => ({ former, near: nearness(former, folder) })).sort((a, b) => b.near - a.near);
  const candidates = near.slice(0, most.candidates).flatMap(({ former }) => {
    const common = inner.flatMap(({ path, id }) => {
      const before = names.idOf(pathIn(former, path));
      return before === undefined ? [] : [{ before, after: id }];
    });
    const other = common.filter(({ before, after }) => before !== after);
    const step = Math.max(1, Math.floor(other.length / most.samples));
    const compared = other.filter((_, at) => at % step === 0);
    return common.length * 2 < inner.length ? [] : [{ former, same: common.length - other.length, other: other.length, compared }];
  });
  return {
    ids: candidates.flatMap(({ compared }) => compared.flatMap(({ before, after }) => [before, after])),
    judge: (contents) => {
      const judged = candidates.map(({ former, same, other, compared }) => {
        const sum = compared.reduce((total, { before, after }) => total + contents.likeness(before, after), 0);
        const kept = same + (sum / Math.max(compared.length, 1)) * other;
        return { former, kept, share: kept / (same + other) };
      });
      // The nearest comes first, and stays where others are as much alike.
      return judged.filter(({ share }) => share >= alike).sort((a, b) => b.kept - a.kept)[0]?.former;
    },
  };
}

/** What two paths have in common: folders at the beginning, and at the end. */
function nearness(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  const count = (x: readonly string[], y: readonly string[]) => {
    const at = x.findIndex((part, index) => part !== y[index]);
    return at < 0 ? x.length : at;
  };
  return count(one, other) + count([...one].reverse(), [...other].reverse());
}

function best(paths: readonly string[], score: (path: string) => number): string | undefined {
  let [found, highest]: [string | undefined, number] = [undefined, -1];
  for (const path of paths) {
    const one = score(path);
    if (one > highest) [found, highest] = [path, one];
  }
  return found;
}
