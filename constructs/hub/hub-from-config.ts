import type { ClusterTypeFiles, ConfigFile, ConfigFiles } from '../../layers/config-files';
import { suggestion } from '../../layers/nearest';
import { describe, isMap } from '../../layers/plain-data';
import { compare, FleetError, type Problem } from '../../layers/problem';
import { checkNode } from '../config-shape';
import { setLayerOrigins } from '../declare-layers';
import type { DimensionNode } from '../dimension-node';
import { Environment } from '../environment';
import { setOrigin } from '../origin';
import { type AnyMap, isUsableName, looked } from '../shape';
import { Component, type ComponentProps } from './component';
import { ComponentGroup, type ComponentGroupProps, releasesName } from './component-group';
import type { MemberSettingsConfig, ReleasesConfig } from './hub-config';
import { HubFleet, type HubFleetProps } from './hub-fleet';
import { checkComponent, checkGroup, checkHubSettings, checkMember, checkReleases, checkSettingsFile } from './hub-shape';
import { Hub, type HubProps, Spoke, type SpokeProps } from './member';
import { membersName, settingsName } from './member-settings';
import { Tenant } from './tenant';

/** The folders that hold members and no group. */
const memberFolders = { hubs: 'hub', spokes: 'spoke' } as const;

/** Whether `fleet.ts` says that it is a fleet of hubs and spokes. */
export function isHubConfig({ fleet }: ConfigFiles): boolean {
  return isMap(fleet?.content) && 'topology' in fleet.content;
}

/**
 * Declares the constructs that configuration files of a fleet of hubs and spokes stand for.
 *
 * @throws FleetError where `fleet.ts` says too little to build a fleet on
 */
export function hubFleetFromConfig(config: ConfigFiles): HubFleet {
  const problems: Problem[] = [...config.problems];
  const file = config.fleet as ConfigFile;
  const settings = looked(file, problems, (found) => checkHubSettings(file, found));
  if (!settings) throw new FleetError(problems);
  if ((file.content as AnyMap).topology !== 'hub-and-spoke') {
    problems.push({
      code: 'config-shape',
      message: 'the topology of the fleet is not known',
      file: file.file,
      place: ['topology'],
      expected: "'hub-and-spoke'; a fleet of environments, sectors and regions says nothing of it",
      found: describe((file.content as AnyMap).topology),
    });
  }
  const settingsFile = memberSettings(config, problems);
  const own = settingsFile && looked(settingsFile, problems, (found) => checkSettingsFile(settingsFile, found));
  const fleet = setOrigin(new HubFleet({ ...settings, settings: own as MemberSettingsConfig | undefined } as unknown as HubFleetProps), file);
  if (settingsFile) setLayerOrigins(setOrigin(fleet.settings, settingsFile));
  const environments = looked(file, problems, (found) => declareTenants(fleet, file, found));
  declareMembers(config, environments, problems);
  for (const folder of config.clusterTypes) {
    if (folder.name !== membersName && !(folder.name in memberFolders)) declareGroup(fleet, folder, problems);
  }
  fleet.addProblems(problems);
  return fleet;
}

function memberSettings({ clusterTypes }: ConfigFiles, problems: Problem[]): ConfigFile | undefined {
  const folder = clusterTypes.find(({ name }) => name === membersName);
  const files = folder ? [...(folder.defaults ? [folder.defaults] : []), ...folder.apps] : [];
  for (const { file, name } of files) {
    if (name === settingsName) continue;
    problems.push({
      code: 'config-misplaced',
      message: `'${name}' is no file of the member settings`,
      file,
      expected: `${membersName}/${settingsName}.ts and no other; clusters are files in hubs and spokes`,
    });
  }
  return files.find(({ name }) => name === settingsName);
}

/** @returns the nodes of environments by their paths */
function declareTenants(fleet: HubFleet, file: ConfigFile, problems: Problem[]): ReadonlyMap<string, DimensionNode> {
  const environments = new Map<string, DimensionNode>();
  const listed = (
    parent: AnyMap,
    key: string,
    place: readonly string[],
    next: string | undefined,
    declare: (node: AnyMap & { readonly name: string }, at: readonly string[]) => void,
  ) => {
    const list = parent[key] ?? [];
    const here = [...place, key];
    if (!Array.isArray(list)) {
      // That of the tenants was reported with the other settings.
      if (place.length > 0)
        problems.push({
          code: 'config-shape',
          message: `'${key}' has the wrong type`,
          file: file.file,
          place: here,
          expected: 'a list',
          found: describe(list),
        });
      return;
    }
    const names = new Set<string>();
    for (const [index, item] of list.entries()) {
      const at = [...here, String(index)];
      const node = checkNode(item, next, { file: file.file, place: at }, problems);
      if (!node) continue;
      if (names.has(node.name)) {
        problems.push({
          code: 'duplicate-name',
          message: `the ${key.slice(0, -1)} '${node.name}' stands there twice`,
          file: file.file,
          place: at,
          hint: 'merge the two, or rename one',
        });
      } else declare(node, at);
      names.add(node.name);
    }
  };
  listed(file.content as AnyMap, 'tenants', [], 'environments', (tenant, at) => {
    const { name, promotion, soak } = tenant as never as DimensionNode;
    const scope = setOrigin(new Tenant(fleet, name, { promotion, soak }), file, at);
    listed(tenant, 'environments', at, undefined, (environment, place) => {
      const props = environment as never as DimensionNode;
      const node = setOrigin(new Environment(scope, props.name, { promotion: props.promotion, soak: props.soak }), file, place);
      environments.set(node.path, node);
    });
  });
  return environments;
}

function declareMembers({ clusterTypes }: ConfigFiles, environments: ReadonlyMap<string, DimensionNode>, problems: Problem[]): void {
  const files = Object.entries(memberFolders).flatMap(([name, kind]) => {
    const folder = clusterTypes.find((candidate) => candidate.name === name);
    return folder ? [...(folder.defaults ? [folder.defaults] : []), ...folder.apps].map((file) => ({ kind, file })) : [];
  });
  const seen = new Map<string, string>();
  // Files have no order: within an environment, clusters follow one another by name.
  for (const { kind, file } of files.sort((a, b) => compare(a.file.name, b.file.name) || compare(a.file.file, b.file.file))) {
    const twin = seen.get(file.name.toLowerCase());
    if (twin !== undefined) {
      problems.push({
        code: 'duplicate-name',
        message: `two clusters are called '${file.name}'`,
        file: file.file,
        place: [],
        found: `another one in ${twin}`,
        hint: 'Applications and folders are called after their cluster: rename or remove one of the two',
      });
      continue;
    }
    seen.set(file.name.toLowerCase(), file.file);
    looked(file, problems, (found) => declareMember(kind, file, environments, found));
  }
}

function declareMember(kind: 'hub' | 'spoke', file: ConfigFile, environments: ReadonlyMap<string, DimensionNode>, problems: Problem[]): void {
  const config = checkMember(file, kind, problems);
  if (!config || !isUsableName(file.name, { file: file.file, place: [] }, problems)) return;
  const { tenant, environment, ...props } = config;
  const missing = (['tenant', 'environment'] as const).filter((key) => (file.content as AnyMap)[key] === undefined);
  for (const key of missing) {
    problems.push({
      code: 'missing-field',
      message: `the cluster '${file.name}' needs '${key}'`,
      file: file.file,
      place: [],
      expected: `one that fleet.ts lists`,
    });
  }
  if (typeof tenant !== 'string' || typeof environment !== 'string') return;
  const node = environments.get(`${tenant}/${environment}`);
  if (!node) {
    const tenants = [...new Set([...environments.keys()].map((path) => path.split('/')[0] as string))];
    const isTenant = tenants.includes(tenant);
    const known = isTenant ? [...environments.keys()].flatMap((path) => (path.startsWith(`${tenant}/`) ? [path.slice(tenant.length + 1)] : [])) : tenants;
    problems.push({
      code: 'unknown-path',
      message: isTenant ? `the tenant '${tenant}' has no environment '${environment}'` : `the fleet has no tenant '${tenant}'`,
      file: file.file,
      place: [isTenant ? 'environment' : 'tenant'],
      hint: suggestion(isTenant ? environment : tenant, known, isTenant ? 'environments' : 'tenants'),
    });
    return;
  }
  const member = kind === 'hub' ? new Hub(node, file.name, props as unknown as HubProps) : new Spoke(node, file.name, props as unknown as SpokeProps);
  setOrigin(member, file);
}

function declareGroup(fleet: HubFleet, files: ClusterTypeFiles, problems: Problem[]): void {
  const { defaults: file } = files;
  const defaults = file ? looked(file, problems, (found) => checkGroup(file, found)) : {};
  const releasesFile = files.apps.find(({ name }) => name === releasesName);
  const releases = releasesFile && looked(releasesFile, problems, (found) => checkReleases(releasesFile, found));
  const props = { ...defaults, releases: releases as ReleasesConfig | undefined } as ComponentGroupProps;
  const group = setOrigin(new ComponentGroup(fleet, files.name, props), file ?? { file: files.folder });
  setLayerOrigins(setOrigin(group.releases, releasesFile ?? { file: files.folder }));
  const names = new Map<string, string>();
  for (const app of [...files.apps].sort((a, b) => compare(a.file, b.file))) {
    if (app === releasesFile) continue;
    const twin = names.get(app.name);
    if (twin !== undefined || app.name === releasesName) {
      problems.push({
        code: 'duplicate-name',
        message: `the group '${files.name}' has two files called '${app.name}'`,
        file: app.file,
        place: [],
        found: `another one in ${twin ?? releasesFile?.file}`,
        hint: 'rename or remove one of them',
      });
      continue;
    }
    names.set(app.name, app.file);
    looked(app, problems, (found) => {
      const config = checkComponent(app, found);
      if (!config || !isUsableName(app.name, { file: app.file, place: [] }, found)) return;
      setLayerOrigins(setOrigin(new Component(group, app.name, config as unknown as ComponentProps), app));
    });
  }
}
