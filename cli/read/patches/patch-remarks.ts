import { FleetError, type PatchView, type Problem } from '../../../constructs';
import { Coverage } from '../../../layers/coverage';
import { conflictsOf } from '../../../rollout/conflicts';
import { whyIdle } from './why-idle';

/** What is worth knowing of patches in flight beside gaps and inversions: fields that two of them set, and fields without effect. */
export function patchRemarks(patches: readonly PatchView[]): readonly Problem[] {
  const byApp = new Map<string, PatchView[]>();
  for (const view of patches) {
    const key = `${view.state.clusterType}/${view.state.app}`;
    byApp.set(key, [...(byApp.get(key) ?? []), view]);
  }
  return [...byApp.values()].flatMap((own) => [...conflicts(own), ...own.flatMap(effects)]);
}

function conflicts(own: readonly PatchView[]): readonly Problem[] {
  return conflictsOf(own.map(({ state, fields }) => ({ state, fields }))).flatMap(({ field, older, newer, targets, inverted }) => {
    const view = own.find(({ state }) => state.patch === newer);
    // Inversions are warned of wherever the fleet is rendered.
    if (!view || inverted.length > 0) return [];
    const message = `'${older}' and '${newer}' both set ${field}; the newer one wins`;
    return [{ ...at(view), code: 'rollout-conflict', severity: 'notice', message, app: view.state.app, ...targetsOf(view, targets) }];
  });
}

function effects(view: PatchView): readonly Problem[] {
  const { state } = view;
  // That it has none at all is told of it as a whole.
  if (view.idleFields()) return [];
  const found = new Map<string, string[]>();
  for (const target of new Coverage(state.paths, state.targets).covered) {
    for (const one of view.withoutEffect(target)) {
      const text = `'${state.patch}' has no effect in ${one.field}: ${whyIdle(one)}`;
      found.set(text, [...(found.get(text) ?? []), target]);
    }
  }
  return [...found].map(([message, targets]) => ({
    ...at(view),
    code: 'rollout-no-effect',
    severity: 'notice',
    message,
    app: state.app,
    ...targetsOf(view, targets),
  }));
}

function targetsOf({ state }: PatchView, targets: readonly string[]): Pick<Problem, 'target' | 'targets'> {
  return { target: `${state.clusterType}/${targets[0]}`, targets: targets.length };
}

/** Nowhere, for a patch that was declared in code. */
function at(view: PatchView): Pick<Problem, 'file' | 'place'> {
  try {
    return view.places.patch;
  } catch (error) {
    if (error instanceof FleetError) return {};
    throw error;
  }
}
