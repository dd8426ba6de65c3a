import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';
import type { ComputedLabel } from './computed-label';
import { computedLabels } from './computed-label';

/** Labels follow from names: each has one meaning. */
export function* labelMeanings({ fleet }: HubSubject): Generator<Finding> {
  const known = new Map<string, ComputedLabel>();
  for (const computed of computedLabels(fleet)) {
    const { label, meaning, construct, at } = computed;
    const other = known.get(label);
    if (other) {
      yield problemAt(construct, 'computed-label', `the label '${label}' has two meanings`, {
        at,
        found: `${other.meaning}, and ${meaning}`,
        hint: 'rename one of the two, or give the labels other names: `labelNames` in fleet.ts',
      });
    }
    known.set(label, computed);
  }
}
