import type { Place } from '../../layers/config-files';
import { type Dimension, defaultDimensions, dimensionOf } from '../../layers/hierarchy';
import { describe, isMap } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { yamlConfigShape } from '../../layers/shape/yaml-shape';
import { nearest } from '../../layers/text/nearest';
import type { YamlFile } from './yaml-file';

/** What runs something is told of where the fleet is read. */
const known: readonly string[] = [...Object.keys(yamlConfigShape), 'evidence'];

export interface NamedClusterType {
  readonly name: string;
  readonly index: number;
}

/** What `config.yaml` says of the hierarchy and the cluster types, as far as it can be read. */
export interface ConfigYaml {
  readonly dimensions: readonly Dimension[];
  /** The nodes of the outermost dimension as they are written, with names that are strings wherever there is a name. */
  readonly nodes: unknown;
  /** Every path, complete or not, in sequence. */
  readonly paths: readonly string[];
  /** Each with its place in the list. @default - every folder */
  readonly clusterTypes?: readonly NamedClusterType[];
}

/** Whoever writes a fleet of hubs and spokes in YAML; `topology` is the user's own word where there is a sequence of regions. */
export function hubsInYaml({ file, content: { topology, sequence } }: YamlFile): Problem | undefined {
  if (isMap(sequence) || typeof topology !== 'string' || !/^hubs?\b/i.test(topology)) return undefined;
  return {
    code: 'config-shape',
    message: 'a fleet of hubs and spokes has no form in YAML',
    file,
    place: ['topology'],
    expected: "fleet.ts in place of config.yaml, with `topology: 'hub-and-spoke'`, and the files beside it in TypeScript",
    found: describe(topology),
    hint: '`npx fleet init --shape hubs` in an empty folder writes such a fleet; `npx fleet migrate --from DIR` makes one of a wrapper layout; a fleet of regions says `sequence`',
  };
}

/** Reads `config.yaml`; what constructs check anyway is left to them. */
export function readConfigYaml({ file, content }: YamlFile, problems: Problem[]): ConfigYaml {
  for (const key of Object.keys(content)) noticeKey(key, [], known, file, problems);
  const dimensions = dimensionsOf(content);
  const outermost = dimensions[0]?.plural ?? '';
  if (!isMap(content.sequence)) {
    problems.push({
      code: 'config-shape',
      message: content.sequence === undefined ? "config.yaml needs 'sequence'" : "'sequence' has the wrong type",
      file,
      place: content.sequence === undefined ? [] : ['sequence'],
      expected: `a map with '${outermost}': the nodes of the hierarchy in the order in which changes roll out`,
      found: describe(content.sequence),
    });
  } else if (isUsable(content.dimensions)) {
    for (const key of Object.keys(content.sequence)) noticeKey(key, ['sequence'], [outermost], file, problems);
  }
  const sequence = isMap(content.sequence) ? content.sequence : {};
  const nodes = named(sequence[outermost], dimensions, { file, place: ['sequence', outermost] }, problems);
  return { dimensions, nodes, paths: [...pathsOf(nodes, dimensions, '')], clusterTypes: clusterTypesOf(content.cluster_types, file, problems) };
}

/** @returns the default ones where those that are written cannot be used: constructs say what is wrong with them */
function dimensionsOf({ dimensions }: YamlFile['content']): readonly Dimension[] {
  if (dimensions === undefined || !isUsable(dimensions)) return defaultDimensions;
  return (dimensions as readonly unknown[]).flatMap((written) => dimensionOf(written) ?? []);
}

/** Whether there are dimensions, or none at all. */
function isUsable(dimensions: unknown): boolean {
  if (dimensions === undefined) return true;
  return Array.isArray(dimensions) && dimensions.length > 0 && dimensions.every((written) => dimensionOf(written) !== undefined);
}

/** The nodes, with the names as text that YAML took for something else: reported here, they are no second mistake below. */
function named(nodes: unknown, [dimension, ...deeper]: readonly Dimension[], at: Place, problems: Problem[]): unknown {
  if (!dimension || !Array.isArray(nodes)) return nodes;
  return nodes.map((node: unknown, index) => {
    const here: Place = { ...at, place: [...at.place, String(index)] };
    if (!isMap(node)) return nameOf(node, dimension, here, problems);
    const [below] = deeper;
    const inner = below && { [below.plural]: named(node[below.plural], deeper, { ...here, place: [...here.place, below.plural] }, problems) };
    const name = 'name' in node ? { name: nameOf(node.name, dimension, { ...here, place: [...here.place, 'name'] }, problems) } : {};
    return { ...node, ...name, ...(below && below.plural in node ? inner : {}) };
  });
}

function nameOf(name: unknown, { singular }: Dimension, at: Place, problems: Problem[]): unknown {
  if (typeof name === 'string') return name;
  const isScalar = name === null || typeof name !== 'object';
  problems.push({
    ...at,
    code: 'invalid-name',
    message: `the name of the ${singular} is no string`,
    expected: 'a name',
    found: describe(name),
    hint: isScalar && name !== null ? 'write the name with quotes' : undefined,
  });
  // A name of its own, whatever the others are called.
  return isScalar ? String(name) : `node-${at.place.filter((key) => /^\d+$/.test(key)).join('-')}`;
}

function* pathsOf(nodes: unknown, [dimension, ...deeper]: readonly Dimension[], above: string): Generator<string> {
  if (!dimension || !Array.isArray(nodes)) return;
  const [below] = deeper;
  for (const node of nodes as readonly unknown[]) {
    const name = isMap(node) ? node.name : node;
    if (typeof name !== 'string') continue;
    yield above + name;
    if (isMap(node) && below) yield* pathsOf(node[below.plural], deeper, `${above}${name}/`);
  }
}

function clusterTypesOf(list: unknown, file: string, problems: Problem[]): readonly NamedClusterType[] | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list)) {
    problems.push({
      code: 'config-shape',
      message: "'cluster_types' has the wrong type",
      file,
      place: ['cluster_types'],
      expected: 'a list with a `- name: …` for each cluster type',
      found: describe(list),
    });
    return undefined;
  }
  return list.flatMap((entry: unknown, index) => {
    const place = ['cluster_types', String(index)];
    const name = isMap(entry) ? entry.name : entry;
    if (isMap(entry)) for (const key of Object.keys(entry)) noticeKey(key, place, ['name'], file, problems);
    const isFolder = typeof name === 'string' && !/[/\\]|^\.{0,2}$/.test(name);
    if (isFolder) return [{ name, index }];
    problems.push({
      code: 'invalid-name',
      message: typeof name === 'string' ? `'${name}' cannot name a cluster type` : 'the name of a cluster type is no string',
      file,
      place: isMap(entry) && 'name' in entry ? [...place, 'name'] : place,
      expected: 'the name of a folder beside config.yaml, as in `- name: management-cluster`',
      found: typeof name === 'string' ? undefined : isMap(entry) && !('name' in entry) ? 'a map without a name' : describe(name),
      hint: typeof name === 'number' || typeof name === 'boolean' ? 'write the name with quotes' : undefined,
    });
    return [];
  });
}

/** A key that is not read is left to the user, who hears of it; a near miss is more than that. */
export function noticeKey(key: string, above: readonly string[], known: readonly string[], file: string, problems: Problem[]): void {
  if (known.includes(key)) return;
  const near = nearest(key, known);
  problems.push({
    code: 'key-unused',
    severity: near === undefined ? 'notice' : 'warning',
    message: `'${key}' is not read`,
    file,
    place: [...above, key],
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
  });
}
