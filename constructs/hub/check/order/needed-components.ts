import { type Finding, unread } from '../../../../layers/consequences';
import { suggestion } from '../../../../layers/text/nearest';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** What a component needs is a component of the fleet, and named once. */
export function* neededComponents({ fleet }: HubSubject): Generator<Finding> {
  const all = fleet.groups.flatMap(({ components }) => components);
  const known = all.map(({ name }) => name);
  for (const component of all) {
    const { name, after } = component;
    for (const [index, needed] of after.entries()) {
      const at = ['after', String(index)];
      if (after.indexOf(needed) < index)
        yield problemAt(component, 'duplicate-name', `'${name}' names '${needed}' twice`, { app: name, at, hint: 'remove one' });
      if (known.includes(needed)) continue;
      yield problemAt(component, 'unknown-component', `'${name}' needs '${needed}', which is no component of the fleet`, {
        app: name,
        at,
        hint: suggestion(
          needed,
          known.filter((one) => one !== name),
          'components',
        ),
        // It may be in a file that could not be read.
        follows: fleet.groups.map((group) => unread(group.name, needed)),
      });
    }
  }
}
