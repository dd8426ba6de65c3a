import type { CompiledLayer } from '../../layers/compile';
import { Coverage, commonFields, type Field, fieldsAmong, fieldsOf } from '../../layers/coverage';
import { tryFindIdle } from '../../layers/effect';
import { layerLabel } from '../../layers/layer';
import type { Problem, Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import type { Patch } from '../patch';
import type { Target } from '../target';
import { type AppModel, type ClusterTypeModel, layerConstructs, type Model } from './model';

/** A patch of an app, and where it applies. */
interface Rollout {
  readonly construct: Patch;
  readonly layers: ReadonlyMap<string, CompiledLayer>;
  readonly coverage: Coverage;
  /** What it sets at any target that it covers. */
  readonly fields: readonly Field[];
}

/** What patches in flight should not look like; a fleet that has it already renders all the same. */
export function checkRollouts(model: Model, problems: Problems): void {
  for (const clusterType of model.clusterTypes) {
    const seen = new Set<Patch>();
    for (const app of clusterType.apps) {
      const rollouts = rolloutsOf(app, clusterType);
      for (const rollout of rollouts) {
        const { construct } = rollout;
        problems.addAll(withoutEffect(app, rollout, clusterType));
        // Apps of one file share their patches.
        if (!seen.has(construct)) problems.addAll(gapsOf(rollout, clusterType));
        seen.add(construct);
      }
      for (const [index, older] of rollouts.entries()) {
        for (const newer of rollouts.slice(index + 1)) problems.addAll(conflictsOf(app, older, newer, clusterType));
      }
    }
  }
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

/** Two patches that set one field: where the older one wins, and where it does not. */
function conflictsOf({ construct: app }: AppModel, older: Rollout, newer: Rollout, clusterType: ClusterTypeModel): readonly Problem[] {
  const fields = commonFields(older.fields, newer.fields).map((field) => field.join('.'));
  const common = fields.length === 0 ? [] : older.coverage.covered.filter((target) => newer.coverage.covers(target));
  const inverted = older.coverage.inversions(newer.coverage).filter((target) => common.includes(target));
  const rest = common.filter((target) => !inverted.includes(target));
  const found: Problem[] = [];
  const [first] = inverted;
  if (first !== undefined) {
    found.push(
      problemAt(older.construct, 'rollout-inversion', `the older patch '${older.construct.name}' wins over '${newer.construct.name}' in ${fields.join(', ')}`, {
        severity: 'warning',
        app: app.name,
        ...targetsOf(clusterType, inverted),
        found: `'${older.construct.name}' at ${older.coverage.placeAt(first)}, '${newer.construct.name}' at ${newer.coverage.placeAt(first)}`,
        hint: `let '${newer.construct.name}' sit at the more specific path too`,
      }),
    );
  }
  if (rest.length > 0) {
    found.push(
      problemAt(newer.construct, 'rollout-conflict', `the patches '${older.construct.name}' and '${newer.construct.name}' both set ${fields.join(', ')}`, {
        severity: 'notice',
        app: app.name,
        ...targetsOf(clusterType, rest),
        found: `the newer one wins, '${newer.construct.name}'`,
      }),
    );
  }
  return found;
}

/** Fields that a patch sets in vain. Where another patch is the reason, that is a conflict. */
function withoutEffect({ construct: app, resolver }: AppModel, { construct, layers, coverage }: Rollout, clusterType: ClusterTypeModel): readonly Problem[] {
  const isOwn = ({ kind, name }: { readonly kind: string; readonly name?: string }) => kind === 'patch' && name === construct.name;
  return clusterType.targets.flatMap((target: Target) => {
    const layer = layers.get(coverage.placeAt(target.path) ?? '');
    if (!layer) return [];
    const own = layer.at(target).values;
    const { values } = resolver.at(target);
    return fieldsOf(own).flatMap((field): readonly Problem[] => {
      const idle = tryFindIdle(values, own, field, isOwn);
      if (!idle || idle.by.kind === 'patch') return [];
      const isMasked = idle.kind === 'masked';
      return [
        problemAt(construct, 'rollout-no-effect', `the patch '${construct.name}' sets ${field.join('.')} without effect`, {
          severity: isMasked ? 'warning' : 'notice',
          app: app.name,
          ...targetsOf(clusterType, [target.path]),
          found: isMasked ? `'${layerLabel(idle.by)}' wins` : `'${layerLabel(idle.by)}' says the same`,
          ...(isMasked ? { hint: 'change it there too, or take the patch back' } : {}),
        }),
      ];
    });
  });
}

function targetsOf({ name }: ClusterTypeModel, paths: readonly string[]): Pick<Problem, 'target' | 'targets'> {
  return { target: `${name}/${paths[0]}`, targets: paths.length };
}

function rolloutsOf({ construct, layers }: AppModel, { targets }: ClusterTypeModel): readonly Rollout[] {
  const constructs = new Map(layerConstructs(construct).patches.map((patch) => [patch.name, patch]));
  const paths = targets.map(({ path }) => path);
  return layers.patches.flatMap(({ name, layers: placed }) => {
    const patch = constructs.get(name);
    const [layer] = placed.values();
    if (!patch || !layer) return [];
    const coverage = new Coverage(placed.keys(), paths);
    const covered = targets.filter(({ path }) => coverage.covers(path));
    return [{ construct: patch, layers: placed, coverage, fields: fieldsAmong(layer, covered) }];
  });
}
