import { Coverage, commonFields, type Field, fieldsAmong } from '../../layers/coverage';
import type { Problem, Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import type { Patch } from '../patch';
import type { Target } from '../target';
import { type AppModel, type ClusterTypeModel, type GroupLayers, layerConstructs, type Model } from './model';

/** How many inversions of one app are told one by one: whoever has more has made one mistake many times. */
const maxTold = 100;

/** A patch of an app, and where it applies. */
interface Rollout {
  readonly construct: Patch;
  readonly coverage: Coverage;
  /** What it sets at any target. */
  readonly fields: readonly Field[];
  /** What it sets at any of these targets. */
  fieldsAt(targets: readonly Target[]): readonly Field[];
}

/** What patches in flight should not look like; a fleet that has it already renders all the same. */
export function checkRollouts(model: Model, problems: Problems): void {
  for (const clusterType of model.clusterTypes) {
    const seen = new Set<Patch>();
    const groups: GroupLayers = new Map();
    for (const app of clusterType.apps) {
      const rollouts = rolloutsOf(app, clusterType, groups);
      for (const rollout of rollouts) {
        // Apps of one file share their patches.
        if (!seen.has(rollout.construct)) problems.addAll(gapsOf(rollout, clusterType));
        seen.add(rollout.construct);
      }
      problems.addAll(inversionsAmong(app, rollouts, clusterType));
    }
  }
}

function inversionsAmong(app: AppModel, rollouts: readonly Rollout[], clusterType: ClusterTypeModel): readonly Problem[] {
  const found: Problem[] = [];
  for (const [index, older] of rollouts.entries()) {
    for (let next = index + 1; next < rollouts.length && found.length < maxTold; next += 1) {
      found.push(...inversionsOf(app, older, rollouts[next] as Rollout, clusterType));
    }
  }
  return found;
}

function gapsOf({ construct, coverage: { gaps, covered } }: Rollout, clusterType: ClusterTypeModel): readonly Problem[] {
  const [first] = gaps;
  if (first === undefined) return [];
  return [
    problemAt(construct, 'rollout-gap', `the patch '${construct.name}' leaves out targets on its way`, {
      severity: 'warning',
      at: ['rolledOutTo'],
      ...targetsOf(clusterType, gaps),
      found: `it went on to ${covered[covered.length - 1]}`,
      hint: `let it enter '${first}' too`,
    }),
  ];
}

/** Where the older of two patches that set one field wins. */
function inversionsOf({ construct: app }: AppModel, older: Rollout, newer: Rollout, clusterType: ClusterTypeModel): readonly Problem[] {
  // Most patches sit at the same places, or at others.
  if (!older.coverage.isBelow(newer.coverage)) return [];
  const fields = commonFields(older.fields, newer.fields).map((field) => field.join('.'));
  if (fields.length === 0) return [];
  const places = new Set(older.coverage.inversions(newer.coverage));
  // What a function gives may have the field at some targets only.
  const inverted = clusterType.targets.filter(
    (target) => places.has(target.path) && commonFields(older.fieldsAt([target]), newer.fieldsAt([target])).length > 0,
  );
  const [first] = inverted.map(({ path }) => path);
  if (first === undefined) return [];
  return [
    problemAt(older.construct, 'rollout-inversion', `the older patch '${older.construct.name}' wins over '${newer.construct.name}' in ${fields.join(', ')}`, {
      severity: 'warning',
      app: app.name,
      ...targetsOf(
        clusterType,
        inverted.map(({ path }) => path),
      ),
      found: `'${older.construct.name}' at ${older.coverage.placeAt(first)}, '${newer.construct.name}' at ${newer.coverage.placeAt(first)}`,
      hint: `let '${newer.construct.name}' sit at the more specific path too`,
    }),
  ];
}

function targetsOf({ name }: ClusterTypeModel, paths: readonly string[]): Pick<Problem, 'target' | 'targets'> {
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
      get fields() {
        fields ??= fieldsAt(targets);
        return fields;
      },
    };
  });
}
