import type { Evidence } from '../law/evidence';
import type { Wave } from '../law/waves';
import type { Field, Item, Kind, Shape } from './shape';

/** A map of which nothing is known yet. */
export type AnyMap = Readonly<Record<string, unknown>>;

// biome-ignore lint/suspicious/noExplicitAny: what a function takes and gives is not known from its file
type AnyFunction = (...args: any[]) => any;

/** What a value of a kind is. */
interface Values {
  readonly string: string;
  readonly boolean: boolean;
  readonly function: AnyFunction;
  readonly 'text or function': string | AnyFunction;
  readonly map: AnyMap;
  readonly list: readonly unknown[];
  readonly 'list or map': readonly unknown[] | AnyMap;
  readonly strings: readonly string[];
  readonly layer: AnyMap | AnyFunction;
  readonly 'map of layers': AnyMap;
  readonly 'map of patches': AnyMap;
  readonly reasons: { readonly [path: string]: string };
  readonly counts: { readonly [unit: string]: number };
  readonly waves: readonly Wave[];
  readonly evidence: readonly Evidence[];
  readonly word: string;
  readonly duration: string;
  readonly date: string;
  readonly day: string;
}

/** What was read of a map: what is right of it. */
export type Read<S extends Shape> = { readonly [K in keyof S]?: ReadField<S[K]> };

type ReadField<F extends Field> = F extends { readonly layered: true } | { readonly apart: true }
  ? unknown
  : F extends { readonly words: readonly (infer Word)[] }
    ? Word
    : F extends { readonly keys: infer Keys extends Shape }
      ? F extends { readonly orText: true }
        ? string | Complete<Keys>
        : Read<Keys>
      : F extends { readonly each: infer I extends Item }
        ? { readonly [name: string]: ReadItem<I> }
        : ReadKind<F['is']>;

type ReadItem<I extends Item> =
  | (I extends { readonly keys: infer Keys extends Shape } ? Complete<Keys> : ReadKind<I['is']>)
  | (I extends { readonly orText: true } ? string : never);

/** An item lacks nothing that it needs, else it was left out. */
type Complete<S extends Shape> = Read<S> & { readonly [K in keyof S as S[K] extends { readonly required: string | true } ? K : never]: ReadField<S[K]> };

type ReadKind<K extends Kind> = Values[K];
