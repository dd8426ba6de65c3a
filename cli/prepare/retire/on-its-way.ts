import { FleetError, type PatchView } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import { planPromotions } from '../../../rollout/plan-promotions';
import type { Entered } from '../../../rollout/retire-steps';
import type { PatchableApp } from '../../read/find-patchable-app';
import type { LoadedFleet } from '../../read/load-fleet';
import { promotionOptions } from '../../read/patches/promotion-options';
import { finalPaths } from '../integration';
import type { Deployed } from './deployed';

/** What patches of a retirement say, each of them alone. */
export type Switch = 'enabled' | 'uninstall';

/** The patch by which an app is on its way out. @param left targets where what it says is not so yet */
export function patchOnItsWay(
  { patches }: LoadedFleet,
  { clusterType, group, view }: PatchableApp,
  field: Switch,
  left: readonly string[],
): PatchView | undefined {
  const wanted = [...(view.isGroup ? [view.name] : []), field].join('.');
  return patches.find(({ state, fields }) => {
    if (state.clusterType !== clusterType || state.app !== group) return false;
    if (fields.length !== 1 || fields[0]?.join('.') !== wanted) return false;
    const { covered } = new Coverage(state.paths, state.targets);
    return covered.some((target) => !left.includes(target));
  });
}

interface LeftOfPatch {
  readonly others: readonly Entered[];
  readonly isCovered: boolean;
  readonly byHand: readonly string[];
}

/** What a patch has to enter yet, and what will hide it behind that. */
export function leftOf(fleet: LoadedFleet, view: PatchView, field: Switch, now: Date): LeftOfPatch {
  const { state } = view;
  const steps = planPromotions(state, promotionOptions(fleet, view, {}, now));
  const others = steps.flatMap((step) => (step.kind === 'enter' ? [{ path: step.step.path, targets: step.step.targets.length, gates: step.gates }] : []));
  const paths = finalPaths(view, steps);
  const masked = state.targets.flatMap((target) =>
    view.withoutEffect(target, paths).flatMap(({ by, kind }) => (kind === 'masked' ? [`${by} keeps it at ${target}`] : [])),
  );
  const byHand = masked.map((text) => `${text}: take \`${field}\` out of it first`);
  return { others, byHand, isCovered: new Coverage(state.paths, state.targets).covered.length === state.targets.length };
}

/** @returns what is wrong where it covers everything, and somewhere all is as before */
export function keptAsItIs(deployed: Deployed, { state }: PatchView, app: string, field: Switch, targets: readonly string[]): FleetError {
  const [target = ''] = targets;
  const layer = deployed.decidedBy(state.clusterType, app, field, target) ?? 'another layer';
  const words = field === 'enabled' ? 'is deployed' : 'would leave what it deployed behind';
  return new FleetError([
    {
      code: 'rollout',
      message: `'${state.patch}' covers every target, and ${app} ${words} at ${targets.length} of them all the same`,
      app,
      found: `\`${field}\` of ${layer} at ${target}`,
      hint: `take \`${field}\` out of it: \`npx fleet explain ${app} ${target} ${field}\` shows where it stands`,
    },
  ]);
}
