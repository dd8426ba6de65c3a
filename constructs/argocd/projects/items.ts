import type { Manifest } from '../../../layers/output';
import { isMap, type Spec } from '../manifest-rule';

/** An item of a list of a project, written as a list or by key. */
export interface ItemAt {
  readonly item: Spec;
  /** Its key, or its place in the list. */
  readonly key: string;
  /** From the manifest's top. */
  readonly path: readonly string[];
}

/** The maps in a list of an AppProject. */
export function itemsIn({ spec }: Manifest, field: string): readonly ItemAt[] {
  const items = isMap(spec) ? spec[field] : undefined;
  if (typeof items !== 'object' || items === null) return [];
  return Object.entries(items).flatMap(([key, item]) => (isMap(item) ? [{ item, key, path: ['spec', field, key] }] : []));
}
