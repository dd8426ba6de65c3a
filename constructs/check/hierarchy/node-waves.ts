import { wrongWaves } from '../../../layers/law/waves';
import type { Problem } from '../../../layers/problem';
import { problemAt } from '../../tree/origin';
import type { FleetSubject } from '../fleet-rule';

/** Waves are parts of a node. What files say was read by its shape; code may say anything. */
export function* nodeWaves({ fleet, nodes }: FleetSubject): Generator<Problem> {
  for (const one of [fleet, ...nodes]) {
    const wrong = one.waves === undefined ? undefined : wrongWaves(one.waves);
    if (!wrong) continue;
    const { message, index, ...found } = wrong;
    yield problemAt(one, 'invalid-field', message, { at: index === undefined ? ['waves'] : ['waves', String(index)], ...found });
  }
}
