import { CompiledLayer } from '../../layers/compile';
import { everywhere as allPaths, Hierarchy } from '../../layers/hierarchy';
import type { LayerSource } from '../../layers/layer';
import { PathSet } from '../../layers/path-set';
import { type AppLayers, inNameOrder } from '../../layers/precedence';
import { compare, type Problem } from '../../layers/problem';
import { Resolver } from '../../layers/resolve';
import type { Token } from '../../layers/token';
import type { ApplicationPlacement } from '../app-config';
import type { ClusterType } from '../cluster-type';
import { hierarchyOf } from '../dimension-node';
import type { Fleet } from '../fleet';
import { FleetApp } from '../fleet-app';
import { FleetAppGroup } from '../fleet-app-group';
import { originOf } from '../origin';
import { Override } from '../override';
import { Patch } from '../patch';
import { RootApplicationSet } from '../root-application-set';
import type { Target } from '../target';
import { type FleetFacts, rootValues, workloadValues } from './generated';

/** The construct tree as synthesis reads it: once, after everything was declared. */
export interface Model {
  readonly facts: FleetFacts;
  readonly hierarchy: Hierarchy;
  readonly clusterTypes: readonly ClusterTypeModel[];
}

export interface ClusterTypeModel {
  readonly construct: ClusterType;
  readonly name: string;
  readonly targets: readonly Target[];
  /** In name order. */
  readonly apps: readonly AppModel[];
  readonly placement: ApplicationPlacement;
  readonly hasWorkloads: boolean;
  readonly hasRoots: boolean;
}

export interface AppModel {
  readonly construct: FleetApp;
  readonly layers: AppLayers;
  readonly resolver: Resolver;
}

/** What the apps of a cluster type use at a path; known only after they were rendered. */
export type TokensAt = (clusterType: string, path: string) => readonly Token[];

export function modelOf(fleet: Fleet, tokensAt: TokensAt): Model {
  const hierarchy = new Hierarchy(fleet.dimensions, hierarchyOf(fleet));
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
  const limited = new Map(fleet.clusterTypes.flatMap(({ name, paths }) => (paths ? [[name, new PathSet(paths)] as const] : [])));
  const clusterTypes = fleet.clusterTypes.map((construct): ClusterTypeModel => {
    const apps = appsOf(construct).map((app): AppModel => {
      const layers = layersOf(app, facts, tokensAt, limited, groups);
      return { construct: app, layers, resolver: new Resolver(layers) };
    });
    return {
      construct,
      name: construct.name,
      targets: targetsOf(construct, hierarchy, facts),
      apps: apps.sort((a, b) => compare(a.construct.name, b.construct.name)),
      placement: roots.find((root) => root.deploys === construct.name)?.placement ?? 'cluster',
      hasWorkloads: apps.some((app) => app.construct.workloads !== undefined),
      hasRoots: apps.some((app) => app.construct instanceof RootApplicationSet),
    };
  });
  return { facts, hierarchy, clusterTypes };
}

/** The roots of a fleet, in the order in which they were declared. */
export function rootsOf(fleet: Fleet): readonly RootApplicationSet[] {
  return fleet.clusterTypes.flatMap(appsOf).filter((app): app is RootApplicationSet => app instanceof RootApplicationSet);
}

/** Every app of a cluster type, those of groups included. */
export function appsOf(clusterType: ClusterType): readonly FleetApp[] {
  return clusterType.node.children.flatMap((child) => (child instanceof FleetAppGroup ? child.apps : child instanceof FleetApp ? [child] : []));
}

/** Overrides and patches. */
interface LayerConstructs {
  readonly overrides: readonly Override[];
  readonly patches: readonly Patch[];
}

/** What is known of groups, for whoever asks for the layers of all their apps. */
export type GroupLayers = Map<FleetAppGroup, LayerConstructs>;

/** The overrides and patches that apply to an app: its own, and those of its group. */
export function layerConstructs(app: FleetApp, known: GroupLayers = new Map()): LayerConstructs {
  const own = layersBelow(app);
  if (!app.group) return own;
  const shared = known.get(app.group) ?? layersBelow(app.group);
  known.set(app.group, shared);
  return { overrides: [...own.overrides, ...shared.overrides], patches: [...own.patches, ...shared.patches] };
}

function layersBelow({ node: { children } }: FleetApp | FleetAppGroup): LayerConstructs {
  return {
    overrides: children.filter((child): child is Override => child instanceof Override),
    patches: children.filter((child): child is Patch => child instanceof Patch),
  };
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

/** The paths of cluster types that are not rendered everywhere. */
type LimitedPaths = ReadonlyMap<string, PathSet>;

function layersOf(app: FleetApp, facts: FleetFacts, tokensAt: TokensAt, limited: LimitedPaths, groups: GroupLayers): AppLayers {
  const origin = originOf(app);
  const { overrides, patches } = layerConstructs(app, groups);
  const everywhere: CompiledLayer[] = [];
  const { applications, applicationSets } = app.clusterType;
  const defaults = app.kind === 'Application' ? applications : applicationSets;
  if (defaults !== undefined) {
    const key = app.kind === 'Application' ? 'applications' : 'applicationSets';
    everywhere.push(new CompiledLayer('defaults', defaults, { ...originOf(app.clusterType, [key]), kind: 'defaults' }));
  }
  const generated = generatedLayer(app, facts, tokensAt, limited);
  if (generated) everywhere.push(new CompiledLayer('generated', generated, { ...origin, kind: 'generated' }));
  everywhere.push(new CompiledLayer('base', app.base, { ...origin, kind: 'base' }));
  const placed = new Map(
    overrides.map((override): readonly [string, CompiledLayer] => {
      const source = { ...layerOrigin(app, override), kind: 'override', path: override.path } as const;
      return [override.path, new CompiledLayer(`override ${override.path}`, changeFor(app, override.change), source)];
    }),
  );
  // The layer of all paths is the last of those that apply everywhere.
  const ofAll = placed.get(allPaths);
  return {
    everywhere: ofAll ? [...everywhere, ofAll] : everywhere,
    overrides: placed,
    patches: inNameOrder(patches.map((patch) => ({ name: patch.name, layers: patchLayers(app, patch, patch.rolledOutTo) }))),
  };
}

/** A patch as the layers of an app, at paths where it may sit. */
export function patchLayers(app: FleetApp, patch: Patch, paths: readonly string[]): ReadonlyMap<string, CompiledLayer> {
  const changed = patch.node.scope === app ? ['change'] : ['change', app.name];
  return new Map(
    paths.map((path) => {
      const source: LayerSource = { ...originOf(patch, changed), kind: 'patch', name: patch.name, path };
      return [path, new CompiledLayer(`${patch.name} ${path}`, changeFor(app, patch.change), source)];
    }),
  );
}

function generatedLayer(app: FleetApp, facts: FleetFacts, tokensAt: TokensAt, limited: LimitedPaths): { readonly [key: string]: unknown } | undefined {
  if (app instanceof RootApplicationSet) {
    const paths = limited.get(app.deploys);
    const isDeployed = paths && (({ path }: Target) => paths.covers(path));
    return rootValues(facts, app, (target) => tokensAt(app.deploys, target.path), isDeployed);
  }
  if (app.workloads) return workloadValues(facts, app.clusterType.name, app.name);
  return undefined;
}

function layerOrigin(app: FleetApp, layer: Override): { readonly file?: string; readonly place: readonly string[] } {
  return originOf(layer, layer.node.scope === app ? [] : [app.name]);
}

/** What a layer says of an app; a layer of a group is a map by app name. */
function changeFor(app: FleetApp, change: unknown): unknown {
  const { group } = app;
  if (!group) return change;
  const pick = (changes: unknown): unknown => (changes as { readonly [app: string]: unknown } | undefined)?.[app.name] ?? {};
  if (typeof change !== 'function') return pick(change);
  return (target: Target) => {
    const changes = change(target);
    const names = group.apps.map(({ name }) => name);
    const stranger = Object.keys(changes ?? {}).find((name) => !names.includes(name));
    if (stranger !== undefined) throw new Error(`'${stranger}' is no app of this file; its apps: ${names.join(', ')}`);
    return pick(changes);
  };
}

/** What is wrong with an app's layers wherever they apply. */
export function staticProblems({ construct, layers }: AppModel): readonly Problem[] {
  const all = [...layers.everywhere, ...layers.overrides.values(), ...layers.patches.flatMap((patch) => [...patch.layers.values()].slice(0, 1))];
  return all.flatMap(({ problems }) => problems.map((problem) => ({ ...problem, app: construct.name })));
}
