import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { suggestion } from '../../../../layers/text/nearest';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** Clusters speak of groups and components that there are. */
export function* layersOfUnknown({ fleet: { memberLayers, groups } }: HubSubject): Generator<Finding> {
  for (const { member, at } of memberLayers.unknown) {
    const [about, name = ''] = at;
    if (about === 'groups') {
      const known = groups.map((group) => group.name);
      yield problemAt(member, 'unknown-group', `'${name}' is no group of the fleet`, { at, hint: suggestion(name, known, 'groups') });
      continue;
    }
    const known = groups.flatMap((group) => group.components.map((component) => component.name));
    yield problemAt(member, 'unknown-component', `'${name}' is no component of the fleet`, {
      at,
      expected: 'a component that a group defines',
      hint: suggestion(name, known, 'components'),
      follows: groups.map((group) => unread(group.name, name)),
    });
  }
}
