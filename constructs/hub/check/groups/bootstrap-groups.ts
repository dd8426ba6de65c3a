import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** One group brings all that an Argo CD needs. */
export function* bootstrapGroups({ fleet }: HubSubject): Generator<Finding> {
  const [first, ...others] = fleet.groups.filter(({ bootstrap }) => bootstrap !== undefined);
  for (const second of others) {
    yield problemAt(second, 'bootstrap-group', 'two groups are the bootstrap group', {
      at: ['bootstrap'],
      found: `${first?.name} and ${second.name}`,
      hint: 'bring all that an Argo CD needs in one of them',
    });
  }
}
