import type { ClusterTypeFiles, ConfigFile, ConfigFiles } from '../../layers/config-files';
import type { Finding } from '../../layers/consequences';
import { describe } from '../../layers/plain-data';
import { compare, FleetError } from '../../layers/problem';
import { ClusterType } from '../tree/cluster-type';
import type { FleetSettings } from '../tree/config/fleet-config';
import { setLayerOrigins } from '../tree/declare-layers';
import { DimensionNode } from '../tree/dimension-node';
import { Environment } from '../tree/environment';
import { FleetApp } from '../tree/fleet-app';
import { FleetAppGroup } from '../tree/fleet-app-group';
import type { FleetTree } from '../tree/fleet-tree';
import { setOrigin } from '../tree/origin';
import { Region } from '../tree/region';
import { RootApplicationSet } from '../tree/root-application-set';
import { Sector } from '../tree/sector';
import { declareExemptions } from './exemptions-from-config';
import { readApp } from './read-app';
import { readClusterType } from './read-cluster-type';
import { isUsableName, readWithPlaces } from './read-export';
import { readFleet } from './read-fleet';
import { readNode } from './read-node';
import { declareRules } from './rules-from-config';

/**
 * Declares the constructs that configuration files stand for. What is wrong with one file does not keep the others from
 * being looked at: it is reported when the fleet is rendered, together with everything else.
 *
 * @param config with its contents read
 * @param create makes the root of the tree
 * @throws FleetError where `fleet.ts` says too little to build a fleet on
 */
export function treeFromConfig<Tree extends FleetTree>(config: ConfigFiles, create: (settings: FleetSettings) => Tree): Tree {
  const problems: Finding[] = [...config.problems];
  const { fleet: file } = config;
  const settings = file && readWithPlaces(file, problems, (found) => readFleet(file, found));
  if (!file || !settings) throw new FleetError(problems);
  const fleet = setOrigin(create(settings), file);
  fleet.chartRenderer = config.charts;
  readWithPlaces(file, problems, (found) => declareNodes(fleet, fleet, settings, 0, [], file, found));
  for (const clusterType of config.clusterTypes) declareClusterType(fleet, clusterType, problems);
  declareExemptions(fleet, config, problems);
  declareRules(fleet, config, problems);
  fleet.addProblems(problems);
  return fleet;
}

const defaultNodes = [Environment, Sector, Region] as readonly (new (scope: never, name: string, props: object) => DimensionNode)[];

function declareNodes(
  fleet: FleetTree,
  scope: FleetTree | DimensionNode,
  parent: Readonly<Record<string, unknown>>,
  depth: number,
  place: readonly string[],
  config: ConfigFile,
  problems: Finding[],
): void {
  const { file } = config;
  const dimension = fleet.dimensions[depth];
  if (!dimension) return;
  const here = [...place, dimension.plural];
  const list = parent[dimension.plural] ?? [];
  if (!Array.isArray(list)) {
    problems.push({ code: 'config-shape', message: `'${dimension.plural}' has the wrong type`, file, place: here, expected: 'a list', found: describe(list) });
    return;
  }
  const isDefault = fleet.dimensions.every(({ singular }, index) => singular === ['environment', 'sector', 'region'][index]) && fleet.dimensions.length === 3;
  const Node = isDefault ? (defaultNodes[depth] as (typeof defaultNodes)[number]) : DimensionNode;
  const names = new Set<string>();
  for (const [index, item] of list.entries()) {
    const at = [...here, String(index)];
    const next = fleet.dimensions[depth + 1]?.plural;
    const entry = readNode(item, next, { file, place: at }, problems);
    if (!entry) continue;
    if (names.has(entry.name)) {
      problems.push({
        code: 'duplicate-name',
        message: `the ${dimension.singular} '${entry.name}' stands there twice`,
        file,
        place: at,
        hint: 'merge the two, or rename one',
      });
      continue;
    }
    names.add(entry.name);
    const node = setOrigin(new Node(scope as never, entry.name, entry), config, at);
    declareNodes(fleet, node, entry, depth + 1, at, config, problems);
  }
}

function declareClusterType(fleet: FleetTree, files: ClusterTypeFiles, problems: Finding[]): void {
  const { name, defaults: file, unread = [] } = files;
  for (const one of unread) fleet.addUnread(name, one);
  const defaults = file ? readWithPlaces(file, problems, (found) => readClusterType(file, found)) : {};
  const clusterType = setOrigin(new ClusterType(fleet, name, defaults ?? {}), file ?? { file: files.folder });
  if (!defaults) fleet.addUnread(name, 'defaults');
  const names = new Map<string, string>();
  const isNew = (app: string, { file }: ConfigFile, place: readonly string[], found: Finding[]): boolean => {
    const twin = names.get(app);
    if (twin === undefined) names.set(app, file);
    else {
      found.push({
        code: 'duplicate-name',
        message: `the cluster type '${name}' has two apps called '${app}'`,
        file,
        place,
        app,
        found: `another one in ${twin}`,
        hint: 'rename or remove one of them',
      });
    }
    return twin === undefined;
  };
  for (const app of [...files.apps].sort((a, b) => compare(a.file, b.file))) {
    const isDeclared = readWithPlaces(app, problems, (found) => declareApp(clusterType, app, (one, place) => isNew(one, app, place, found), found));
    if (!isDeclared) fleet.addUnread(name, app.name);
  }
}

/** @returns whether there are constructs of it now */
function declareApp(clusterType: ClusterType, app: ConfigFile, isNew: (name: string, place: readonly string[]) => boolean, problems: Finding[]): boolean {
  const { file, name } = app;
  const config = readApp(app, problems);
  if (!config || !isUsableName(name, { file, place: [] }, problems)) return false;
  if (!('apps' in config)) {
    if (!isNew(name, [])) return false;
    const isRoot = config.kind === 'RootApplicationSet';
    setLayerOrigins(setOrigin(isRoot ? new RootApplicationSet(clusterType, name, config) : new FleetApp(clusterType, name, config), app));
    return true;
  }
  const apps = Object.fromEntries(Object.entries(config.apps).filter(([member]) => isNew(member, ['apps', member])));
  const group = setOrigin(new FleetAppGroup(clusterType, uniqueId(clusterType, name), { ...config, apps }), app);
  for (const member of group.apps) setLayerOrigins(setOrigin(member, app, ['apps', member.name]));
  setLayerOrigins(group);
  return true;
}

/** Two files of one name in different folders may each hold several apps: only the apps' names matter. */
function uniqueId(clusterType: ClusterType, name: string): string {
  let id = name;
  for (let count = 2; clusterType.node.tryFindChild(`group ${id}`); count += 1) id = `${name} ${count}`;
  return id;
}
