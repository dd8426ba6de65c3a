import { collapser } from '../layers/path-set';
import type { Change } from './change';
import { appsAt, objectAt, type State } from './state';

/** What a merge changed of one of its parents. */
export interface ParentChanges {
  readonly before: State;
  readonly changes: readonly Change[];
}

/**
 * What a merge changed itself: what differs from all of its parents. What one of them has came with it, and is told of where it was
 * made. Of what the first parent does not have, the next one that has it says what it was.
 *
 * @param parents in order; of a commit that is no merge the only one
 */
export function ownOfMerge(parents: readonly ParentChanges[], after: State): readonly ParentChanges[] {
  if (parents.length < 2) return parents;
  const sides = parents.map(({ changes }) => new Side(changes));
  return parents.map(({ before, changes }, index) => {
    const isOwn = (change: Change, target: string) => {
      const base = sides.findIndex((side) => !side.isNew(change, target));
      return index === Math.max(base, 0) && sides.every((side) => side.isNew(change, target) || side.has(change, target));
    };
    const own = changes.flatMap((change): readonly Change[] => {
      const targets = change.targets.filter((target) => isOwn(change, target));
      if (targets.length === change.targets.length) return [change];
      if (targets.length === 0) return [];
      const state = change.kind.endsWith('removed') ? before : after;
      const at = { targets, paths: collapser(state.targets.get(change.clusterType) ?? [])(targets) };
      return ['apps' in change ? { ...change, ...at, apps: appsAt(state, change.clusterType, new Set(targets)) } : { ...change, ...at }];
    });
    return { before, changes: own };
  });
}

/** The changes of one parent, target by target. */
class Side {
  readonly #changed = new Set<string>();
  readonly #came = new Set<string>();

  constructor(changes: readonly Change[]) {
    for (const change of changes) {
      for (const target of change.targets) {
        this.#changed.add(rowOf(change, target));
        if (change.kind.endsWith('added')) this.#came.add(placeOf(change, target));
      }
    }
  }

  has(change: Change, target: string): boolean {
    return this.#changed.has(rowOf(change, target));
  }

  /** Whether the parent does not have that of which something changed. */
  isNew(change: Change, target: string): boolean {
    if (this.#came.has(placeOf(change, target)) || this.#came.has([change.clusterType, target].join('\n'))) return true;
    return 'object' in change && this.#came.has(placeOf({ ...change, object: undefined } as Change, target));
  }
}

function rowOf(change: Change, target: string): string {
  return [change.kind, 'field' in change ? change.field : '', placeOf(change, target)].join('\n');
}

function placeOf(change: Change, target: string): string {
  const { clusterType } = change;
  if (!('app' in change)) return [clusterType, target].join('\n');
  return [
    clusterType,
    target,
    change.app,
    ('deployer' in change && change.deployer) || '',
    ('object' in change && change.object !== undefined && objectAt(change.object, target)) || '',
  ].join('\n');
}
