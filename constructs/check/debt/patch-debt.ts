import type { Problem } from '../../../layers/problem';
import type { PatchView } from '../../resolve/patch-view';
import { originOf } from '../../tree/origin';
import { debtProblem } from './debt-problem';
import { idleLayer } from './idle-words';

/** Since when a patch has not moved, where that is too long; who knows Git says so. */
export type StalledPatch = (view: PatchView) => { readonly message: string; readonly found: string; readonly hint: string } | undefined;

/** Patches that change nothing, wherever they get to, and those that do not get on. */
export function* patchDebt(patches: readonly PatchView[], stalled: StalledPatch): Generator<Problem> {
  for (const view of patches) {
    const { app, construct, state } = view;
    const { file, place } = originOf(construct);
    const at = { file, place };
    const fields = view.idleFields();
    if (fields) {
      const { code, ...said } = idleLayer(`'${state.patch}'`, fields);
      const { clusterType, app: name, patch } = state;
      yield debtProblem(app, code, patch, { ...said, ...at, hint: `take it out, or back: \`npx fleet rollback ${clusterType} ${name} ${patch}\`` });
      continue;
    }
    const still = stalled(view);
    if (still) yield debtProblem(app, 'patch-stalled', state.patch, { ...still, ...at });
  }
}
