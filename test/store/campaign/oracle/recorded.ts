/** The folder of records. */
export const records = '_record/';

/** The record of an app, as its file has it. */
export interface Recorded {
  readonly rendered: readonly string[];
  readonly layers: readonly { readonly layer: string; readonly at: readonly string[]; readonly fields: readonly string[] }[];
}

/** The layer of a value at a target: one that is named, or the base. */
export function recordedLayer({ layers }: Recorded, keys: readonly string[], target: string): string {
  const named = layers.find(({ at, fields }) => isAmong(at, target) && fields.some((field) => isSame(keysOf(field), keys)));
  return named?.layer ?? 'base';
}

/** Whether a target is one of some paths, or below one. */
export function isAmong(paths: readonly string[], target: string): boolean {
  return paths.some((path) => path === '*' || `${target}/`.startsWith(`${path}/`));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((key, index) => key === others[index]);
}

/** `a.'b.c'.d` → `a`, `b.c`, `d`; a quote within quotes is written twice. */
function keysOf(field: string): readonly string[] {
  const keys = [''];
  let isQuoted = false;
  for (let at = 0; at < field.length; at += 1) {
    const letter = field[at] as string;
    if (letter === "'" && isQuoted && field[at + 1] === "'") {
      keys[keys.length - 1] += "'";
      at += 1;
    } else if (letter === "'" && (isQuoted || keys[keys.length - 1] === '')) isQuoted = !isQuoted;
    else if (letter === '.' && !isQuoted) keys.push('');
    else keys[keys.length - 1] += letter;
  }
  return keys;
}
