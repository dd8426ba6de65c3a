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

/** A value named for a message: `a list`, `the number 3`, `a Date`. Whatever it is, naming it throws nothing. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value.length > 60 ? `the string '${value.slice(0, 57)}…'` : `the string '${value}'`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object') return `the ${typeof value} ${String(value)}`;
  try {
    if (Array.isArray(value)) return 'a list';
    return isMap(value) ? 'a map' : `a ${String(value.constructor?.name || 'special object')}`;
  } catch {
    return 'a special object';
  }
}
