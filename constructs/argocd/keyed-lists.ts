import type { Plain } from '../../layers/layer';
import type { Manifest } from '../../layers/output';
import { compare } from '../../layers/problem';
import { type KeyedList, keyedSources, projectLists } from '../../layers/shape/keyed-lists';
import { isMap } from './manifest-rule';

type PlainMap = { readonly [key: string]: Plain };

/** Keys in the order in which their items are rendered. */
export function keysInOrder(items: PlainMap): readonly string[] {
  return Object.keys(items).sort(compare);
}

/** A map by key as the list that Argo CD receives; what is no map is the same. */
export function listOf(items: Plain, { name }: KeyedList, itemOf: (item: Plain) => Plain = (item) => item): Plain {
  if (!isMap(items)) return items;
  return Object.freeze(
    keysInOrder(items).map((key) => {
      const item = itemOf(items[key] as Plain);
      return isMap(item) && name !== undefined ? Object.freeze(sorted({ ...item, [name]: key })) : item;
    }),
  );
}

/** A spec of an AppProject with its lists as lists. */
export function listedProject(project: Manifest): Manifest {
  const { spec } = project;
  if (!isMap(spec)) return project;
  const changed = projectLists.flatMap((list) => (isMap(spec[list.field]) ? [[list.field, listOf(spec[list.field] as Plain, list)] as const] : []));
  return changed.length === 0 ? project : Object.freeze({ ...project, spec: Object.freeze({ ...spec, ...Object.fromEntries(changed) }) });
}

/** Whether a path in a manifest ends at a list that may be written as a map. */
export function isKeyedList(path: readonly string[], { kind }: Manifest): boolean {
  const field = path[path.length - 1];
  if (kind === 'AppProject') return path.length === 2 && path[0] === 'spec' && projectLists.some((list) => list.field === field);
  return field === keyedSources.field;
}

export function sorted(map: PlainMap): PlainMap {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compare(a, b)));
}
