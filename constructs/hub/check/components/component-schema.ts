import type { Construct } from 'constructs';
import type { Finding } from '../../../../layers/consequences';
import { judgeRemark } from '../../../argocd/judge-remark';
import type { Field } from '../../resolve/released-component';
import type { HubSubject } from '../hub-rule';
import { isReadable } from '../values/layer-fields';
import { applicationRemarks } from './application-remarks';
import { placeOfPin } from './field-causes';
import { releasedIn, releasedProblem } from './released-in';

/**
 * The schema of Argo CD takes what components say. That is looked at before ApplicationSets are made of it: so that every
 * mistake is found where it is written, in the component, its group or a release.
 */
export function* componentSchema(hub: HubSubject): Generator<Finding> {
  const { fleet, usable } = hub;
  const places = new Set(usable.map(({ construct, at }) => placeOf(construct, at)));
  for (const one of releasedIn(hub)) {
    const { group, component, release, variant, released } = one;
    // What layers say wrongly of data is reported with them.
    if (variant && !isReadable(variant.says)) continue;
    if (!places.has(placeOf(group, [])) || !places.has(placeOf(component, []))) continue;
    const isPinned = group.releases.releases[release]?.components?.[component.name] !== undefined;
    if (isPinned && !places.has(placeOf(group.releases, placeOfPin(release, component)))) continue;
    for (const remark of applicationRemarks(released, fleet.argoCD)) {
      const { code, message, ...rest } = judgeRemark(component, remark);
      yield releasedProblem(one, remark.path as readonly [Field, ...string[]], code, message, rest);
    }
  }
}

function placeOf(construct: Construct, at: readonly string[]): string {
  return [construct.node.path, ...at].join('\u0000');
}
