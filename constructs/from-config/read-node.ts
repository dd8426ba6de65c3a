import type { Finding } from '../../layers/consequences';
import { describe, isMap } from '../../layers/plain-data';
import { nodeShape, outermostNodes } from '../../layers/shape/fleet-shape';
import type { AnyMap, Read } from '../../layers/shape/read';
import { type Part, readFields } from '../../layers/shape/read-fields';
import { isUsableName } from './read-export';

/** A node of the hierarchy; the list of those below it is not read yet. */
export type ReadNode = AnyMap & Omit<Read<typeof nodeShape>, 'name'> & { readonly name: string };

/** @param next the plural of the dimension below it; absent at the innermost */
export function readNode(item: unknown, next: string | undefined, part: Part, problems: Finding[]): ReadNode | undefined {
  // A plain name has nothing below it; where more levels follow, that is reported where empty nodes are.
  if (typeof item === 'string') return isUsableName(item, part, problems) ? { name: item } : undefined;
  if (!isMap(item) || typeof item.name !== 'string') {
    const expected = next === undefined ? 'a name, or { name, promotion }' : `{ name, promotion, ${next} }`;
    const found = isMap(item) ? 'a map without a name' : describe(item);
    problems.push({ code: 'config-shape', message: 'a node of the hierarchy cannot be read', ...part, expected, found });
    return undefined;
  }
  const { name } = item;
  if (!isUsableName(name, part, problems)) return undefined;
  const shape = next === undefined ? nodeShape : { ...nodeShape, [next]: outermostNodes };
  return { ...readFields(item, shape, { ...part, noun: `'${name}'`, name }, problems), name };
}
