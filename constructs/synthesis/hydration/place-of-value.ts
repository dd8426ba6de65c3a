import { Branch, deepestNode, Leaf, tryChild, tryFindNode } from '../../../layers/node';
import { isMap } from '../../../layers/plain-data';
import type { Problem } from '../../../layers/problem';

type Place = Pick<Problem, 'file' | 'place'>;

/**
 * Where a value of a chart is said, the strongest first, as Helm has it: a parameter, `valuesObject`, a file of values; else where
 * what holds it is said.
 *
 * @param values what the layers say
 * @param file   of values that says it. @default - none does
 * @returns nothing where none says it: it lacks, or a text says it
 */
export function placeOfValue(values: Branch, value: readonly string[], file: string | undefined): Place | undefined {
  const sources = sourcesOf(values);
  const said = sources.flatMap((above) => objectPlace(values, above, value)).sort((a, b) => b.depth - a.depth)[0];
  const parameters = sources.flatMap((above) => parameterPlaces(values, above, value));
  const exact = parameters.findLast(({ isWhole }) => isWhole);
  if (exact) return exact.at;
  if (said?.isWhole) return said.at;
  if (file !== undefined) return { file, place: value };
  return said?.at ?? parameters.at(-1)?.at;
}

/** Where the first source says a field that does. @param field below the source */
export function placeOfField(values: Branch, field: readonly string[]): Place | undefined {
  const path = sourcesOf(values)
    .map((above) => [...above, ...field])
    .find((one) => tryFindNode(values, one));
  return path && placeAt(values, path);
}

/** Where it is said that charts are opened. */
export function placeOfOpening(values: Branch): Place | undefined {
  return placeAt(values, ['hydrate']);
}

function placeAt(values: Branch, path: readonly string[]): Place | undefined {
  const { file, place = [] } = tryFindNode(values, path)?.source ?? {};
  return file === undefined ? undefined : { file, place: [...place, ...path] };
}

function sourcesOf(values: Branch): readonly (readonly string[])[] {
  const several = tryChild(values, 'sources');
  return several instanceof Branch ? several.keys.map((key) => ['sources', key]) : [['source']];
}

function objectPlace(values: Branch, above: readonly string[], value: readonly string[]): readonly { at: Place; depth: number; isWhole: boolean }[] {
  const path = [...above, 'helm', 'valuesObject', ...value];
  const { node, depth } = deepestNode(values, path);
  const { file, place } = node.source;
  if (depth <= above.length + 2 || file === undefined) return [];
  return [{ at: { file, place: [...place, ...path.slice(0, depth)] }, depth, isWhole: depth === path.length }];
}

/** Parameters that say a value, or a part of it, in their order. */
function parameterPlaces(values: Branch, above: readonly string[], value: readonly string[]): readonly { at: Place; isWhole: boolean }[] {
  const path = [...above, 'helm', 'parameters'];
  const list = tryFindNode(values, path);
  if (!(list instanceof Leaf) || !Array.isArray(list.value) || list.source.file === undefined) return [];
  const { file, place } = list.source;
  return list.value.flatMap((one: unknown, index) => {
    const keys = isMap(one) ? keysOf(String(one['name'])) : [];
    const isWhole = keys.length > 0 && keys.length <= value.length && keys.every((key, at) => key === value[at]);
    const isPart = keys.length > value.length && value.every((key, at) => key === keys[at]);
    return isWhole || isPart ? [{ at: { file, place: [...place, ...path, String(index)] }, isWhole }] : [];
  });
}

/** The keys in the name of a parameter (helm, pkg/strvals): `a.b[0]`, and `\.` is no end of one. */
function keysOf(name: string): readonly string[] {
  return name.split(/(?<!\\)\.|(?<!\\)\[/).map((key) => key.replace(/\]$/, '').replaceAll(/\\(.)/g, '$1'));
}
