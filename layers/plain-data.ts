/** A plain object: what `{}` makes, in whichever realm. What will not be looked at (a proxy that throws) is none. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  try {
    if (Array.isArray(value)) return false;
    const prototype = Object.getPrototypeOf(value);
    return prototype === null || Object.getPrototypeOf(prototype) === null;
  } catch {
    return false;
  }
}

/** Whether two values are one, in whichever order their keys are written; functions only where they are the same one. */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  const at = (value: object, key: string) => (value as { readonly [key: string]: unknown })[key];
  return Array.isArray(one) === Array.isArray(other) && keys.length === others.length && keys.every((key) => isSame(at(one, key), at(other, key)));
}

/** Why no manifest can hold a value. */
export interface Fault {
  readonly message: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

/** Whether there is no half of a character that UTF-16 writes in two: no file can hold one. */
function isWellFormed(text: string): boolean {
  // Node has it, and the library of this TypeScript does not say so.
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}

/** The text with a replacement in the place of every half of a character. */
export function wellFormed(text: string): string {
  return (text as unknown as { toWellFormed(): string }).toWellFormed();
}

/** Why neither YAML nor JSON can hold a value that is no list and no map; `undefined` where they can. */
export function scalarFault(value: unknown): Fault | undefined {
  if (typeof value === 'string') return isWellFormed(value) ? undefined : halfCharacter('a text');
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (!Number.isInteger(value) || Number.isSafeInteger(value)) return undefined;
    return { message: 'a number too large to be kept exactly', found: String(value), hint: 'write it as a string' };
  }
  return { message: 'a value that YAML cannot hold', expected: 'a string, finite number, boolean, null, list or plain object', found: describe(value) };
}

/** Why a manifest cannot hold a key: YAML allows 1,024 characters, escapes and quotation marks included; an object cannot have `__proto__` as a key. */
export function keyFault(key: string): Fault | undefined {
  if (!isWellFormed(key)) return halfCharacter('a key');
  if (key !== '__proto__' && key.length <= 500) return undefined;
  const shown = key.length > 60 ? `${key.slice(0, 57)}…` : key;
  return { message: `the key '${shown}' cannot be used`, expected: 'at most 500 characters, and not __proto__', hint: 'rename the key' };
}

function halfCharacter(noun: string): Fault {
  return {
    message: `${noun} that holds half of a character`,
    expected: 'text that UTF-8 can hold',
    found: 'a lone surrogate (U+D800 to U+DFFF)',
    hint: "text that was cut between code units is cut by characters instead: `[...text].slice(…).join('')`",
  };
}

/** A value without what is undefined in its maps: it is not there. Lists keep their holes, which are mistakes. */
export function withoutUndefined(value: unknown, above: readonly unknown[] = []): unknown {
  if (above.includes(value)) return value;
  if (Array.isArray(value)) return value.map((item) => withoutUndefined(item, [...above, value]));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutUndefined(item, [...above, value])]));
}

/** A value named for a message: `a list`, `the number 3`, `a Date`. Whatever it is, naming it throws nothing. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value.length > 60 ? `the string '${value.slice(0, 57)}…'` : `the string '${value}'`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object') return `the ${typeof value} ${String(value)}`;
  try {
    if (Array.isArray(value)) return 'a list';
    const name = String(value.constructor?.name || 'special object');
    return isMap(value) ? 'a map' : `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name}`;
  } catch {
    return 'a special object';
  }
}
