import type { PatchState } from '../../../layers/patch-state';
import type { Refused } from '../../../rollout/decide-promotion';
import { firstNames } from '../first-names';
import { frozenText } from './frozen-text';

/** Why a patch cannot go on. */
export function refusalText({ patch }: PatchState, { reason, targets, other, field, frozen = [] }: Refused): string {
  const where = firstNames(targets).join(', ');
  if (reason === 'gap') return `it left out ${where}`;
  if (reason === 'frozen') return frozenText(frozen);
  if (reason === 'nowhere') return 'it sits nowhere';
  if (reason === 'older') return `the older ${other} sets ${field} too, at ${where}`;
  if (reason === 'inversion') return `the older of ${patch} and ${other} would win over the newer in ${field}, at ${where}`;
  return 'the level is no dimension';
}
