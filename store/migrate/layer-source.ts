import { type Document, isMap, type Node, type YAMLMap } from 'yaml';
import type { Comments, Entry, MapSource, Source } from '../typescript/source-tree';
import { typeScriptName } from '../yaml/field-names';
import { type Fates, outcomeOf, quoted, rendered } from '../yaml-fleet/rendered-fields';
import { type Section, sectionNames } from '../yaml-fleet/yaml-fleet';
import type { YamlSource } from './yaml-source';

/** What a file says of one app. */
export interface AppLayer {
  readonly name: string;
  readonly section: Section;
  readonly comments: Comments;
  readonly fields: MapSource;
}

/** A file of a component as TypeScript. */
export interface LayerSource {
  readonly apps: readonly AppLayer[];
  /** Comments about the whole of it. */
  readonly above: readonly string[];
  /** Comments at its end. */
  readonly end: readonly string[];
}

/** The fields of a layer, with the names that TypeScript has for them; what was never rendered is left out. */
export function fieldsSource(source: YamlSource, node: Node | null | undefined, section: Section, place: readonly string[]): MapSource {
  const map = source.resolve(node);
  if (!isMap(map)) return { kind: 'map', entries: [] };
  return { kind: 'map', entries: entriesOf(source, map, rendered[section], place), ...source.end(map) };
}

/** @param fates what becomes of each field */
function entriesOf(source: YamlSource, map: YAMLMap, fates: Fates, place: readonly string[]): readonly Entry[] {
  return source.entries(map).flatMap(({ key, value, ...comments }): readonly Entry[] => {
    const name = place.length === 2 ? typeScriptName(key) : key;
    const at = [...place, key];
    const found = source.resolve(value);
    const outcome = outcomeOf(Object.hasOwn(fates, key) ? fates[key] : undefined, found ? found.toJS(source.document as Document) : found);
    if (outcome === 'dropped') return [];
    if (outcome === 'removed') return [{ ...comments, key: name, value: source.unset() }];
    if (outcome === 'quoted') return [{ ...comments, key: name, value: withQuotes(source.value(value, at)) }];
    const isNested = typeof outcome === 'object' && isMap(found) && !source.entries(found).some((entry) => entry.key.includes('{{'));
    if (!isNested) return [{ ...comments, key: name, value: source.value(value, at) }];
    return [{ ...comments, key: name, value: { kind: 'map', entries: entriesOf(source, found, outcome, at), ...source.end(found) } }];
  });
}

function withQuotes(map: Source): Source {
  if (map.kind !== 'map') return map;
  const entries = map.entries.map((entry) =>
    entry.value.kind === 'value' ? { ...entry, value: { ...entry.value, value: quoted(entry.value.value) as string } } : entry,
  );
  return { ...map, entries };
}

/** @param isGroup whether the new file names its apps; else what is said around the app is about the whole */
export function layerSource(source: YamlSource, isGroup: boolean): LayerSource {
  const top = source.document.contents;
  const apps: AppLayer[] = [];
  const above = [...source.head];
  const end: string[] = [];
  for (const section of sectionNames) {
    const pair = source.pair(top, section);
    const map = source.resolve(pair?.value);
    const about = pair ? allOf(source.about(pair)).filter((number) => !source.head.includes(number)) : [];
    if (!isGroup || !isMap(map) || map.items.length === 0) above.push(...about);
    if (!isMap(map)) continue;
    end.push(...(source.end(map).end ?? []));
    for (const [index, { key: name, value, ...comments }] of source.entries(map).entries()) {
      const before = [...(isGroup && index === 0 ? about : []), ...(comments.before ?? [])];
      if (!isGroup) above.push(...allOf(comments));
      apps.push({ name, section, comments: { ...comments, before }, fields: fieldsSource(source, value, section, [section, name]) });
    }
  }
  return { apps, above, end: [...end, ...(isMap(top) ? (source.end(top).end ?? []) : [])] };
}

/** What a layer's file says of the component: of its one app, or of each by name. */
export function changeSource({ apps, end }: LayerSource, isGroup: boolean): MapSource {
  const [first] = apps;
  if (isGroup) return { kind: 'map', entries: apps.map(({ name, comments, fields }) => ({ key: name, value: fields, ...comments })), end };
  return { kind: 'map', entries: first?.fields.entries ?? [], end: [...(first?.fields.end ?? []), ...end] };
}

/** Comments that stand above and behind something, all in one. */
export function allOf({ before = [], after }: Comments): readonly string[] {
  return [...before, ...(after?.split(' ') ?? [])];
}
