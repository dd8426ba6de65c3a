import { isMap } from '../../layers/plain-data';
import { fieldOf, type SpecDifference } from './same-spec';

/** A value in a spec that is secret, by how it looks or is called. */
export interface SecretPlace {
  readonly path: readonly string[];
  /** What it looks like, as a noun; never what it is. */
  readonly why: string;
}

/** What differs without the secrets that run: Git may not have them, and whoever reads what differs need not. @param secrets asked for where something differs */
export function withoutSecrets(differs: readonly SpecDifference[], secrets: () => readonly SecretPlace[]): readonly SpecDifference[] {
  const places = differs.some((one) => 'runs' in one) ? secrets() : [];
  return places.length === 0 ? differs : differs.map((one) => ('runs' in one ? { ...one, runs: places.reduce(hiddenIn(one.field), one.runs) } : one));
}

/** Takes a secret out of what runs at a field, which may be a part of it, or what it is a part of. */
function hiddenIn(field: string): (runs: unknown, place: SecretPlace) => unknown {
  return (runs, { path, why }) => {
    const shown = `*** (${why})`;
    if (isAtOrBelow(field, fieldOf(path))) return shown;
    const depth = path.findIndex((_, length) => fieldOf(path.slice(0, length)) === field);
    return depth < 0 ? runs : replacedAt(runs, path.slice(depth), shown);
  };
}

function isAtOrBelow(field: string, other: string): boolean {
  return field === other || field.startsWith(`${other}.`);
}

function replacedAt(value: unknown, [key, ...rest]: readonly string[], shown: string): unknown {
  if (key === undefined) return shown;
  if (Array.isArray(value)) return value.map((one, index) => (String(index) === key ? replacedAt(one, rest, shown) : one));
  return isMap(value) && key in value ? { ...value, [key]: replacedAt(value[key], rest, shown) } : value;
}
