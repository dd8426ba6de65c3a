import { below, type PartRemark } from '../part-remark';

const found = new WeakMap<object, readonly PartRemark[]>();

/** Remarks on a setting that is a map, at paths from above it. Members nearly all have the same map, and resolving them gives the same object. */
export function remarksBelow(key: string, value: unknown, remarksOn: (value: unknown) => Iterable<PartRemark>): readonly PartRemark[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null) return below(key, remarksOn(value));
  const remarks = found.get(value) ?? below(key, remarksOn(value));
  found.set(value, remarks);
  return remarks;
}
