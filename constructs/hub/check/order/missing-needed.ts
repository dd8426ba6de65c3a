import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** What a component needs is there where it is. What another tool may have brought to a cluster is not known here, so that is a warning. */
export function* missingNeeded({ groups, members, components }: HubSubject): Generator<Finding> {
  const known = new Set(components.map(({ name }) => name));
  for (const group of groups) {
    for (const { name, construct } of group.components) {
      for (const [index, needed] of construct.after.entries()) {
        const without = members.filter((one) => one.components.get(name)?.isEnabled && !one.components.get(needed)?.isEnabled);
        const [first] = without;
        if (!known.has(needed) || !first) continue;
        const isNowhere = members.every((one) => !one.components.get(needed)?.isEnabled);
        yield problemAt(construct, 'component-order', `'${name}' needs '${needed}', which ${isNowhere ? 'nobody gets' : 'is not deployed there'}`, {
          ...(isNowhere ? {} : { severity: 'warning' as const }),
          app: name,
          at: ['after', String(index)],
          target: `${group.name}/${first.member.path}`,
          targets: without.length,
          hint: `enable '${needed}' there first, or disable '${name}'`,
        });
      }
    }
  }
}
