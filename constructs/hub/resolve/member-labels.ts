import type { HubTree } from '../tree/hub-tree';
import type { ComponentAt } from './component-values';
import type { GroupModel } from './group-model';
import type { MemberModel } from './member-model';
import type { ResolvedMember } from './resolved-hub';
import { matches } from './selector';
import type { StringMap } from './string-map';

/** The labels that follow, and the components narrowed to those whose selectors these satisfy. */
export function labelsOf(
  { labels: rules }: HubTree,
  member: MemberModel,
  groups: readonly GroupModel[],
  releases: ReadonlyMap<string, string>,
  components: ReadonlyMap<string, ComponentAt>,
): Pick<ResolvedMember, 'components' | 'labels' | 'excluded'> {
  const [tenant = '', environment = ''] = member.path.split('/');
  const labels: { [label: string]: string } = {
    ...member.ownLabels,
    [rules.member]: member.kind,
    [rules.tenant]: tenant,
    [rules.environment]: environment,
    [rules.cluster]: member.name,
    [rules.remoteArgo]: String(member.model === 'distributed'),
  };
  for (const group of groups) {
    if (!group.isBootstrap) labels[rules.remoteGroup(group.name)] = String(member.manages.has(group.name));
    labels[rules.release(group.name)] = releases.get(group.name) ?? '';
    for (const { name, label } of group.components) labels[label] = components.get(name)?.isEnabled ? 'true' : 'false';
  }
  const excluded = new Map<string, ComponentAt>();
  for (const group of groups) {
    for (const { name, selector } of group.components) {
      const at = components.get(name);
      if (at?.isEnabled && selector && !matches(selector, labels)) excluded.set(name, { ...at, isEnabled: false });
    }
  }
  for (const group of groups) for (const { name, label } of group.components) if (excluded.has(name)) labels[label] = 'false';
  return {
    components: excluded.size === 0 ? components : new Map([...components, ...excluded]),
    labels: inOrder(labels),
    excluded: new Set(excluded.keys()),
  };
}

function inOrder(labels: StringMap): StringMap {
  const sorted: { [key: string]: string } = {};
  for (const label of Object.keys(labels).sort()) sorted[label] = labels[label] as string;
  return sorted;
}
