import { FleetError, type Problem } from '../../../constructs';
import type { Edits } from '../../../store/edit/edits';
import { removeMention } from '../../../store/edit/retire/remove-mention';
import type { LoadedFleet } from '../../read/load-fleet';
import { problemsWith } from '../prove';

/**
 * Takes out whatever names what the edits have taken away: the fleet says where it is, each time it is read without it.
 *
 * @param codes how it says so
 * @throws FleetError with what is wrong besides, or cannot be edited
 */
export function removeMentions(fleet: LoadedFleet, edits: Edits, codes: readonly Problem['code'][]): void {
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const problems = problemsWith(fleet, edits);
    const named = problems.filter(({ code, file, place = [] }) => codes.includes(code) && file !== undefined && place.length > 0);
    if (named.length === 0) return;
    if (named.length >= before) throw new FleetError(problems);
    before = named.length;
    // Of a list the last items go first: the numbers of those in front stay right.
    const ordered = [...named].sort((a, b) => (a.file === b.file ? compareBack(a.place ?? [], b.place ?? []) : 0));
    for (const { file = '', place = [] } of ordered) removeMention(edits, { file, place });
  }
}

function compareBack(one: readonly string[], other: readonly string[]): number {
  return Number(other[other.length - 1]) - Number(one[one.length - 1]) || 0;
}
