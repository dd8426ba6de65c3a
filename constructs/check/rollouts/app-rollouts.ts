import { Coverage, type Field, fieldsAmong } from '../../../layers/coverage';
import type { Branch } from '../../../layers/node';
import type { Problem } from '../../../layers/problem';
import type { AppModel } from '../../resolve/app-model';
import { type GroupLayers, layerConstructs } from '../../resolve/layer-constructs';
import type { ClusterTypeModel, Model } from '../../resolve/model';
import type { Target } from '../../tree/config/target';
import type { Patch } from '../../tree/patch';

/** A patch of an app, and where it applies. */
export interface Rollout {
  readonly construct: Patch;
  readonly coverage: Coverage;
  /** What it sets at any target. */
  readonly fields: readonly Field[];
  /** What it sets at any of these targets. */
  fieldsAt(targets: readonly Target[]): readonly Field[];
  valuesAt(target: Target): Branch;
}

/** The patches of an app that are in flight. */
export interface AppRollouts {
  readonly app: AppModel;
  readonly clusterType: ClusterTypeModel;
  /** In name order. */
  readonly rollouts: readonly Rollout[];
}

const known = new WeakMap<Model, readonly AppRollouts[]>();

/** Of every app what is in flight. */
export function appRollouts(model: Model): readonly AppRollouts[] {
  let all = known.get(model);
  if (!all) {
    all = model.clusterTypes.flatMap((clusterType) => {
      const groups: GroupLayers = new Map();
      return clusterType.apps.map((app) => ({ app, clusterType, rollouts: rolloutsOf(app, clusterType, groups) }));
    });
    known.set(model, all);
  }
  return all;
}

/** Which targets a remark is about. */
export function targetsOf({ name }: ClusterTypeModel, paths: readonly string[]): Pick<Problem, 'target' | 'targets'> {
  return { target: `${name}/${paths[0]}`, targets: paths.length };
}

function rolloutsOf({ construct, layers }: AppModel, { targets }: ClusterTypeModel, groups: GroupLayers): readonly Rollout[] {
  const constructs = new Map(layerConstructs(construct, groups).patches.map((patch) => [patch.name, patch]));
  const paths = targets.map(({ path }) => path);
  return layers.patches.flatMap(({ name, layers: placed }) => {
    const patch = constructs.get(name);
    const [layer] = placed.values();
    if (!patch || !layer) return [];
    const coverage = new Coverage(placed.keys(), paths);
    let fields: readonly Field[] | undefined;
    const fieldsAt = (some: readonly Target[]) => fieldsAmong(layer, some);
    return {
      construct: patch,
      coverage,
      fieldsAt,
      valuesAt: (target) => layer.at(target).values,
      get fields() {
        fields ??= fieldsAt(targets);
        return fields;
      },
    };
  });
}
