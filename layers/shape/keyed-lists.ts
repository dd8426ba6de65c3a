/** A list of Argo CD that layers may write as a map, of which each says a part. */
export interface KeyedList {
  /** The field of a spec. */
  readonly field: string;
  /** The field of an item that its key becomes. @default - keys are for layers alone */
  readonly name?: string;
}

/** Sources of Applications, by name. As `imports/generator/kinds.mjs` has them, which writes the types. */
export const keyedSources: KeyedList = { field: 'sources', name: 'name' };

/** Those of an AppProject. A destination's `name` is a cluster's, and a window has none. */
export const projectLists: readonly KeyedList[] = [{ field: 'roles', name: 'name' }, { field: 'destinations' }, { field: 'syncWindows' }];

const fields: ReadonlySet<string> = new Set([keyedSources, ...projectLists].map(({ field }) => field));

/**
 * Whether a map is rendered as a list.
 *
 * @param keys that lead to it; what is told to a chart is rendered as it is
 */
export function isListed(keys: readonly string[]): boolean {
  return fields.has(keys[keys.length - 1] ?? '') && !keys.includes('helm');
}
