import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { defaultDimensions } from '../../layers/hierarchy';
import { yamlSettingsShape } from '../../layers/shape/yaml-shape';
import type { Entry, Item, Source } from '../typescript/source-tree';
import type { YamlFleet } from '../yaml-fleet/yaml-fleet';
import { allOf } from './layer-source';
import { importLine, type SourceFile, type SourceFiles } from './source-files';
import type { YamlSource } from './yaml-source';

/** What of the fleet YAML does not say. */
export interface FleetFacts {
  /** The repository of rendered output, where it could be found out. */
  readonly repository: string | undefined;
  /** Whether something is wrong with it that only an adopted fleet may have. */
  readonly adopted: boolean;
}

/** Beyond it, teaching every app file all paths makes an editor slow. */
const registeredPaths = 3000;

const registration = `// Every app file learns the dimension paths of this fleet: a misspelt one is an error in the editor.
declare module 'cdk8s-fleet' {
  interface Register {
    fleet: typeof fleet;
  }
}`;

/** `config.yaml` as `fleet.ts`. */
export function migrateFleet(fleet: YamlFleet, { repository, adopted }: FleetFacts, files: SourceFiles): SourceFile {
  const source = files.source(fleet.config);
  const { content } = fleet.config;
  const top = source.document.contents;
  const outermost = fleet.dimensions[0]?.plural ?? '';
  const said = (map: unknown, key: string) => {
    const pair = source.pair(map, key);
    const { before = [], after } = pair ? source.about(pair) : {};
    return { value: pair?.value ?? null, comments: { before: before.filter((number) => !source.head.includes(number)), after } };
  };
  const setting = (key: string): Entry => {
    const { value, comments } = said(top, key);
    return { ...comments, key, value: source.data(value) };
  };
  const sequence = said(top, 'sequence');
  const nodeList = said(source.resolve(sequence.value), outermost);
  const repositoryEntry: Entry =
    content.repository === undefined ? { key: 'repository', value: { kind: 'value', value: repository ?? '' } } : setting('repository');
  const isSaid = content.dimensions !== undefined && !isDefault(fleet);
  const entries: Entry[] = [
    repositoryEntry,
    ...Object.keys(yamlSettingsShape)
      .filter((key) => content[key] !== undefined && key !== 'repository')
      .map(setting),
    ...(isSaid ? [setting('dimensions')] : []),
    ...(adopted ? [{ key: 'adopted', value: { kind: 'value', value: true } } satisfies Entry] : []),
    {
      key: outermost,
      value: nodes(source, nodeList.value, 0, fleet),
      before: [...allOf(sequence.comments), ...(nodeList.comments.before ?? [])],
      after: nodeList.comments.after,
    },
  ];
  const end = [source.resolve(sequence.value), top].flatMap((map) => (isMap(map) ? (source.end(map).end ?? []) : []));
  const isRegistered = fleet.paths.length <= registeredPaths;
  return {
    path: 'fleet.ts',
    text: files.text({
      imports: [importLine(['defineFleet'], files.uses)],
      before: [...source.head, ...(isSaid ? [] : allOf(said(top, 'dimensions').comments))],
      open: isRegistered ? 'const fleet = defineFleet(' : 'export default defineFleet(',
      body: { kind: 'map', expanded: true, entries, end },
      close: ');',
      rest: isRegistered ? ['export default fleet;', '', ...registration.split('\n')] : [],
    }),
  };
}

function isDefault({ dimensions }: YamlFleet): boolean {
  return isDeepStrictEqual(dimensions, defaultDimensions);
}

/** A level of the hierarchy. The innermost nodes stay on one line, the rest is spread out. */
function nodes(source: YamlSource, list: Node | null, depth: number, fleet: YamlFleet): Source {
  const found = source.resolve(list);
  const next = fleet.dimensions[depth + 1]?.plural;
  if (!isSeq(found)) return source.data(list);
  const items = source.items(found).map(({ value, ...comments }): Item => {
    const node = source.resolve(value);
    if (!isMap(node)) return { ...comments, value: isScalar(node) ? { kind: 'value', value: String(node.value) } : source.data(value) };
    const entries = source.entries(node).map(({ value: inner, ...entry }): Entry => {
      return { ...entry, value: entry.key === next ? nodes(source, inner, depth + 1, fleet) : source.data(inner) };
    });
    const isInner = depth + 2 >= fleet.dimensions.length;
    return { ...comments, value: { kind: 'map', entries, ...source.end(node), ...(isInner ? {} : { expanded: true }) } };
  });
  return { kind: 'list', items, ...source.end(found) };
}
