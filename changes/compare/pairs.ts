import { type State, type StateFile, type Subject, subjectOf } from '../state';

/** A file at both moments. @default - it was not there, or is not */
export interface Pair {
  readonly old?: StateFile;
  readonly made?: StateFile;
}

export interface Pairs {
  readonly differing: readonly Pair[];
  /** The manifests of apps of their own, by {@link appKey}. */
  readonly apps: (side: 'old' | 'made') => ReadonlyMap<string, StateFile>;
}

/** Files of two states by their places, where they differ. */
export function pairsOf(before: State, after: State, isAsked: (clusterType: string, target: string) => boolean): Pairs {
  const old = new Map<string, StateFile>();
  for (const file of before.files) if (isAsked(file.clusterType, file.target)) old.set(placeOf(file), file);
  const differing: Pair[] = [];
  for (const made of after.files) {
    if (!isAsked(made.clusterType, made.target)) continue;
    const key = placeOf(made);
    const was = old.get(key);
    old.delete(key);
    if (was?.id !== made.id) differing.push({ old: was, made });
  }
  for (const was of old.values()) differing.push({ old: was });
  const known = new Map<string, ReadonlyMap<string, StateFile>>();
  const apps = (side: 'old' | 'made') => {
    let found = known.get(side);
    if (!found) {
      const state = side === 'old' ? before : after;
      found = new Map(
        state.files.flatMap((file) => {
          const subject = subjectOf(file, state.fleet.topology);
          return subject.object === undefined ? [[appKey(file, subject), file] as const] : [];
        }),
      );
      known.set(side, found);
    }
    return found;
  };
  return { differing, apps };
}

function placeOf({ clusterType, target, path }: StateFile): string {
  return `${clusterType}\n${target}\n${path}`;
}

/** Names an app at a target. */
export function appKey({ clusterType, target }: Pick<StateFile, 'clusterType' | 'target'>, { app }: Pick<Subject, 'app'>): string {
  return `${clusterType}\n${target}\n${app}`;
}
