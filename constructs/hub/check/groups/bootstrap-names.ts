import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { suggestion } from '../../../../layers/text/nearest';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** The bootstrap group names components of its own. */
export function* bootstrapNames({ fleet }: HubSubject): Generator<Finding> {
  for (const group of fleet.groups) {
    const names = group.components.map(({ name }) => name);
    for (const [key, name] of Object.entries(group.bootstrap ?? {})) {
      // What could not be read is empty, and reported.
      if (name === '' || names.includes(name)) continue;
      yield problemAt(group, 'unknown-component', `'${name}' is no component of ${group.name}`, {
        at: ['bootstrap', key],
        hint: suggestion(name, names, 'components'),
        follows: [unread(group.name, name)],
      });
    }
  }
}
