import { writeSync } from 'node:fs';
import { endProcess } from './own-process';

type Methods = Readonly<Record<PropertyKey, unknown>>;

interface Global {
  readonly name: string;
  readonly value: unknown;
}

interface Method extends Global {
  readonly part: Methods;
  readonly key: PropertyKey;
}

const { defineProperty: define } = Reflect;

const world: object = globalThis;

/** What everybody's code is made of, by name. */
const parts: readonly (readonly [string, object])[] = [
  ['Object', Object],
  ['Object.prototype', Object.prototype],
  ['Array', Array],
  ['Array.prototype', Array.prototype],
  ['Function.prototype', Function.prototype],
  ['String', String],
  ['String.prototype', String.prototype],
  ['Number', Number],
  ['Number.prototype', Number.prototype],
  ['RegExp.prototype', RegExp.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['WeakMap.prototype', WeakMap.prototype],
  ['JSON', JSON],
  ['Math', Math],
  ['Reflect', Reflect],
  ['Promise', Promise],
  ['Promise.prototype', Promise.prototype],
  ['Buffer', Buffer],
  ['Buffer.prototype', Buffer.prototype],
  ['the iterator of lists', Object.getPrototypeOf([][Symbol.iterator]()) as object],
  ['the iterator of Maps', Object.getPrototypeOf(new Map().entries()) as object],
  ['the iterator of Sets', Object.getPrototypeOf(new Set().values()) as object],
];

/** Their functions as they are before any code of a configuration ran. */
const methods: readonly Method[] = parts.flatMap(([name, part]) => {
  const own = Reflect.ownKeys(part).filter((key) => typeof Object.getOwnPropertyDescriptor(part, key)?.value === 'function');
  return own.map((key) => ({ name, part: part as Methods, key, value: (part as Methods)[key] }));
});
const globalNames = ['Object', 'Array', 'String', 'Number', 'Map', 'Set', 'WeakMap', 'JSON', 'Math', 'Reflect', 'RegExp', 'Promise', 'Buffer', 'process'];
const globals: readonly Global[] = globalNames.map((name) => ({
  name,
  value: (world as Methods)[name],
}));
const inherited: readonly PropertyKey[] = Reflect.ownKeys(Object.prototype);

/**
 * What code changed of the language that everybody else's code and data rely on: a built-in function, or what every map
 * inherits. It is put back, so that it is the mistake of one file.
 *
 * What cannot be put back ends the command at once: there is nothing that it could rely on.
 *
 * @param file that is named then; asked for when all that could be put back is
 * @returns its name, such as `Array.prototype.map`; `undefined` where all is as it was
 */
export function changedBuiltIn(file?: () => string): string | undefined {
  let changed: string | undefined;
  // By number: until all is put back, going through a list may be what was changed.
  for (let index = 0; index < globals.length; index += 1) {
    const { name, value } = globals[index] as Global;
    if ((world as Methods)[name] !== value) changed = restore(globalThis, name, value, name, file);
  }
  for (let index = 0; index < methods.length; index += 1) {
    const { name, part, key, value } = methods[index] as Method;
    if (part[key] !== value) changed = restore(part, key, value, `${name}.${String(key)}`, file);
  }
  if (Reflect.ownKeys(Object.prototype).length !== inherited.length) {
    for (const key of Reflect.ownKeys(Object.prototype)) if (!inherited.includes(key)) changed = remove(Object.prototype, key, 'Object.prototype');
  }
  // What a library adds to lists without having it enumerated is nobody's trouble.
  for (const key in []) changed = remove(Array.prototype, key, 'Array.prototype');
  return changed;
}

function restore(part: object, key: PropertyKey, value: unknown, name: string, file?: () => string): string {
  if (!define(part, key, { value, writable: true, enumerable: false, configurable: true })) {
    const place = file === undefined ? '' : ` ${file()}`;
    writeSync(2, `error config-throws${place}\n  code of the configuration changed ${name} for good: nothing can be done after it\n\n1 error\n`);
    endProcess(1);
  }
  return name;
}

function remove(part: object, key: PropertyKey, name: string): string {
  Reflect.deleteProperty(part, key);
  return `${name}.${String(key)}`;
}
