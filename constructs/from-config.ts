import type { ClusterTypeFiles, ConfigFile, ConfigFiles } from '../layers/config-files';
import { describe, isMap } from '../layers/plain-data';
import { compare, FleetError, type Problem } from '../layers/problem';
import type { FleetAppsConfig } from './app-config';
import { ClusterType } from './cluster-type';
import { checkApp, checkClusterType, checkFleet, checkNode, isUsableName } from './config-shape';
import { setLayerOrigins } from './declare-layers';
import { DimensionNode } from './dimension-node';
import { Environment } from './environment';
import { Fleet } from './fleet';
import { FleetApp, type FleetAppProps } from './fleet-app';
import { FleetAppGroup } from './fleet-app-group';
import type { FleetSettings } from './fleet-config';
import { setOrigin } from './origin';
import { Region } from './region';
import { RootApplicationSet, type RootApplicationSetProps } from './root-application-set';
import { Sector } from './sector';

/**
 * Declares the constructs that configuration files stand for. What is wrong with one file does not keep the others from
 * being looked at: it is reported by `Fleet.synth`, together with everything else.
 *
 * @throws FleetError where `fleet.ts` says too little to build a fleet on
 */
export function fleetFromConfig(config: ConfigFiles): Fleet {
  const problems: Problem[] = [...config.problems];
  const settings = config.fleet && checkFleet(config.fleet, problems);
  if (!config.fleet || !settings) throw new FleetError(problems);
  const fleet = setOrigin(new Fleet(settings as unknown as FleetSettings), { file: config.fleet.file, place: [] });
  declareNodes(fleet, fleet, settings, 0, [], config.fleet.file, problems);
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
  file: string,
  problems: Problem[],
): void {
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
    const config = checkNode(item, next, { file, place: at }, problems);
    if (!config) continue;
    if (names.has(config.name)) {
      problems.push({
        code: 'duplicate-name',
        message: `the ${dimension.singular} '${config.name}' stands there twice`,
        file,
        place: at,
        hint: 'merge the two, or rename one',
      });
      continue;
    }
    names.add(config.name);
    const node = setOrigin(new Node(scope as never, config.name, { promotion: config.promotion }), { file, place: at });
    declareNodes(fleet, node, config, depth + 1, at, file, problems);
  }
}

function declareClusterType(fleet: Fleet, files: ClusterTypeFiles, problems: Problem[]): void {
  const defaults = files.defaults ? checkClusterType(files.defaults, problems) : {};
  const clusterType = setOrigin(new ClusterType(fleet, files.name, defaults ?? {}), { file: files.defaults?.file ?? files.folder, place: [] });
  const names = new Map<string, string>();
  const isNew = (name: string, file: string, place: readonly string[]): boolean => {
    const twin = names.get(name);
    if (twin === undefined) names.set(name, file);
    else {
      problems.push({
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
  for (const app of [...files.apps].sort((a, b) => compare(a.file, b.file))) declareApp(clusterType, app, isNew, problems);
}

function declareApp(
  clusterType: ClusterType,
  app: ConfigFile,
  isNew: (name: string, file: string, place: readonly string[]) => boolean,
  problems: Problem[],
): void {
  const { file, name } = app;
  const config = checkApp(app, problems);
  if (!config || !isUsableName(name, { file, place: [] }, problems)) return;
  if (!isMap(config.apps)) {
    if (!isNew(name, file, [])) return;
    const construct =
      config.kind === 'RootApplicationSet'
        ? new RootApplicationSet(clusterType, name, config as unknown as RootApplicationSetProps)
        : new FleetApp(clusterType, name, config as FleetAppProps);
    setLayerOrigins(setOrigin(construct, { file, place: [] }));
    return;
  }
  const apps = Object.fromEntries(
    Object.keys(config.apps).flatMap((member) => (isNew(member, file, ['apps', member]) ? [[member, (config.apps as never)[member]]] : [])),
  );
  const group = setOrigin(new FleetAppGroup(clusterType, uniqueId(clusterType, name), { ...config, apps } as FleetAppsConfig), { file, place: [] });
  for (const member of group.apps) setLayerOrigins(setOrigin(member, { file, place: ['apps', member.name] }));
  setLayerOrigins(group);
}

/** Two files of one name in different folders may each hold several apps: only the apps' names matter. */
function uniqueId(clusterType: ClusterType, name: string): string {
  let id = name;
  for (let count = 2; clusterType.node.tryFindChild(`group ${id}`); count += 1) id = `${name} ${count}`;
  return id;
}
