import { isMap } from '../plain-data';
import type { Problem } from '../problem';
import { messageOf } from '../thrown';

/** How many maps and lists may stand in one another: enough for people, and for the stack. */
export const maxDepth = 200;

/** How much a value may come to where everything that is shared is written out: one for each value, and one for each 16 characters. */
const maxSize = 1_000_000;

/** How many items a list may have, holes included. */
const maxItems = 1_000_000;

/** What keeps a part of a value from being read. */
export interface Fault extends Pick<Problem, 'message' | 'expected' | 'found' | 'hint'> {
  readonly code: 'not-plain-data' | 'config-throws';
  /** Keys from the top of the value. */
  readonly path: readonly string[];
}

/** A value that was read, and what could not be. */
export interface Content {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

interface Measure {
  readonly height: number;
  readonly size: number;
}

const noFaults: readonly Fault[] = [];
const leaf: Measure = { height: 0, size: 1 };

/** What was read before is plain and frozen: reading it again finds nothing new. */
const measures = new WeakMap<object, Measure>();

/**
 * What an author's code left behind, as plain data that does as it is told: each map and list is read once, so that no
 * getter, proxy or hole can be one thing to whoever checks it and another to whoever renders it. What is too deep, too
 * much, or contains itself is left out. Functions and objects that are no plain data stay what they are, for others to
 * judge; objects that are shared stay shared.
 *
 * @returns a frozen copy
 */
export function readContent(value: unknown): Content {
  if (typeof value !== 'object' || value === null || measures.has(value)) return { value, faults: noFaults };
  const reader = new Reader();
  return { value: reader.read(value, []), faults: reader.faults };
}

class Reader {
  readonly faults: Fault[] = [];
  readonly #copies = new Map<object, object | undefined>();
  readonly #above = new Set<object>();
  #isTooMuch = false;

  read(value: unknown, path: readonly string[]): unknown {
    if (typeof value === 'string') {
      if (value.length / 16 < maxSize) return value;
      return this.#refuse(path, { code: 'not-plain-data', message: `a text of ${value.length} characters`, hint: 'no cluster takes it: make it smaller' });
    }
    if (typeof value !== 'object' || value === null) return value;
    try {
      if (Array.isArray(value) || isMap(value)) return this.#shared(value, path);
      // What cannot even be asked what it is would throw at whoever asks later.
      Object.getPrototypeOf(value);
      return value;
    } catch (cause) {
      return this.#refuse(path, thrown('the value', cause));
    }
  }

  #shared(value: object, path: readonly string[]): unknown {
    if (this.#above.has(value)) {
      return this.#refuse(path, { code: 'not-plain-data', message: 'a value that contains itself', hint: 'remove the circular reference' });
    }
    const known = measures.has(value) ? value : this.#copies.get(value);
    const height = known ? (measures.get(known)?.height ?? 0) : 1;
    if (path.length + height > maxDepth) {
      const message = `maps and lists that nest more than ${maxDepth} levels deep`;
      return this.#refuse(path, { code: 'not-plain-data', message, hint: 'no manifest needs that: is it built by a loop without end?' });
    }
    if (known || this.#copies.has(value)) return known;
    this.#above.add(value);
    const copy = Array.isArray(value) ? this.#list(value, path) : this.#map(value as Readonly<Record<string, unknown>>, path);
    this.#above.delete(value);
    const kept = this.#measured(copy, path);
    this.#copies.set(value, kept);
    return kept;
  }

  #list(list: readonly unknown[], path: readonly string[]): unknown[] {
    const { length } = list;
    if (length <= maxItems) return Array.from({ length }, (_, index) => this.#item(list, index, path));
    this.#refuse(path, { code: 'not-plain-data', message: `a list of ${length} items`, expected: `at most ${maxItems}` });
    return [];
  }

  /** What is refused leaves no hole, which would be a second mistake. */
  #item(list: readonly unknown[], index: number, path: readonly string[]): unknown {
    const { length } = this.faults;
    const item = this.#child(list, index, path);
    return item === undefined && this.faults.length > length ? null : item;
  }

  #map(map: Readonly<Record<string, unknown>>, path: readonly string[]): object {
    const copy: Record<string, unknown> = {};
    for (const symbol of symbolKeys(map)) {
      const found = String(symbol);
      this.#refuse([...path, found], { code: 'not-plain-data', message: 'a key that YAML cannot hold', expected: 'a text', found });
    }
    for (const key of Object.keys(map)) {
      const { length } = this.faults;
      const value = this.#child(map, key, path);
      // What is refused is not there, so that nobody has anything else against it.
      if (value === undefined && this.faults.length > length) continue;
      // An assignment to this key would set the prototype.
      if (key === '__proto__') Object.defineProperty(copy, key, { value, enumerable: true });
      else copy[key] = value;
    }
    return copy;
  }

  #child(parent: object, key: string | number, path: readonly string[]): unknown {
    const at = [...path, String(key)];
    let value: unknown;
    try {
      value = (parent as Readonly<Record<string | number, unknown>>)[key];
    } catch (cause) {
      return this.#refuse(at, thrown(`'${key}'`, cause));
    }
    return this.read(value, at);
  }

  #measured(copy: object, path: readonly string[]): object | undefined {
    let height = 0;
    let size = 1;
    for (const child of Object.values(copy)) {
      const measure = typeof child === 'object' && child !== null ? (measures.get(child) ?? leaf) : leaf;
      height = Math.max(height, measure.height);
      size += measure.size + (typeof child === 'string' ? child.length / 16 : 0);
    }
    if (size <= maxSize) {
      measures.set(Object.freeze(copy), { height: height + 1, size });
      return copy;
    }
    // What is built of it would be too much again.
    if (this.#isTooMuch) return undefined;
    this.#isTooMuch = true;
    const message = 'more values than any cluster takes, once everything that is shared is written out';
    return this.#refuse(path, { code: 'not-plain-data', message, expected: `at most ${maxSize}` });
  }

  #refuse(path: readonly string[], fault: Omit<Fault, 'path'>): undefined {
    // A place that fills the screen is none.
    this.faults.push({ ...fault, path: path.slice(0, 20) });
    return undefined;
  }
}

const noSymbols: readonly symbol[] = [];

/** Keys that are symbols: nobody who lists the keys of a map sees them. */
export function symbolKeys(map: object): readonly symbol[] {
  const symbols = Object.getOwnPropertySymbols(map);
  return symbols.length === 0 ? noSymbols : symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(map, symbol));
}

function thrown(what: string, cause: unknown): Omit<Fault, 'path'> {
  return { code: 'config-throws', message: `reading ${what} threw: ${messageOf(cause)}`, hint: 'a getter or a proxy: write the value itself' };
}
