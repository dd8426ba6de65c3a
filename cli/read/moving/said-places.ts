import { type LayerSource, type Plain, type Unset, unset } from '../../../layers/layer';
import { type Branch, type Hidden, Leaf, type Node, tryFindNode } from '../../../layers/node';
import { compare } from '../../../layers/problem';
import type { Said } from '../../../rollout/hand-over';
import { locate } from '../../../store/read/locate';

/** A layer that says something, and where. */
interface SaidIn {
  readonly source: LayerSource;
  readonly keys: readonly string[];
}

/**
 * The layers that have to be silent for a field to be said by none: the one that wins, and those that it hides. Behind an
 * `unset` they say nothing already.
 *
 * @param isMeant whether it matters what a layer says. @default - it does
 */
export function sayings(values: Branch, keys: readonly string[], isMeant: (value: Plain | Unset) => boolean = () => true): readonly SaidIn[] {
  const node = tryFindNode(values, keys);
  if (node === undefined || (node instanceof Leaf && node.value === unset)) return [];
  return [...leavesOf(node)].flatMap(({ source, value, hid }) => {
    const all: readonly Hidden[] = [{ source, value }, ...hid];
    const end = all.findIndex((one) => one.value === unset);
    return all.slice(0, end < 0 ? all.length : end).flatMap((one) => (isMeant(one.value) ? [{ source: one.source, keys }] : []));
  });
}

function* leavesOf(node: Node): Generator<Pick<Leaf, 'source' | 'value' | 'hid'>> {
  if (node instanceof Leaf) yield node;
  else {
    if (node.keys.length === 0) yield { source: node.source, value: {}, hid: node.hid };
    for (const child of Object.values(node.children)) yield* leavesOf(child);
  }
}

/** Where the files say it, each place once, from the top of each file. Layers that were declared in code have no file. */
export function saidPlaces(all: readonly SaidIn[]): readonly Said[] {
  const places = all.flatMap(({ source, keys }) => {
    const file = source.copy ?? source.file;
    return file === undefined ? [] : [{ file, place: [...source.place, ...keys], field: keys.join('.') }];
  });
  const each = new Map(places.map((one) => [JSON.stringify([one.file, one.place]), one]));
  return [...locate([...each.values()])]
    .map(({ file, line, field }) => ({ file, field, ...(line === undefined ? {} : { line }) }))
    .sort((one, next) => compare(one.file, next.file) || (one.line ?? 0) - (next.line ?? 0));
}
