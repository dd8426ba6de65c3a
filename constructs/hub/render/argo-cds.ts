import { getOr } from '../../../layers/get-or';
import { finishedManifest } from '../../argocd/manifest';
import { type ComponentModel, type GroupModel, isOwnDeployer } from '../resolve/group-model';
import type { ResolvedMember } from '../resolve/resolved-hub';
import type { HubTree } from '../tree/hub-tree';
import { applicationSet, type Side } from './application-set';
import type { ArgoCD, ComponentSet } from './deployments';
import { type VariantAt, variantsAt } from './variants';

/** Every Argo CD of a fleet, with the clusters that are registered with it and the ApplicationSets that it gets. */
export class ArgoCDs {
  readonly all: readonly ArgoCD[];
  readonly #fleet: HubTree;
  /** In one namespace, hubs with the same variants of a component get the same ApplicationSet, and spokes do: one object each. */
  readonly #sets = new Map<string, ComponentSet>();

  constructor(fleet: HubTree, groups: readonly GroupModel[], resolved: readonly ResolvedMember[]) {
    this.#fleet = fleet;
    const byHub = new Map<string, ResolvedMember[]>();
    for (const one of resolved) {
      const known = byHub.get(one.member.hub);
      if (known) known.push(one);
      else byHub.set(one.member.hub, [one]);
    }
    this.all = resolved.flatMap((one): readonly ArgoCD[] => {
      const { member } = one;
      if (member.kind === 'hub') return [this.#argoCD('hub', one, byHub.get(member.name) ?? [], groups)];
      return member.model === 'distributed' ? [this.#argoCD('spoke', one, [one], groups)] : [];
    });
  }

  #argoCD(side: Side, { member: owner }: ResolvedMember, clusters: readonly ResolvedMember[], groups: readonly GroupModel[]): ArgoCD {
    const sets = groups.flatMap((group): readonly ComponentSet[] => {
      const own = clusters.filter(({ member }) => (isOwnDeployer(group, member) ? member.name : member.hub) === owner.name);
      const used = group.components.filter(({ name }) => own.some(({ components }) => components.get(name)?.isEnabled));
      if (used.length === 0) return [];
      return used.map((component) => this.#set(group, component, { side, namespace: owner.home.platformNamespace, variants: variantsAt(component, clusters) }));
    });
    return { owner, side, clusters: clusters.map(({ member, labels }) => ({ member, labels })), sets };
  }

  #set(
    group: GroupModel,
    component: ComponentModel,
    at: { readonly side: Side; readonly namespace: string; readonly variants: readonly VariantAt[] },
  ): ComponentSet {
    const { side, namespace, variants } = at;
    const told = variants.map(({ variant, clusters }) => [variant?.key ?? '', ...clusters]);
    const key = `${side} ${namespace} ${component.name} ${JSON.stringify(told)}`;
    return getOr(this.#sets, key, () => ({
      group,
      component,
      variants,
      manifest: finishedManifest(applicationSet(this.#fleet, group, component, at)),
    }));
  }
}
