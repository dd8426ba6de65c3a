import type { Finding } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { nearest, suggestion } from '../../../../layers/text/nearest';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** Releases name components of their group. What a component lacks there under its own name follows from a name that is misspelt. */
export function* unknownPins({ fleet }: HubSubject): Generator<Finding> {
  for (const { name, releases, components } of fleet.groups) {
    const known = components.map((component) => component.name);
    for (const [release, { components: pins = {} }] of Object.entries(releases.releases)) {
      for (const component of Object.keys(pins)) {
        if (known.includes(component)) continue;
        const meant = nearest(
          component,
          known.filter((one) => !Object.hasOwn(pins, one)),
        );
        yield problemAt(releases, 'unknown-component', `the release '${release}' pins '${component}', which is no component of ${name}`, {
          at: ['releases', release, 'components', component],
          hint: suggestion(component, known, 'components'),
          follows: [unread(name, component)],
          ...(meant === undefined ? {} : { meant }),
        });
      }
    }
  }
}
