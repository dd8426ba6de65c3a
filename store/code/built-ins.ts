type Methods = Readonly<Record<string, unknown>>;

/** What everybody's code is made of, by name. */
const parts: readonly (readonly [string, object])[] = [
  ['Object', Object],
  ['Object.prototype', Object.prototype],
  ['Array', Array],
  ['Array.prototype', Array.prototype],
  ['String.prototype', String.prototype],
  ['Number', Number],
  ['Number.prototype', Number.prototype],
  ['RegExp.prototype', RegExp.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['WeakMap.prototype', WeakMap.prototype],
  ['JSON', JSON],
  ['Reflect', Reflect],
];

/** Their functions as they are before any code of a configuration ran. */
const methods = parts.map(([name, part]) => {
  const own = Object.getOwnPropertyNames(part).filter((key) => typeof Object.getOwnPropertyDescriptor(part, key)?.value === 'function');
  return { name, part: part as Methods, functions: own.map((key) => [key, (part as Methods)[key]] as const) };
});
const globals = ['Object', 'Array', 'String', 'Number', 'Map', 'Set', 'WeakMap', 'JSON', 'Reflect', 'RegExp'].map(
  (name) => [name, (globalThis as unknown as Methods)[name]] as const,
);
const inherited: readonly PropertyKey[] = Reflect.ownKeys(Object.prototype);

/**
 * What code changed of the language that everybody else's code and data rely on: a built-in function, or what every map
 * inherits. It is put back, so that it is the mistake of one file.
 *
 * @returns its name, such as `Array.prototype.map`; `undefined` where all is as it was
 */
export function changedBuiltIn(): string | undefined {
  let changed: string | undefined;
  for (const [name, value] of globals) {
    if ((globalThis as unknown as Methods)[name] !== value) changed = restored(globalThis, name, value, name);
  }
  for (const { name, part, functions } of methods) {
    for (const [key, value] of functions) if (part[key] !== value) changed = restored(part, key, value, `${name}.${key}`);
  }
  if (Reflect.ownKeys(Object.prototype).length !== inherited.length) {
    for (const key of Reflect.ownKeys(Object.prototype)) if (!inherited.includes(key)) changed = removed(Object.prototype, key, 'Object.prototype');
  }
  // What a library adds to lists without having it enumerated is nobody's trouble.
  for (const key in []) changed = removed(Array.prototype, key, 'Array.prototype');
  return changed;
}

function restored(part: object, key: string, value: unknown, name: string): string {
  Reflect.defineProperty(part, key, { value, writable: true, enumerable: false, configurable: true });
  return name;
}

function removed(part: object, key: PropertyKey, name: string): string {
  Reflect.deleteProperty(part, key);
  return `${name}.${String(key)}`;
}
