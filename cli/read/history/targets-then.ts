import { isAtOrBelow } from '../../../layers/hierarchy';
import type { ChangedFiles, TargetChange } from './changed-files';

/** Which targets each cluster type had, going back from what is there now: commit by commit. */
export class TargetsThen {
  readonly #sets: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #ranks: ReadonlyMap<string, number>;
  #lists: ReadonlyMap<string, readonly string[]> | undefined;

  private constructor(sets: ReadonlyMap<string, ReadonlySet<string>>, ranks: ReadonlyMap<string, number>) {
    this.#sets = sets;
    this.#ranks = ranks;
  }

  /** @param targets by cluster type @param sequence of targets; those that are not in it come last */
  static of(targets: ReadonlyMap<string, readonly string[]>, sequence: readonly string[]): TargetsThen {
    return new TargetsThen(new Map([...targets].map(([name, list]) => [name, new Set(list)])), new Map(sequence.map((path, index) => [path, index])));
  }

  /** In sequence. */
  get lists(): ReadonlyMap<string, readonly string[]> {
    const rank = (target: string) => this.#ranks.get(target) ?? this.#ranks.size;
    this.#lists ??= new Map(
      [...this.#sets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, set]) => [name, [...set].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))]),
    );
    return this.#lists;
  }

  /** With all that is there after a commit, and nothing that it took away. */
  after({ files }: ChangedFiles): TargetsThen {
    return this.#with(placesOf(files, 'after'));
  }

  /** As they were before it. @param changed what it did to what is as it was {@link after} it */
  before({ files }: ChangedFiles): TargetsThen {
    return this.#with(placesOf(files, 'before'));
  }

  /** All that either has. */
  union({ lists }: TargetsThen): TargetsThen {
    return this.#with([...lists].flatMap(([clusterType, targets]) => targets.map((target) => ({ clusterType, target, isThere: true }))));
  }

  /** By the names from before a commit that gave new ones. */
  formerly({ moves }: ChangedFiles): TargetsThen {
    if (moves.length === 0) return this;
    const former = (path: string) => {
      const found = moves.find(({ to }) => isAtOrBelow(path, to));
      return found ? `${found.from}${path.slice(found.to.length)}` : path;
    };
    const sets = new Map<string, Set<string>>();
    for (const [clusterType, targets] of this.#sets) {
      for (const target of targets) {
        const [name = '', ...parts] = former(`${clusterType}/${target}`).split('/');
        const set = sets.get(name) ?? new Set();
        sets.set(name, set);
        set.add(parts.join('/'));
      }
    }
    return new TargetsThen(sets, this.#ranks);
  }

  #with(targets: readonly TargetPlace[]): TargetsThen {
    const other = targets.filter(({ clusterType, target, isThere }) => (this.#sets.get(clusterType)?.has(target) === true) !== isThere);
    if (other.length === 0) return this;
    const sets = new Map([...this.#sets].map(([name, set]) => [name, new Set(set)]));
    for (const { clusterType, target, isThere } of other) {
      const set = sets.get(clusterType) ?? new Set();
      sets.set(clusterType, set);
      if (isThere) set.add(target);
      else set.delete(target);
    }
    return new TargetsThen(sets, this.#ranks);
  }
}

interface TargetPlace {
  readonly clusterType: string;
  readonly target: string;
  readonly isThere: boolean;
}

/** A target is there where it has a chart; what has another file has one, too. */
function placesOf(files: readonly TargetChange[], side: 'before' | 'after'): readonly TargetPlace[] {
  return files.flatMap((file): readonly TargetPlace[] => {
    const { clusterType, target, path } = file;
    const isThere = file[side] !== undefined;
    return isThere || path === 'Chart.yaml' ? [{ clusterType, target, isThere }] : [];
  });
}
