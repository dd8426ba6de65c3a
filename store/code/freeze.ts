import { isMap } from '../../layers/plain-data';

const frozen = new WeakSet<object>();

/**
 * Freezes maps and lists, and those below them. Functions, instances of classes, Maps and everything else that is no plain
 * data stay as they are, and getters are not asked. What resists (a proxy that throws) is left alone.
 */
export function freezeData(value: unknown): void {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || frozen.has(next)) continue;
    try {
      if (!Array.isArray(next) && !isMap(next)) continue;
      frozen.add(next);
      for (const key of Reflect.ownKeys(next)) open.push(Object.getOwnPropertyDescriptor(next, key)?.value);
      Object.freeze(next);
    } catch {}
  }
}

/** Freezes the data that a module exports. Its exports may be getters, which is how compilers write them. */
export function freezeExports(exports: unknown): void {
  if (typeof exports !== 'object' || exports === null) return;
  if ('__esModule' in exports) for (const value of valuesOf(exports)) freezeData(value);
  else freezeData(exports);
}

/** Freezes what this package exports: its data, and its classes with their prototypes. */
export function freezeOwnExports(exports: object): void {
  for (const value of valuesOf(exports)) {
    freezeData(value);
    if (typeof value !== 'function') continue;
    Object.freeze(value);
    if (typeof value.prototype === 'object') Object.freeze(value.prototype);
  }
}

function valuesOf(exports: object): readonly unknown[] {
  return Object.keys(exports).flatMap((name) => {
    try {
      return [(exports as { readonly [name: string]: unknown })[name]];
    } catch {
      // In a circle of imports it may not be there yet.
      return [];
    }
  });
}
