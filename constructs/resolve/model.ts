import { Hierarchy } from '../../layers/hierarchy';
import type { Law } from '../../layers/law/law';
import { PathSet } from '../../layers/path-set';
import { compare } from '../../layers/problem';
import type { ClusterType } from '../tree/cluster-type';
import type { ApplicationPlacement } from '../tree/config/app-config';
import type { Target } from '../tree/config/target';
import { hierarchyOf, rightWaves } from '../tree/dimension-node';
import { FleetAppGroup } from '../tree/fleet-app-group';
import type { FleetTree } from '../tree/fleet-tree';
import { LayeredApp } from '../tree/layered-app';
import { RootApplicationSet } from '../tree/root-application-set';
import { type Generated, layersOf } from './app-layers';
import { type AppModel, appModel } from './app-model';
import type { FleetFacts } from './fleet-facts';
import { projectValues, workloadValues } from './generated-layer';
import { lawOf } from './law-of';
import type { GroupLayers } from './layer-constructs';
import { rootModel } from './root-model';
import { SyncOrder } from './sync-order';

/** The construct tree as synthesis reads it: once, after everything was declared. */
export interface Model {
  readonly facts: FleetFacts;
  readonly hierarchy: Hierarchy;
  readonly law: Law;
  readonly clusterTypes: readonly ClusterTypeModel[];
}

export interface ClusterTypeModel {
  readonly construct: ClusterType;
  readonly name: string;
  readonly targets: readonly Target[];
  /** In name order. */
  readonly apps: readonly AppModel[];
  readonly placement: ApplicationPlacement;
  /** The cluster type in whose Argo CD its Applications live: its own, or the one that hosts its root. */
  readonly home: string;
  readonly hasWorkloads: boolean;
  readonly hasRoots: boolean;
}

/** The construct tree as the first pass reads it, in which nothing is rendered yet: roots inject nothing of what apps use. */
export function modelOf(fleet: FleetTree): Model {
  const hierarchy = hierarchyOfFleet(fleet);
  const facts: FleetFacts = {
    repository: fleet.repository,
    revision: fleet.revision,
    path: fleet.path,
    labelPrefix: fleet.labelPrefix,
    adopted: fleet.adopted,
    hasLayerOfAll: fleet.hasLayerOfAll,
    dimensions: fleet.dimensions.map(({ singular }) => singular),
  };
  const roots = rootsOf(fleet);
  const groups: GroupLayers = new Map();
  const limited: LimitedPaths = new Map(fleet.clusterTypes.flatMap(({ name, paths }) => (paths ? [[name, new PathSet(paths)] as const] : [])));
  const clusterTypes = fleet.clusterTypes.map((construct): ClusterTypeModel => {
    const order = new SyncOrder();
    const apps = appsOf(construct).map((app) => modelOfApp(app, facts, limited, groups, order));
    for (const app of apps) order.add(app.construct.name, app.resolver);
    return {
      construct,
      name: construct.name,
      targets: targetsOf(construct, hierarchy, facts),
      apps: apps.sort((a, b) => compare(a.construct.name, b.construct.name)),
      placement: roots.find((root) => root.deploys === construct.name)?.placement ?? 'cluster',
      home: homeOf(construct.name, roots),
      hasWorkloads: apps.some((app) => app.construct.workloads !== undefined),
      hasRoots: apps.some((app) => app.construct instanceof RootApplicationSet),
    };
  });
  return { facts, hierarchy, law: lawOf(fleet, hierarchy), clusterTypes };
}

/** The nodes of a fleet in the sequence in which changes reach them. */
export function hierarchyOfFleet(fleet: FleetTree): Hierarchy {
  return new Hierarchy(fleet.dimensions, hierarchyOf(fleet, fleet.dimensions, fleet.evidence), { first: fleet.firstDepth, ...rightWaves(fleet.waves) });
}

/** The paths of cluster types that are not rendered everywhere. */
type LimitedPaths = ReadonlyMap<string, PathSet>;

function modelOfApp(app: LayeredApp, facts: FleetFacts, limited: LimitedPaths, groups: GroupLayers, order: SyncOrder): AppModel {
  if (!(app instanceof RootApplicationSet)) {
    return appModel(app, layersOf(app, generatedFor(app, facts), groups), order);
  }
  const paths = limited.get(app.deploys);
  return rootModel(app, facts, paths && (({ path }) => paths.covers(path)), groups, order);
}

function generatedFor({ kind, name, clusterType, workloads }: LayeredApp, facts: FleetFacts): Generated | undefined {
  if (kind === 'AppProject') return projectValues(clusterType.appProjects);
  return workloads ? workloadValues(facts, clusterType.name, name) : undefined;
}

/** What a control plane hosts may be hosted by another one. */
function homeOf(clusterType: string, roots: readonly RootApplicationSet[], below: readonly string[] = []): string {
  const root = roots.find(({ deploys }) => deploys === clusterType);
  const isHosted = root?.placement === 'controlPlane' && !below.includes(root.clusterType.name);
  return isHosted ? homeOf(root.clusterType.name, roots, [...below, clusterType]) : clusterType;
}

/** The roots of a fleet, in the order in which they were declared. */
export function rootsOf(fleet: FleetTree): readonly RootApplicationSet[] {
  return fleet.clusterTypes.flatMap(appsOf).filter((app): app is RootApplicationSet => app instanceof RootApplicationSet);
}

/** Every app of a cluster type, those of groups included. */
export function appsOf(clusterType: ClusterType): readonly LayeredApp[] {
  return clusterType.node.children.flatMap((child) => (child instanceof FleetAppGroup ? child.apps : child instanceof LayeredApp ? [child] : []));
}

function targetsOf(clusterType: ClusterType, hierarchy: Hierarchy, facts: FleetFacts): readonly Target[] {
  const paths = clusterType.paths && new PathSet(clusterType.paths);
  return hierarchy.targets
    .filter(({ path }) => paths === undefined || paths.covers(path))
    .map(({ path, names }) => {
      const dimensions = Object.fromEntries(names.map((name, index) => [facts.dimensions[index], name]));
      return Object.freeze({ ...dimensions, path, clusterType: clusterType.name }) as unknown as Target;
    });
}
