import { type ChartId, chartKey } from '../../layers/charts/chart-id';
import type { CompiledLayer } from '../../layers/compile/compiled-layer';
import { getOr } from '../../layers/get-or';
import { merge } from '../../layers/merge';
import { Branch } from '../../layers/node';
import { Precedence } from '../../layers/precedence';
import type { LayeredApp } from '../tree/layered-app';
import { RootApplicationSet } from '../tree/root-application-set';
import type { AppModel } from './app-model';
import { type ChartSource, chartSources } from './chart-sources';
import type { ClusterTypeModel, Model } from './model';
import { patchedResolvers, patchesAnywhere } from './patched-resolvers';

/** Who names a chart. */
export interface ChartUser {
  /** With hubs and spokes, the group. */
  readonly clusterType: string;
  readonly app: string;
  /** What the app's file is called, which may hold several. */
  readonly file: string;
}

/** A chart that somebody names. */
export interface NamedChart extends ChartUser {
  readonly id: ChartId;
}

/** A chart as an app uses it at a target. */
export interface ChartUse extends ChartUser, ChartSource {
  /** Who says what of it is no mistake. */
  readonly construct: LayeredApp;
  /** The dimension path of the target. */
  readonly path: string;
  /** The patch that would be there. @default - as the target is now */
  readonly patch?: string;
}

/** Which charts the apps of a fleet name, anywhere: in the base, in overrides, in patches wherever they sit. */
export function namedCharts({ clusterTypes, facts }: Model): readonly NamedChart[] {
  const found = new Map<string, NamedChart>();
  for (const { clusterType, app } of chartApps(clusterTypes)) {
    const user = userOf(clusterType, app);
    for (const values of everythingSaid(clusterType, app)) {
      for (const { id } of chartSources(values, facts)) found.set(`${user.clusterType}/${user.app} ${chartKey(id)}`, { ...user, id });
    }
  }
  return [...found.values()];
}

/** Every chart with its values: as targets are now, and as each patch in flight would make them. */
export function* chartUses({ clusterTypes, facts }: Model): Generator<ChartUse> {
  // Targets with the same layers have the same charts.
  const known = new Map<Branch, readonly ChartSource[]>();
  const sourcesOf = (values: Branch) => getOr(known, values, () => [...chartSources(values, facts)]);
  for (const { clusterType, app } of chartApps(clusterTypes)) {
    const user = { ...userOf(clusterType, app), construct: app.construct };
    const moved = patchedResolvers(
      app,
      clusterType.targets.map(({ path }) => path),
    );
    for (const target of clusterType.targets) {
      for (const source of sourcesOf(app.resolver.at(target).values)) yield { ...user, ...source, path: target.path };
      for (const { patch, resolver } of moved) {
        for (const source of sourcesOf(resolver.at(target).values)) yield { ...user, ...source, path: target.path, patch };
      }
    }
  }
}

/** Apps that are made of charts of somebody's: manifests written in TypeScript are a chart of our own. */
function* chartApps(clusterTypes: readonly ClusterTypeModel[]): Generator<{ readonly clusterType: ClusterTypeModel; readonly app: AppModel }> {
  for (const clusterType of clusterTypes) {
    for (const app of clusterType.apps) {
      if (!(app.construct instanceof RootApplicationSet) && app.construct.workloads === undefined) yield { clusterType, app };
    }
  }
}

function userOf({ name }: ClusterTypeModel, { construct }: AppModel): ChartUser {
  return { clusterType: name, app: construct.name, file: construct.group?.name ?? construct.name };
}

/** What is said of an app with each further layer, and with each patch: every one may name a version that no target has any more, or has yet. */
function* everythingSaid({ targets }: ClusterTypeModel, app: AppModel): Generator<Branch> {
  const precedence = new Precedence({ ...app.layers, patches: [] });
  const patches = [...patchesAnywhere(app).values()];
  const seen = new Set<string>();
  for (const target of targets) {
    let values = new Branch(Object.create(null), { kind: 'base', place: [] });
    let key = '';
    const isNew = (layer: CompiledLayer) => {
      const before = seen.size;
      return seen.add(`${key}\u0001${layer.at(target).key}`).size > before;
    };
    for (const layer of precedence.at(target.path)) {
      const isFirst = isNew(layer);
      values = merge(values, layer.at(target).values);
      key += `\u0001${layer.at(target).key}`;
      if (isFirst) yield values;
    }
    for (const layer of patches) if (isNew(layer)) yield merge(values, layer.at(target).values);
  }
}
