import type { Place } from '../../layers/config-files';
import { compare } from '../../layers/problem';
import { layerConstructs } from '../resolve/layer-constructs';
import type { Model } from '../resolve/model';
import type { MemberView } from '../synthesis/member-view';
import { originOf } from '../tree/origin';
import type { Deployment } from './render/deployments';
import type { GroupModel } from './resolve/group-model';
import type { ResolvedMember } from './resolve/resolved-hub';

/** Hubs and spokes as commands show them, tenant by tenant. */
export function memberViews(
  model: Model,
  groups: readonly GroupModel[],
  resolved: readonly ResolvedMember[],
  deployments: readonly Deployment[],
): readonly MemberView[] {
  const byMember = new Map<ResolvedMember['member'], Deployment[]>();
  for (const deployment of deployments) {
    const known = byMember.get(deployment.member);
    if (known) known.push(deployment);
    else byMember.set(deployment.member, [deployment]);
  }
  const mentions = mentionsByPath(model);
  return resolved.map(({ member, releases, labels, components }): MemberView => {
    const { name, kind, hub, path, model: deployment, construct } = member;
    const [tenant = '', environment = ''] = path.split('/');
    const { file } = originOf(construct);
    return {
      name,
      kind,
      hub,
      tenant,
      environment,
      path,
      model: deployment,
      secret: construct.secret,
      manages: groups.flatMap((group) => (member.manages.has(group.name) ? [group.name] : [])),
      releases: Object.fromEntries(releases),
      labels,
      components: (byMember.get(member) ?? [])
        .map(({ set, release, version, argoCD }) => ({
          name: set.component.name,
          group: set.group.name,
          release,
          version,
          deployedBy: argoCD.owner.name,
          ...(set.component.construct.after.length === 0 ? {} : { after: set.component.construct.after }),
          ...(components.get(set.component.name)?.variant?.isUninstalled ? { uninstall: true as const } : {}),
        }))
        .sort((a, b) => compare(a.group, b.group) || compare(a.name, b.name)),
      file,
      mentions: (mentions.get(path) ?? []).filter((place) => place.file !== file),
    };
  });
}

/** Overrides at a complete path, and patches that sit at one. */
function mentionsByPath({ clusterTypes }: Model): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Place[]>();
  const add = (path: string, { file, place }: ReturnType<typeof originOf>) => {
    if (path.split('/').length < 3 || file === undefined) return;
    const known = found.get(path);
    if (known) known.push({ file, place });
    else found.set(path, [{ file, place }]);
  };
  for (const { apps } of clusterTypes) {
    for (const { construct } of apps) {
      const { overrides, patches } = layerConstructs(construct);
      for (const override of overrides) add(override.path, originOf(override));
      for (const patch of patches) for (const [index, path] of patch.rolledOutTo.entries()) add(path, originOf(patch, ['rolledOutTo', String(index)]));
    }
  }
  return found;
}
