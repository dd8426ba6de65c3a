import type { Place } from '../../layers/config-files';
import { compare } from '../../layers/problem';
import { layerConstructs } from '../resolve/layer-constructs';
import type { Model } from '../resolve/model';
import type { MemberAnnotation, MemberView } from '../synthesis/member-view';
import { originOf } from '../tree/origin';
import type { Deployment } from './render/deployments';
import { annotationSource, sourceText } from './resolve/credentials/annotation-sources';
import { neededMetadata } from './resolve/credentials/needed-metadata';
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
  return resolved.map((one): MemberView => {
    const { member, releases, labels, components } = one;
    const { name, kind, hub, path, model: deployment, construct, home } = member;
    const { repository, revision, path: folder, platformNamespace } = home;
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
      home: { repository, revision, path: folder, platformNamespace },
      annotations: annotationsOf(one, byMember.get(member) ?? []),
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

/** Annotations that Git says, and those that deployed components need; sorted by name. */
function annotationsOf({ member, components }: ResolvedMember, deployments: readonly Deployment[]): readonly MemberAnnotation[] {
  const needed = new Map<string, Set<string>>(Object.keys(member.annotations).map((name) => [name, new Set()]));
  for (const { set, release } of deployments) {
    const at = components.get(set.component.name);
    for (const { noun, name } of at ? neededMetadata(set.component, at, release) : []) {
      if (noun === 'annotation') needed.set(name, (needed.get(name) ?? new Set()).add(set.component.name));
    }
  }
  return [...needed]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, by]) => {
      const source = annotationSource(member, name);
      return { name, ...(source?.from === 'git' ? { value: source.value } : {}), from: sourceText(source), components: [...by].sort(compare) };
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
