import type { ProblemCode } from '../problem-codes';

/** What a value has to be. */
export type Kind =
  | 'string'
  | 'boolean'
  | 'function'
  | 'text or function'
  | 'map'
  | 'list'
  /** What may be written by name. */
  | 'list or map'
  | 'strings'
  | 'layer'
  | 'map of layers'
  | 'map of patches'
  /** Why something is none, by the path where it stands. */
  | 'reasons'
  /** How many, by what is counted. */
  | 'counts'
  /** In which parts something is entered: `[1, '10%', 'rest']`. */
  | 'waves'
  /** By what a change goes on: functions, and what functions of the package return. */
  | 'evidence'
  /** One of {@link Field.words}. */
  | 'word'
  /** `24h`. */
  | 'duration'
  /** `2026-12-31`, or with a time. */
  | 'date'
  /** `2026-12-31`. */
  | 'day';

/** What is said of one key of a configuration file. */
export interface Field {
  readonly is: Kind;
  /** What it means, in a line of Markdown that could follow its name. */
  readonly about: string;
  /** What holds where it is not there, in Markdown. @default 'none' */
  readonly default?: string;
  /** It is about the app, and no field of its manifest. */
  readonly setting?: true;
  /** Any layer may say it: its value is checked with all layers. */
  readonly layered?: true;
  /** It is read by code of its own. */
  readonly apart?: true;
  /** A release may say it otherwise. */
  readonly released?: true;
  /** It has to be there: what is expected, in words, or `true` where its name says it. */
  readonly required?: string | true;
  /** What is reported where it is not there. @default 'missing-field' */
  readonly missing?: ProblemCode;
  /** It is a text that says something, or a list of such: what one says, in words. */
  readonly filled?: string;
  /** The words that it may be. */
  readonly words?: readonly string[];
  /** What is reported where it is none of them. @default 'wrong-type' */
  readonly code?: ProblemCode;
  /** The keys of a map. @default - whatever anybody writes */
  readonly keys?: Shape;
  /** How a message calls what needs these keys. @default - by the key */
  readonly whose?: string;
  /** Whether a text may stand there in place of a map with keys. What the map lacks, it lacks as a whole then. */
  readonly orText?: true;
  /** What stands under each name of a map by name. */
  readonly each?: Item;
  /** How many names such a map may have. */
  readonly most?: Limit;
  /** What reasons are about. */
  readonly no?: 'secret' | 'template' | 'mistake';
  /** How a message calls it, with `{name}` for the name of what it belongs to. @default - by its key */
  readonly noun?: string;
  /** What is expected, in words. @default - what its kind says */
  readonly expected?: string;
}

/** What stands under a name: a map with keys, or a value of a kind. */
export interface Item {
  readonly is: Kind;
  readonly keys?: Shape;
  /** Whether a text may stand there as well. */
  readonly orText?: true;
  /** How a message calls one, with `{name}` for its name. @default - by its name */
  readonly noun?: string;
  /** How a message calls what needs these keys, with `{name}` for its name. @default - as any */
  readonly whose?: string;
  readonly expected?: string | ((found: unknown) => string);
  /** What is reported where it is something else. @default 'wrong-type' */
  readonly code?: ProblemCode;
  /** Whether one that cannot be read is still there, and says nothing. @default - it is left out */
  readonly isKept?: true;
  /** What names are good for it. @default - any */
  readonly names?: NameRule;
}

/** What a name has to be. */
export interface NameRule {
  readonly pattern: RegExp;
  /** What is wrong with another, behind the name in a message. */
  readonly because: string;
  readonly expected: string;
}

/** How many there may be, and what is said where there are more. */
export interface Limit {
  readonly count: number;
  readonly message: string;
  readonly hint: string;
}

/** The keys of a map, in the order in which they are told. */
export interface Shape {
  readonly [key: string]: Field;
}

type Mark = 'setting' | 'layered' | 'released';

/** The keys of a shape that are marked. */
export type KeysWith<S, M extends Mark> = { [K in keyof S]: S[K] extends { readonly [mark in M]: true } ? K : never }[keyof S] & string;

/** The keys of a shape that are marked as something. */
export function keysWith<const S extends Shape, M extends Mark>(shape: S, mark: M): readonly KeysWith<S, M>[] {
  return Object.keys(shape).filter((key) => shape[key]?.[mark]) as KeysWith<S, M>[];
}

/** A shape without some of its keys. */
export function without<const S extends Shape, K extends keyof S & string>(shape: S, ...keys: readonly K[]): Omit<S, K> {
  return Object.fromEntries(Object.entries(shape).filter(([key]) => !(keys as readonly string[]).includes(key))) as Omit<S, K>;
}

/** Some keys of a shape. */
export function only<const S extends Shape, K extends keyof S & string>(shape: S, ...keys: readonly K[]): Pick<S, K> {
  return Object.fromEntries(keys.map((key) => [key, shape[key]])) as Pick<S, K>;
}
