import type { Resolved } from '../../../layers/resolver';
import type { ClusterTypeModel, Model } from '../../resolve/model';
import type { Target } from '../../tree/config/target';
import { Component } from '../tree/component';
import { ComponentGroup, GroupReleases } from '../tree/component-group';
import type { HubTree } from '../tree/hub-tree';
import { type ComponentAt, ComponentValues } from './component-values';
import { type GroupModel, groupModel } from './group-model';
import { labelsOf } from './member-labels';
import type { MemberModel } from './member-model';
import { withFacts } from './member-targets';
import { releasedApp } from './released-app';
import { releaseAt, releaseIn } from './releases';
import { resolveMembers } from './resolve-members';
import type { ResolvedHub, ResolvedMember } from './resolved-hub';
import type { LabelSelector } from './selector';

/**
 * Settings first, for they decide who deploys; then releases and components, from which the labels follow.
 *
 * @param selectorOf which members a component is for, as far as that can be read
 */
export function resolveHub(
  fleet: HubTree,
  declared: Model,
  selectorOf: (component: Component) => LabelSelector | undefined,
  progress: (done: number, all: number) => void = () => {},
): ResolvedHub {
  const members = resolveMembers(fleet, declared);
  const model = withReleases(withFacts(declared, members));
  const groups = model.clusterTypes.flatMap((type) => (type.construct instanceof ComponentGroup ? [groupModel(fleet, type.construct, type, selectorOf)] : []));
  const targets = groups.map(({ clusterType }) => new Map(clusterType.targets.map((target) => [target.path, target])));
  const values = new ComponentValues(fleet);
  const resolved = members.map((member, done) => {
    const own = new Map(groups.map(({ name }, index) => [name, targets[index]?.get(member.path) as Target]));
    const one = resolveMember(fleet, member, groups, own, values);
    progress(done + 1, members.length);
    return one;
  });
  return { fleet, declared, model, groups, members: resolved };
}

/** A model in which components of groups have the values that releases say. */
function withReleases(model: Model): Model {
  const released = (type: ClusterTypeModel): ClusterTypeModel => {
    const { construct, apps } = type;
    const releasesApp = apps.find((app) => app.construct instanceof GroupReleases);
    if (!(construct instanceof ComponentGroup) || !releasesApp) return type;
    const used = new Set(type.targets.map((target) => releaseIn(construct, releasesApp, target).release ?? ''));
    return { ...type, apps: apps.map((app) => (app.construct instanceof Component ? releasedApp(app, releasesApp, construct, used) : app)) };
  };
  return { ...model, clusterTypes: model.clusterTypes.map(released) };
}

function resolveMember(
  fleet: HubTree,
  member: MemberModel,
  groups: readonly GroupModel[],
  targets: ReadonlyMap<string, Target>,
  values: ComponentValues,
): ResolvedMember {
  const releases = new Map<string, string>();
  const releaseLayers = new Map<string, Resolved>();
  const components = new Map<string, ComponentAt>();
  for (const group of groups) {
    const target = targets.get(group.name) as Target;
    const { release, layers } = releaseAt(group, target);
    releaseLayers.set(group.name, layers);
    if (release !== undefined) releases.set(group.name, release);
    for (const component of group.components) components.set(component.name, values.at(component, target, member.home));
  }
  return { member, targets, releases, releaseLayers, ...labelsOf(fleet, member, groups, releases, components) };
}
