import type { Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import type { ComponentModel, GroupModel } from './components';
import type { Resolved } from './hub-synthesis';

/** Argo CD labels what it deploys with the Application's name, and a label has at most 63 characters. */
const longest = 63;

/** Names of Applications, which are made of a component's name and a cluster's: one mistake a component, shown at the longest. */
export function checkApplicationNames(groups: readonly GroupModel[], resolved: readonly Resolved[], problems: Problems): void {
  for (const group of groups) {
    for (const component of group.components) checkComponent(group, component, resolved, problems);
  }
}

function checkComponent(group: GroupModel, { construct, name: app }: ComponentModel, resolved: readonly Resolved[], problems: Problems): void {
  const { applicationName } = construct;
  const tooLong = resolved.filter(({ member, components }) => applicationName.length + 1 + member.name.length > longest && components.get(app)?.isEnabled);
  const [first] = [...tooLong].sort((a, b) => b.member.name.length - a.member.name.length);
  if (!first) return;
  const name = `${applicationName}-${first.member.name}`;
  problems.add(
    problemAt(construct, 'name-too-long', `the names of '${app}' and of its cluster are too long together`, {
      app,
      target: `${group.name}/${first.member.path}`,
      targets: tooLong.length,
      expected: `at most ${longest} characters: Argo CD writes the name of an Application into a label`,
      found: `${name} has ${name.length}`,
      hint: 'give the component a shorter `applicationName`, or the cluster a shorter name',
    }),
  );
}
