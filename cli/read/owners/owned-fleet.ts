import { dirname } from 'node:path';
import { ComponentGroup, type ConfigFiles, type FleetOutput, fleetFromConfig } from '../../../constructs';
import { readConfig } from '../../../store/read/read-config';
import { gatesWithApprovers } from './approvers-of';

/** An app, and whom it belongs to. */
export interface OwnedApp {
  /** In a fleet of hubs and spokes, the group; of the member settings, their folder. */
  readonly clusterType: string;
  readonly app: string;
  readonly file: string;
  readonly owners: readonly string[];
}

/** A file, or a folder with everything in it, and whom it belongs to. */
export interface OwnedPlace {
  /** Relative to the working directory. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly owners: readonly string[];
}

/** A node whose approvers are asked. */
export interface ApprovedNode {
  readonly path: string;
  /** Those that it names itself. */
  readonly own: readonly string[];
  /** Its own, and those of the nodes above: whatever enters a node enters these, too. */
  readonly approvers: readonly string[];
}

/** Whom a fleet belongs to. */
export interface OwnedFleet {
  readonly output: FleetOutput;
  /** Where the fleet and its nodes are described. */
  readonly file: string;
  /** The fleet's `path`. */
  readonly path: string;
  /** By cluster type and file. */
  readonly apps: readonly OwnedApp[];
  /** Where the configuration says it, what lies in another place behind that one. */
  readonly places: readonly OwnedPlace[];
  /** Nodes that name approvers, in sequence. */
  readonly nodes: readonly ApprovedNode[];
}

/** @throws FleetError with everything wrong with the fleet: of a file that cannot be read, nobody knows whose it is */
export function ownedFleet(config: string): OwnedFleet {
  const files = readConfig(config);
  const fleet = fleetFromConfig(files);
  const output = fleet.outline();
  const apps = appsOf(output, files);
  const groups = fleet.clusterTypes.flatMap((group): readonly OwnedPlace[] => {
    const folder = group instanceof ComponentGroup && files.clusterTypes.find(({ name }) => name === group.name)?.folder;
    return folder ? [{ path: folder, isFolder: true, owners: group.owners }] : [];
  });
  return { output, file: files.fleet?.file ?? files.folder, path: fleet.path, apps, places: [...groups, ...placesOf(apps, files)], nodes: nodesOf(output) };
}

/** What nobody wrote (settings, releases) is nobody's. */
function appsOf(output: FleetOutput, files: ConfigFiles): readonly OwnedApp[] {
  const written = new Set(files.clusterTypes.flatMap(({ defaults, apps }) => [...(defaults ? [defaults] : []), ...apps].map(({ file }) => file)));
  return output.clusterTypes.flatMap((clusterType) =>
    output
      .appNames(clusterType)
      .flatMap((name) =>
        output
          .apps(clusterType, name)
          .flatMap(({ name: app, file, owners }) => (file !== undefined && written.has(file) ? [{ clusterType, app, file, owners: unique(owners) }] : [])),
      ),
  );
}

/** A file with all apps in it; in YAML the folder of a component, whose layers are files of their own. */
function placesOf(apps: readonly OwnedApp[], { form }: ConfigFiles): readonly OwnedPlace[] {
  const isFolder = form === 'yaml';
  const byPath = new Map<string, readonly string[]>();
  for (const { file, owners } of apps) {
    const path = isFolder ? dirname(file) : file;
    byPath.set(path, unique([...(byPath.get(path) ?? []), ...owners]));
  }
  return [...byPath].map(([path, owners]) => ({ path, isFolder, owners }));
}

function nodesOf(output: FleetOutput): readonly ApprovedNode[] {
  const own = new Map(output.nodes.flatMap(({ path, node: { approvers = [] } }) => (approvers.length > 0 ? [[path, unique(approvers)] as const] : [])));
  return gatesWithApprovers(output, [...own.keys()]).map(({ node, approvers }) => ({ path: node, own: own.get(node) ?? [], approvers }));
}

/** Each once, in the order in which they come first. */
export function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
