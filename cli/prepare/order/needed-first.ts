import { FleetError, type FleetOutput } from '../../../constructs';
import type { Problem } from '../../../layers/problem';

/** @throws FleetError where a step brings something to a cluster before what it needs, or takes away what another one there needs */
export function expectNeededFirst(before: FleetOutput, after: FleetOutput): void {
  const had = new Map(before.warnings.filter(isOrder).map((one) => [keyOf(one), one.targets ?? 1]));
  const found = after.warnings.filter((one) => isOrder(one) && (one.targets ?? 1) > (had.get(keyOf(one)) ?? 0));
  if (found.length > 0) throw new FleetError(found.map(({ severity: _, ...problem }) => problem));
}

function isOrder({ code }: Problem): boolean {
  return code === 'order';
}

/** Apps of several cluster types may be called the same. */
function keyOf({ app, message, target = '' }: Problem): string {
  return `${target.split('/')[0]} ${app} ${message}`;
}
