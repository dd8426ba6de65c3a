import { collapser } from '../../layers/path-set';
import type { TargetChange } from '../change';
import { appsAt, type State } from '../state';

/** Targets in sequence, and the paths that stand for them. */
export class Places {
  readonly #sides: Readonly<Record<'before' | 'after', State>>;
  readonly #collapsers = new Map<string, ReturnType<typeof collapser>>();
  readonly #orders = new Map<string, ReadonlyMap<string, number>>();

  constructor(before: State, after: State) {
    this.#sides = { before, after };
  }

  of(side: 'before' | 'after', clusterType: string, targets: readonly string[]): { readonly targets: readonly string[]; readonly paths: readonly string[] } {
    const key = `${side} ${clusterType}`;
    let collapse = this.#collapsers.get(key);
    if (!collapse) {
      const all = this.#sides[side].targets.get(clusterType) ?? [];
      collapse = collapser(all);
      this.#collapsers.set(key, collapse);
      this.#orders.set(key, new Map(all.map((target, index) => [target, index])));
    }
    const order = this.#orders.get(key);
    const sorted = [...targets].sort((a, b) => (order?.get(a) ?? 0) - (order?.get(b) ?? 0));
    return { targets: sorted, paths: collapse(sorted) };
  }
}

/** Targets that come or go as a whole. */
export function changedTargets(before: State, after: State, isAsked: (clusterType: string, target: string) => boolean): readonly TargetChange[] {
  const places = new Places(before, after);
  const one = (kind: TargetChange['kind'], from: State, to: State): readonly TargetChange[] =>
    [...from.targets].flatMap(([clusterType, targets]) => {
      const others = new Set(to.targets.get(clusterType));
      const isEmpty = emptyIn(from, clusterType);
      const gone = targets.filter((target) => !others.has(target) && isAsked(clusterType, target) && !isEmpty(target));
      if (gone.length === 0) return [];
      const apps = appsAt(from, clusterType, new Set(gone));
      return [{ kind, clusterType, ...places.of(from === before ? 'before' : 'after', clusterType, gone), apps }];
    });
  return [...one('target-removed', before, after), ...one('target-added', after, before)];
}

/** Whether a target has none of the apps that alone are looked at. */
function emptyIn({ isOfSomeApps, files }: State, clusterType: string): (target: string) => boolean {
  if (!isOfSomeApps) return () => false;
  const full = new Set(files.flatMap((file) => (file.clusterType === clusterType ? [file.target] : [])));
  return (target) => !full.has(target);
}
