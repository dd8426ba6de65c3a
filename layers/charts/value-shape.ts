/** The kinds of values that are neither map nor list. */
export type ScalarKind = 'string' | 'number' | 'boolean' | 'null';

/** What a chart takes at one place of its values: a map, a list, scalars, several of these, or anything. */
export interface ValueShape {
  /** What it is for, in a line or a few. */
  readonly description?: string;
  /** What the chart does where nothing is said, as JSON. */
  readonly default?: string;
  /** Whether anything may stand there, other maps, lists and scalars included. */
  readonly isAny?: boolean;
  /** In a stable order. */
  readonly scalars: readonly ScalarKind[];
  /** The only scalars. @default - any of those kinds */
  readonly words?: readonly (string | number | boolean)[];
  /** The keys that are known, where it may be a map. */
  readonly keys?: ReadonlyMap<string, ValueShape>;
  /** What other keys may hold. @default - there are no other keys */
  readonly rest?: ValueShape;
  /** Whether a schema says in words that there are no other keys: then Helm itself refuses them. @default false */
  readonly isClosed?: boolean;
  /** What its items are, where it may be a list. */
  readonly items?: ValueShape;
  /** The versions that know it, where others do not. */
  readonly only?: readonly string[];
}

/** Anything. */
export const anything: ValueShape = { isAny: true, scalars: [] };

/** A map of anything. */
export const anyMap: ValueShape = { scalars: [], keys: new Map(), rest: anything };

const kinds: readonly ScalarKind[] = ['string', 'number', 'boolean', 'null'];

export function scalarShape(...found: readonly ScalarKind[]): ValueShape {
  return { scalars: kindsOf(found) };
}

/** Each kind once, in a stable order. */
export function kindsOf(found: Iterable<ScalarKind>): readonly ScalarKind[] {
  const all = new Set(found);
  return kinds.filter((kind) => all.has(kind));
}

/** What is said of a value beside what it is. */
export function wordsOn({ description, default: value, only }: ValueShape): Pick<ValueShape, 'description' | 'default' | 'only'> {
  return {
    ...(description === undefined ? {} : { description }),
    ...(value === undefined ? {} : { default: value }),
    ...(only === undefined ? {} : { only }),
  };
}
