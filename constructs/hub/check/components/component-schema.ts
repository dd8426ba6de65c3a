import type { Construct } from 'constructs';
import type { Finding } from '../../../../layers/consequences';
import { judgeRemark } from '../../../argocd/judge-remark';
import { problemAt } from '../../../tree/origin';
import { fieldPlace } from '../../resolve/released-component';
import type { ComponentFields } from '../../tree/hub-config';
import type { HubSubject } from '../hub-rule';
import { applicationRemarks } from './application-remarks';
import { placeOfPin } from './field-causes';
import { releasedIn } from './released-in';

/**
 * The schema of Argo CD takes what components say. That is looked at before ApplicationSets are made of it: so that every
 * mistake is found where it is written, in the component, its group or a release.
 */
export function* componentSchema({ fleet, groups, usable }: HubSubject): Generator<Finding> {
  const places = new Set(usable.map(({ construct, at }) => placeOf(construct, at)));
  for (const { group, component, release, released } of releasedIn(groups)) {
    if (!places.has(placeOf(group, [])) || !places.has(placeOf(component, []))) continue;
    const isPinned = group.releases.releases[release]?.components?.[component.name] !== undefined;
    if (isPinned && !places.has(placeOf(group.releases, placeOfPin(release, component)))) continue;
    for (const remark of applicationRemarks(released, fleet.argoCD)) {
      const [field, ...below] = remark.path as readonly [keyof ComponentFields, ...string[]];
      const { construct, at } = fieldPlace(group, component, release, field);
      const { code, message, ...rest } = judgeRemark(component, remark);
      yield problemAt(construct, code, message, { app: component.name, ...rest, at: [...at, ...below] });
    }
  }
}

function placeOf(construct: Construct, at: readonly string[]): string {
  return [construct.node.path, ...at].join('\u0000');
}
