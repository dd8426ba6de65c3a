import type { ClusterTypeFiles, ConfigFile, ConfigFiles } from '../layers/config-files';
import { describe, isMap } from '../layers/plain-data';
import { compare, FleetError, type Problem } from '../layers/problem';
import type { FleetAppsConfig } from './app-config';
import { ClusterType } from './cluster-type';
import { checkApp, checkClusterType, checkFleet, checkNode } from './config-shape';
import { setLayerOrigins } from './declare-layers';
import { DimensionNode } from './dimension-node';
import { Environment } from './environment';
import { Fleet } from './fleet';
import { FleetApp, type FleetAppProps } from './fleet-app';
import { FleetAppGroup } from './fleet-app-group';
import type { FleetSettings } from './fleet-config';
import { isHubConfig } from './hub/is-hub-config';
import { setOrigin } from './origin';
import { readContents } from './read-contents';
import { Region } from './region';
import { RootApplicationSet, type RootApplicationSetProps } from './root-application-set';
import { Sector } from './sector';
import { isUsableName, looked } from './shape';

/**
 * Declares the constructs that configuration files stand for. What is wrong with one file does not keep the others from
 * being looked at: it is reported by `Fleet.synth`, together with everything else.
 *
 * @throws FleetError where `fleet.ts` says too little to build a fleet on
 */
export function fleetFromConfig(files: ConfigFiles): Fleet {
  const config = readContents(files);
  if (isHubConfig(config)) {
    // Loaded here and not above: most fleets have no hubs.
    const { hubFleetFromConfig } = require('./hub/hub-from-config') as typeof import('./hub/hub-from-config');
    return hubFleetFromConfig(config);
  }
  const problems: Problem[] = [...config.problems];
  const { fleet: file } = config;
  const settings = file && looked(file, problems, (found) => checkFleet(file, found));
  if (!file || !settings) throw new FleetError(problems);
  const fleet = setOrigin(new Fleet(settings as unknown as FleetSettings), file);
  looked(file, problems, (found) => declareNodes(fleet, fleet, settings, 0, [], file, found));
  for (const clusterType of config.clusterTypes) declareClusterType(fleet, clusterType, problems);
  fleet.addProblems(problems);
  return fleet;
}

const defaultNodes = [Environment, Sector, Region] as readonly (new (scope: never, name: string, props: object) => DimensionNode)[];

function declareNodes(
  fleet: Fleet,
  scope: Fleet | DimensionNode,
  parent: Readonly<Record<string, unknown>>,
  depth: number,
  place: readonly string[],
  config: ConfigFile,
  problems: Problem[],
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
    const entry = checkNode(item, next, { file, place: at }, problems);
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
    const node = setOrigin(new Node(scope as never, entry.name, { promotion: entry.promotion, soak: entry.soak }), config, at);
    declareNodes(fleet, node, entry, depth + 1, at, config, problems);
  }
}

function declareClusterType(fleet: Fleet, files: ClusterTypeFiles, problems: Problem[]): void {
  const { defaults: file } = files;
  const defaults = file ? looked(file, problems, (found) => checkClusterType(file, found)) : {};
  const clusterType = setOrigin(new ClusterType(fleet, files.name, defaults ?? {}), file ?? { file: files.folder });
  const names = new Map<string, string>();
  const isNew = (name: string, { file }: ConfigFile, place: readonly string[], found: Problem[]): boolean => {
    const twin = names.get(name);
    if (twin === undefined) names.set(name, file);
    else {
      found.push({
        code: 'duplicate-name',
        message: `the cluster type '${files.name}' has two apps called '${name}'`,
        file,
        place,
        app: name,
        found: `another one in ${twin}`,
        hint: 'rename or remove one of them',
      });
    }
    return twin === undefined;
  };
  for (const app of [...files.apps].sort((a, b) => compare(a.file, b.file))) {
    looked(app, problems, (found) => declareApp(clusterType, app, (name, place) => isNew(name, app, place, found), found));
  }
}

function declareApp(clusterType: ClusterType, app: ConfigFile, isNew: (name: string, place: readonly string[]) => boolean, problems: Problem[]): void {
  const { file, name } = app;
  const config = checkApp(app, problems);
  if (!config || !isUsableName(name, { file, place: [] }, problems)) return;
  if (!isMap(config.apps)) {
    if (!isNew(name, [])) return;
    const construct =
      config.kind === 'RootApplicationSet'
        ? new RootApplicationSet(clusterType, name, config as unknown as RootApplicationSetProps)
        : new FleetApp(clusterType, name, config as FleetAppProps);
    setLayerOrigins(setOrigin(construct, app));
    return;
  }
  const apps = Object.fromEntries(
    Object.keys(config.apps).flatMap((member) => (isNew(member, ['apps', member]) ? [[member, (config.apps as never)[member]]] : [])),
  );
  const group = setOrigin(new FleetAppGroup(clusterType, uniqueId(clusterType, name), { ...config, apps } as FleetAppsConfig), app);
  for (const member of group.apps) setLayerOrigins(setOrigin(member, app, ['apps', member.name]));
  setLayerOrigins(group);
}

/** Two files of one name in different folders may each hold several apps: only the apps' names matter. */
function uniqueId(clusterType: ClusterType, name: string): string {
  let id = name;
  for (let count = 2; clusterType.node.tryFindChild(`group ${id}`); count += 1) id = `${name} ${count}`;
  return id;
}
