/** A plain object: what `{}` makes, in whichever realm. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A value named for a message: `a list`, `the number 3`, `a Date`. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value.length > 60 ? `the string '${value.slice(0, 57)}…'` : `the string '${value}'`;
  if (typeof value === 'object') return isMap(value) ? 'a map' : `a ${value.constructor?.name ?? 'special object'}`;
  if (typeof value === 'function') return 'a function';
  return `the ${typeof value} ${String(value)}`;
}
