import { isMap, type Node } from 'yaml';
import type { Entry } from '../typescript/source-tree';
import { allOf } from './layer-source';
import type { SourceFiles } from './source-files';
import type { YamlSource } from './yaml-source';

/** What is said for people. */
export interface MetadataSource {
  readonly entries: readonly Entry[];
  /** What has no field in TypeScript, as comments. */
  readonly above: readonly string[];
}

/**
 * @param fields the keys that TypeScript knows
 * @param known  values of `name` that are told by the file anyway
 */
export function metadataSource(
  source: YamlSource,
  node: Node | null | undefined,
  files: SourceFiles,
  fields: readonly string[],
  known: readonly string[] = [],
): MetadataSource {
  const map = source.resolve(node);
  if (!isMap(map)) return { entries: [], above: [] };
  const above: string[] = [];
  const entries: Entry[] = [];
  for (const { key, value, ...comments } of source.entries(map)) {
    const said: unknown = source.resolve(value)?.toJS(source.document) ?? null;
    const before = (comments.before ?? []).filter((number) => !source.head.includes(number));
    if (fields.includes(key) && said !== null) {
      entries.push({ ...comments, before, key, value: source.data(value) });
      continue;
    }
    above.push(...allOf({ ...comments, before }));
    if (said !== null && !(key === 'name' && known.includes(String(said)))) above.push(files.remark(`${key}: ${shown(said)}`));
  }
  const isTop = map === source.document.contents;
  return { entries, above: [...(isTop ? source.head : []), ...above, ...(source.end(map).end ?? [])] };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
