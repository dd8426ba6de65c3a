import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import { fieldsOf } from '../../resolve/released-component';
import type { HubSubject } from '../hub-rule';

/** The version of a release is that of a component. */
export function* unusedVersions({ fleet }: HubSubject): Generator<Finding> {
  for (const { releases, components } of fleet.groups) {
    for (const [release, { components: pins = {}, version }] of Object.entries(releases.releases)) {
      const isUsed = components.some((component) => component.fields.version === undefined && fieldsOf(pins[component.name]).version === undefined);
      if (version === undefined || isUsed) continue;
      yield problemAt(releases, 'component-field', `the version of the release '${release}' is that of no component`, {
        severity: 'warning',
        at: ['releases', release, 'version'],
        hint: 'it is for components that neither have a version of their own nor one in the release',
      });
    }
  }
}
