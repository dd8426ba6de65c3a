import type { Finding } from '../../../../layers/consequences';
import { problemAt } from '../../../tree/origin';
import type { HubSubject } from '../hub-rule';

/** Argo CD labels what it deploys with the Application's name, and a label has at most 63 characters. */
const longestName = 63;

/** Names of Applications, which are made of a component's name and a cluster's: one mistake a component, shown at the longestName. */
export function* applicationNameLengths({ groups, members }: HubSubject): Generator<Finding> {
  for (const group of groups) {
    for (const { construct, name: app } of group.components) {
      const { applicationName } = construct;
      const tooLong = members.filter(
        ({ member, components }) => applicationName.length + 1 + member.name.length > longestName && components.get(app)?.isEnabled,
      );
      const [first] = [...tooLong].sort((a, b) => b.member.name.length - a.member.name.length);
      if (!first) continue;
      const name = `${applicationName}-${first.member.name}`;
      yield problemAt(construct, 'name-too-long', `the names of '${app}' and of its cluster are too long together`, {
        app,
        target: `${group.name}/${first.member.path}`,
        targets: tooLong.length,
        expected: `at most ${longestName} characters: Argo CD writes the name of an Application into a label`,
        found: `${name} has ${name.length}`,
        hint: 'give the component a shorter `applicationName`, or the cluster a shorter name',
      });
    }
  }
}
