import { isMap } from '../../../layers/plain-data';
import type { Problem } from '../../../layers/problem';
import { FleetAppGroup } from '../../tree/fleet-app-group';
import { problemAt } from '../../tree/origin';
import { Patch } from '../../tree/patch';
import type { FleetSubject } from '../fleet-rule';

/** A patch changes something. */
export function* emptyPatches({ layers }: FleetSubject): Generator<Problem> {
  for (const patch of layers) {
    if (!(patch instanceof Patch) || !isMap(patch.change)) continue;
    const { change, name } = patch;
    const parts = patch.node.scope instanceof FleetAppGroup ? Object.values(change) : [change];
    if (!parts.every((part) => saysNothing(part))) continue;
    yield problemAt(patch, 'empty-patch', `the patch '${name}' changes nothing`, { at: ['change'], hint: 'write the fields that it changes, or remove it' });
  }
}

/** Whether there is nothing but maps all the way down. A map that contains itself is another mistake. */
function saysNothing(value: unknown, above: readonly unknown[] = []): boolean {
  if (value === undefined) return true;
  return isMap(value) && !above.includes(value) && Object.values(value).every((item) => saysNothing(item, [...above, value]));
}
