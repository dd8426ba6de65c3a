import type { Finding } from '../../../../layers/consequences';
import { lacking } from '../../../check/order/needs';
import type { HubSubject } from '../hub-rule';
import { problemOfNeed } from './problem-of-need';

/** What a component needs is there where it is. */
export function* missingNeeded({ groups, members, components }: HubSubject): Generator<Finding> {
  const known = new Set(components.map(({ name }) => name));
  for (const group of groups) {
    for (const { name, construct } of group.components) {
      for (const [index, needed] of construct.after.entries()) {
        const without = members.filter((one) => one.components.get(name)?.isEnabled && !one.components.get(needed)?.isEnabled);
        const [first] = without;
        if (!known.has(needed) || !first) continue;
        const isNowhere = members.every((one) => !one.components.get(needed)?.isEnabled);
        const at = { target: `${group.name}/${first.member.path}`, targets: without.length };
        yield problemOfNeed(construct, lacking(name, index, needed, isNowhere), at);
      }
    }
  }
}
