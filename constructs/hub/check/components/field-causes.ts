import type { Cause } from '../../../../layers/consequences';
import { unread } from '../../../../layers/consequences';
import { releasesName } from '../../../../layers/record';
import { originOf } from '../../../tree/origin';
import type { Field } from '../../resolve/released-component';
import type { Component } from '../../tree/component';
import type { ComponentGroup } from '../../tree/component-group';

/** What a group may say for all of its components. */
const groupFields: readonly Field[] = ['repoURL', 'namespace', 'syncPolicy', 'ignoreDifferences', 'labels', 'annotations'];

/** What it follows from that a field of a component is missing in a release: whatever could not be read where it would be said. */
export function fieldCauses(group: ComponentGroup, component: Component, release: string, fields: readonly Field[]): readonly Cause[] {
  const pin = placeOfPin(release, component);
  const inReleases = originOf(group.releases, pin.slice(0, 2));
  return [
    ...(fields.some((field) => groupFields.includes(field)) ? [unread(group.name, 'defaults')] : []),
    unread(group.name, releasesName),
    originOf(group.releases, pin),
    originOf(group.releases, pin.slice(0, 3)),
    { ...inReleases, code: 'wrong-type' },
    { ...inReleases, code: 'invalid-name' },
    ...fields.flatMap((field): readonly Cause[] => [
      originOf(component, [field]),
      originOf(group, [field]),
      originOf(group.releases, [...pin, field]),
      ...(field === 'version' ? [originOf(group.releases, [...pin.slice(0, 2), field])] : []),
    ]),
  ];
}

/** Where a release says something of a component: keys in the releases. */
export function placeOfPin(release: string, { name }: Component): readonly string[] {
  return ['releases', release, 'components', name];
}
