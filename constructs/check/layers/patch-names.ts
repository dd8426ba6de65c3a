import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import { Patch } from '../../tree/patch';
import { patchName } from '../allowed-names';
import type { FleetSubject } from '../fleet-rule';

/** Patches are called as files can be. */
export function* patchNames({ layers }: FleetSubject): Generator<Problem> {
  for (const layer of layers) {
    if (!(layer instanceof Patch) || patchName.pattern.test(layer.name)) continue;
    yield problemAt(layer, 'invalid-name', `'${layer.name}' cannot name a patch`, { expected: patchName.rule });
  }
}
