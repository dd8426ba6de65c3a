import fc from 'fast-check';
import type { Entry, MapSource, Source } from '../../../store/typescript/source-tree';

export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

const keys = ['source', 'targetRevision', 'helm', 'values', 'a', 'b-c', 'k8s.io/name', '1', "it's", 'replicaCount', 'über'];

export const key = fc.constantFrom(...keys);

const scalar = fc.oneof(
  fc.constantFrom<Data>(
    'v1.19.0',
    '',
    "it's",
    'a "quote"',
    'a: b # c',
    '- x',
    'yes',
    '010',
    '1e3',
    '~',
    'null',
    `\${x}`,
    '`',
    '{{ .name }}',
    'a, b',
    '[x]',
    'é日',
    '*a',
    '&a',
    '%',
  ),
  fc.constantFrom<Data>('#!/bin/sh\nset -e\necho `pwd`\n', 'a\n  b\n\nc', 'a\n', 'x'.repeat(150)),
  fc.integer(),
  fc.boolean(),
);

/** A value that is no map, or an empty one. */
export const leaf: fc.Arbitrary<Data> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.dictionary(key, scalar, { maxKeys: 2 }), { maxLength: 2 }) },
);

export interface DataMap {
  readonly [key: string]: Data;
}

/** A map of maps and leaves. */
export const map: fc.Arbitrary<DataMap> = fc.letrec<{ map: DataMap; value: Data }>((tie) => ({
  map: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, tie('map')),
})).map;

export function isMap(value: Data | undefined): value is DataMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every path to a value, the outer ones first. */
export function pathsOf(value: Data, path: readonly string[] = []): readonly (readonly string[])[] {
  if (!isMap(value)) return path.length === 0 ? [] : [path];
  const inner = Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]));
  return path.length === 0 ? inner : [path, ...inner];
}

export function at(value: Data | undefined, path: readonly string[]): Data | undefined {
  return path.reduce<Data | undefined>((inner, name) => (isMap(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), value);
}

/** The same with one value more, or another one. */
export function withValue(value: Data | undefined, [name, ...rest]: readonly string[], made: Data): Data {
  if (name === undefined) return made;
  const own = isMap(value) ? value : {};
  return { ...own, [name]: withValue(Object.hasOwn(own, name) ? own[name] : undefined, rest, made) };
}

/** The same without one value, and without the maps that only held it. */
export function without(value: DataMap, [name = '', ...rest]: readonly string[]): DataMap {
  const { [name]: inner, ...others } = value;
  const left = rest.length > 0 && isMap(inner) ? without(inner, rest) : {};
  return rest.length > 0 && Object.keys(left).length > 0 ? { ...value, [name]: left } : others;
}

/** Data as a tree with a comment wherever `comments` says so; each is another one. */
export function commented(value: Data, comments: () => string | undefined): Source {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => ({ value: commented(item, () => undefined) })) };
  if (!isMap(value)) return { kind: 'value', value: value as string };
  const entries = Object.entries(value).map(([name, item]): Entry => {
    const before = comments();
    const after = comments();
    return { key: name, value: commented(item, comments), ...(before === undefined ? {} : { before: [before] }), ...(after === undefined ? {} : { after }) };
  });
  return { kind: 'map', entries } satisfies MapSource;
}
