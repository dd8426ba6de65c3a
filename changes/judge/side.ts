import { getOr } from '../../layers/get-or';
import { membersName } from '../../layers/record';
import { CausesOf } from '../causes';
import type { Fields } from '../fields';
import { fieldsIn } from '../fields-in';
import { objectOfAll, type State, type StateFile, type Subject, subjectOf } from '../state';
import { StateLayers } from '../state-layers';

/** An app, or an object of it, wherever it is. */
export interface Item {
  readonly clusterType: string;
  readonly app: string;
  /** What it is called at all targets. @default - the app's own */
  readonly object?: string;
}

/** One of the two states that are judged, asked for what an item says at a target. */
export class Side {
  readonly state: State;
  readonly layers: StateLayers;
  readonly #files = new Map<string, Map<string, StateFile[]>>();
  readonly #byTarget = new Map<string, StateFile[]>();
  readonly #recorded: ReadonlySet<string>;

  constructor(state: State) {
    this.state = state;
    this.layers = new StateLayers(state);
    this.#recorded = new Set(state.records.map(({ clusterType, app }) => `${clusterType}/${app}`));
    for (const file of state.files) {
      const places = getOr(this.#files, keyOf(this.itemOf(file)), () => new Map<string, StateFile[]>());
      getOr(places, file.target, () => []).push(file);
      getOr(this.#byTarget, `${file.clusterType}\n${file.target}`, () => []).push(file);
    }
  }

  itemOf(file: StateFile): Item {
    return itemOf(file, subjectOf(file, this.state.fleet.topology));
  }

  /** The files of an item at a target: more than one where several Argo CDs have it. */
  files(item: Item, target: string): readonly StateFile[] {
    return this.#files.get(keyOf(item))?.get(target) ?? [];
  }

  /** Every file of a target. */
  filesAt(clusterType: string, target: string): readonly StateFile[] {
    return this.#byTarget.get(`${clusterType}\n${target}`) ?? [];
  }

  has(item: Item, target: string): boolean {
    return this.files(item, target).length > 0;
  }

  /** Whether an app was known, rendered or not. */
  isKnown({ clusterType, app }: Item): boolean {
    return this.#recorded.has(`${clusterType}/${app}`) || this.#files.has(keyOf({ clusterType, app }));
  }

  targets(clusterType: string): readonly string[] {
    return this.state.targets.get(clusterType) ?? [];
  }

  /** What an item says at some targets, read at once; targets without it are left out. */
  fields(item: Item, targets: Iterable<string>): ReadonlyMap<string, readonly Fields[]> {
    const asked = [...targets].flatMap((target) => this.files(item, target).map((file) => ({ target, file })));
    const contents = this.state.read(asked.map(({ file }) => file));
    const found = new Map<string, Fields[]>();
    for (const [index, { target }] of asked.entries()) getOr(found, target, () => []).push(fieldsIn(contents[index] ?? {}, item));
    return found;
  }
}

/** Both states, and which layers their differences come from. */
export class Sides {
  readonly before: Side;
  readonly after: Side;
  readonly causes: CausesOf;

  constructor(before: State, after: State) {
    this.before = new Side(before);
    this.after = new Side(after);
    this.causes = new CausesOf(before, after);
  }

  /** Whether an item is the same at a target in both states: what has the same files says the same. */
  isSame(item: Item, target: string): boolean {
    const ids = (side: Side) =>
      side
        .files(item, target)
        .map(({ id }) => id)
        .sort()
        .join();
    return ids(this.before) === ids(this.after);
  }
}

export function itemOf({ clusterType, target }: Pick<StateFile, 'clusterType' | 'target'>, { app, object }: Subject): Item {
  if (object === undefined) return { clusterType, app };
  // Whichever hub has a registration, it is the same object of the member.
  const everywhere = clusterType === membersName ? objectOfAll(object, target).replace(/^[^/]+\/(?=argocd\/)/, '') : object;
  return { clusterType, app, object: everywhere };
}

export function keyOf({ clusterType, app, object = '' }: Item): string {
  return `${clusterType}\n${app}\n${object}`;
}
