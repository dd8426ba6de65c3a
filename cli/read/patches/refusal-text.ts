import type { PatchState } from '../../../layers/patch-state';
import { shellWord } from '../../../layers/text/shell-word';
import type { Refused } from '../../../rollout/decide-promotion';
import { firstNames } from '../first-names';
import { frozenText } from './frozen-text';

/** What closes a gap of a patch. */
export function fillText({ clusterType, app, patch }: Pick<PatchState, 'clusterType' | 'app' | 'patch'>): string {
  return `\`fleet promote ${[clusterType, app, patch].map(shellWord).join(' ')} --fill\` enters what was left out first`;
}

/** Why a patch cannot go on, and where a command of the patch's own puts that right, which. */
export function refusalAndCure(state: PatchState, refused: Refused): string {
  return refused.reason === 'gap' ? `${refusalText(state, refused)}; ${fillText(state)}` : refusalText(state, refused);
}

/** Why a patch cannot go on. */
export function refusalText({ patch }: PatchState, { reason, targets, other, field, frozen = [] }: Refused): string {
  const where = firstNames(targets).join(', ');
  if (reason === 'gap') return `it left out ${where}`;
  if (reason === 'frozen') return frozenText(frozen);
  if (reason === 'covered') return `it covers ${where} already`;
  if (reason === 'nowhere') return 'it sits nowhere';
  if (reason === 'older') return `the older ${other} sets ${field} too, at ${where}`;
  if (reason === 'inversion') return `the older of ${patch} and ${other} would win over the newer in ${field}, at ${where}`;
  return 'the level is no dimension';
}
