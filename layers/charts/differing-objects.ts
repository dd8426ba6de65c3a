import type { Plain } from '../layer';
import type { Manifest } from '../output';
import { isMap } from '../plain-data';
import { identityOf } from './object-identity';

/** Where two values differ, as deep down as can be said: `data.password`, `spec.rules[0].host`. */
export function differingPaths(one: Plain | undefined, other: Plain | undefined, path = ''): readonly string[] {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length)
    return one.flatMap((item: Plain, index) => differingPaths(item, other[index] as Plain, `${path}[${index}]`));
  if (isMap(one) && isMap(other)) {
    const [left, right] = [one, other] as Readonly<Record<string, Plain>>[] as [Record<string, Plain>, Record<string, Plain>];
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
      differingPaths(left[key], right[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return Object.is(one, other) ? [] : [path];
}

/** Objects without those that are equal in all to one before them: Argo CD applies one of such. */
export function withoutTwins(objects: readonly Manifest[]): readonly Manifest[] {
  const first = new Map<string, Manifest>();
  return objects.filter((object) => {
    const key = identityOf(object);
    const known = key === undefined ? undefined : first.get(key);
    if (key !== undefined && !known) first.set(key, object);
    return !known || differingPaths(known as unknown as Plain, object as unknown as Plain).length > 0;
  });
}

/** `Service 'web'`, or `Service 'web' in 'shop'`. */
export function describeObject({ kind, metadata: { name, namespace } }: Manifest): string {
  return `${kind} '${name}'${namespace ? ` in '${namespace}'` : ''}`;
}

/** Objects that differ, each by its place in the list, with the fields that do. */
export interface Differing {
  readonly object: Manifest;
  /** @default - the other list has none at its place */
  readonly fields: readonly string[];
}

/** How many objects and fields are named. */
const maxNamed = 5;

/** Which of some objects are not the same in another list of them. */
export function differingObjects(one: readonly Manifest[], other: readonly Manifest[]): readonly Differing[] {
  return one.flatMap((object, index) => {
    const others = other[index];
    const fields = others && differingPaths(object, others as Plain);
    return fields === undefined || fields.length > 0 ? [{ object, fields: fields ?? [] }] : [];
  });
}

/** The fields of the first one, and which others there are: `data.password, 1 more object: Secret 'b'`. */
export function namesOfDiffering(differing: readonly Differing[]): string {
  const fields = differing[0]?.fields ?? [];
  const others = differing.slice(1).map(({ object }) => describeObject(object));
  const more = `${others.length} more object${others.length > 1 ? 's' : ''}: ${others.slice(0, maxNamed).join(', ')}${others.length > maxNamed ? ', …' : ''}`;
  return [
    ...fields.slice(0, maxNamed),
    ...(fields.length > maxNamed ? [`${fields.length - maxNamed} more fields`] : []),
    ...(others.length > 0 ? [more] : []),
  ].join(', ');
}
