import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Dimension, defaultDimensions, dimensionOf } from '../../layers/hierarchy';
import { isMap } from '../../layers/plain-data';
import { readText } from '../files/read-file';
import { Revisions } from '../git/revisions';
import { bare, membersOf, tryFindMember } from '../typescript/object-literal';
import type { Syntax } from '../typescript/syntax';
import { tryTree, writtenFleet } from './written-fleet';

/** Names that a shell completes. */
export const knownKinds = [
  'cluster-type',
  'app',
  'patch',
  'path',
  'dimension',
  'hub',
  'spoke',
  'cluster',
  'target',
  'moved',
  'retired',
  'ref',
  'ref-or-path',
] as const;
export type KnownKind = (typeof knownKinds)[number];

/**
 * Names that stand in a configuration, by its files and by what is written out in them: no code of it runs, so that a key
 * pressed in somebody else's folder runs nothing.
 *
 * @param before the cluster type and the app that a patch or an app is one of; an app behind a path may be of any
 */
export function knownNames(config: string, kind: KnownKind, before: readonly string[]): readonly string[] {
  const [clusterType = '', app = ''] = before;
  switch (kind) {
    case 'cluster-type':
      return clusterTypes(config);
    case 'app':
      return appNames(config, clusterType);
    case 'patch':
      return patches(config, clusterType, app);
    case 'path':
      return hierarchy(config).paths;
    case 'dimension':
      return hierarchy(config).dimensions.map(({ singular }) => singular);
    case 'hub':
      return sources(join(config, 'hubs'));
    case 'spoke':
      return sources(join(config, 'spokes'));
    case 'cluster':
      return [...sources(join(config, 'hubs')), ...sources(join(config, 'spokes'))];
    case 'target':
      return [...(hierarchy(config).isHub ? [] : hierarchy(config).paths), ...sources(join(config, 'hubs'))];
    case 'moved':
      return hierarchy(config).isHub ? sources(join(config, 'spokes')) : clusterTypes(config);
    case 'retired':
      return [
        ...new Set([
          ...appNames(config, ''),
          ...clusterTypes(config),
          ...(hierarchy(config).isHub ? sources(join(config, 'spokes')) : hierarchy(config).paths),
        ]),
      ];
    case 'ref':
      return refs(config);
    case 'ref-or-path':
      // A node wins over a branch of its name.
      return [...new Set([...hierarchy(config).paths, ...refs(config)])];
  }
}

/** Branches and tags. Git is asked for names alone: it runs nothing of a repository then. */
function refs(config: string): readonly string[] {
  try {
    return ['HEAD', ...new Revisions(config).names];
  } catch {
    return [];
  }
}

const ofMembers = ['hubs', 'spokes', 'members'];

function clusterTypes(config: string): readonly string[] {
  const all = folders(config).filter((name) => !/^[._]/.test(name) && name !== 'node_modules');
  return isHubFleet(config) ? all.filter((name) => !ofMembers.includes(name)) : all;
}

/** Those of a cluster type; of all of them where none stands before. */
function appNames(config: string, clusterType: string): readonly string[] {
  const types = clusterTypes(config);
  return [...new Set((types.includes(clusterType) ? [clusterType] : types).flatMap((type) => appFiles(config, type).flatMap(namesIn)))];
}

/** Without reading all of it: it is asked for with every cluster type. */
function isHubFleet(config: string): boolean {
  try {
    return readText(join(config, 'fleet.ts')).includes('hub-and-spoke');
  } catch {
    return false;
  }
}

function folders(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** Names of the sources in a folder, without their ending. */
function sources(folder: string): readonly string[] {
  return files(folder, '.ts').map((file) => basename(file, '.ts'));
}

function files(folder: string, ending: string): readonly string[] {
  try {
    const all = readdirSync(folder, { withFileTypes: true, recursive: true });
    return all.flatMap((entry) =>
      entry.isFile() && entry.name.endsWith(ending) && !/^[._]/.test(entry.name) ? [join(entry.parentPath ?? entry.path, entry.name)] : [],
    );
  } catch {
    return [];
  }
}

function appFiles(config: string, clusterType: string): readonly string[] {
  const folder = join(config, clusterType);
  return [...files(folder, '.ts').filter((file) => basename(file) !== 'defaults.ts'), ...yamlApps(folder)];
}

function yamlApps(folder: string): readonly string[] {
  return folders(folder)
    .map((name) => join(folder, name, 'values.yaml'))
    .filter((file) => isRegular(file));
}

function isRegular(file: string): boolean {
  try {
    readText(file);
    return true;
  } catch {
    return false;
  }
}

/** The app that a file holds, or those that share it. */
function namesIn(file: string): readonly string[] {
  if (file.endsWith('.yaml')) return [basename(join(file, '..'))];
  return [basename(file, '.ts'), ...keysOf(memberAt(tryTree(file)?.exported, 'apps'))];
}

function patches(config: string, clusterType: string, app: string): readonly string[] {
  const named = appFiles(config, clusterType).filter((file) => namesIn(file).includes(app));
  const found = named.flatMap((file) => {
    if (file.endsWith('.yaml'))
      return files(join(file, '..'), '.yaml')
        .map((one) => basename(one, '.yaml'))
        .filter((name) => name.startsWith('patch-'));
    return keysOf(memberAt(tryTree(file)?.exported, 'patches'));
  });
  return [...new Set(found)].sort();
}

interface KnownHierarchy {
  readonly dimensions: readonly Dimension[];
  readonly isHub: boolean;
  /** Every path, in sequence. */
  readonly paths: readonly string[];
}

function hierarchy(config: string): KnownHierarchy {
  const content = writtenFleet(config);
  const isHub = content['topology'] === 'hub-and-spoke';
  const written = isHub ? ['tenants', 'environments'] : content['dimensions'];
  const dimensions = Array.isArray(written) ? written.flatMap((one) => dimensionOf(one) ?? []) : defaultDimensions;
  const sequence = isMap(content['sequence']) ? content['sequence'] : content;
  const nodes = [...placed(sequence, dimensions, [])];
  return { dimensions, isHub, paths: nodes.map((names) => names.join('/')) };
}

function* placed(node: unknown, [dimension, ...deeper]: readonly Dimension[], above: readonly string[]): Generator<readonly string[]> {
  const below = dimension && isMap(node) ? node[dimension.plural] : undefined;
  for (const child of Array.isArray(below) ? below : []) {
    const name = isMap(child) ? child['name'] : child;
    if (typeof name !== 'string') continue;
    yield [...above, name];
    yield* placed(child, deeper, [...above, name]);
  }
}

function memberAt(node: Syntax | undefined, key: string): Syntax | undefined {
  const value = node?.type === 'ObjectExpression' ? tryFindMember(node, key)?.value : undefined;
  return value && bare(value);
}

function keysOf(node: Syntax | undefined): readonly string[] {
  return node?.type === 'ObjectExpression' ? (membersOf(node)?.map(({ key }) => key) ?? []) : [];
}
