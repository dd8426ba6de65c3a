import { plainOf, tryChild } from '../../layers/node';
import { modelOf } from '../resolve/model';
import { usableSelector } from './check/components/component-selectors';
import { secretStoreRef } from './external-secrets/secret-store';
import { isOwnDeployer } from './resolve/group-model';
import type { ReleasedComponent } from './resolve/released-component';
import { resolveHub } from './resolve/resolve-hub';
import type { ResolvedHub, ResolvedMember } from './resolve/resolved-hub';
import type { Component } from './tree/component';
import type { HubTree } from './tree/hub-tree';
import type { SecretStoreRef } from './tree/secret-store-config';

/** A component as a member gets it, with tokens for what only the live cluster knows. */
export interface DeployedWhole {
  readonly member: string;
  readonly group: string;
  readonly component: string;
  /** The member whose Argo CD deploys it. */
  readonly argoCD: string;
  /** The name of its Application. */
  readonly application: string;
  readonly project: string;
  readonly fields: ReleasedComponent;
  /** What it says of the ApplicationSet that makes its Application. */
  readonly set: Component['set'];
  /** @default - Helm does not render it */
  readonly values?: unknown;
}

/** A cluster as whoever deploys to it knows it. */
export interface RegisteredMember {
  readonly member: string;
  /** Of its secret, as Git says them. */
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  /** Its entry in the secret manager, and the store that this is read with. */
  readonly secret: string;
  /** @default - its hub has none of that name */
  readonly store?: SecretStoreRef;
}

/** What a fleet of hubs deploys, and to whom. */
export interface DeployedFleet {
  readonly components: readonly DeployedWhole[];
  readonly members: readonly RegisteredMember[];
}

/** What every member is and gets, all layers merged. @param fleet without a mistake */
export function deployedFleetOf(fleet: HubTree): DeployedFleet {
  const hub = resolveHub(fleet, modelOf(fleet), (component) => usableSelector(fleet, component));
  return { components: componentsOf(hub), members: hub.members.map((member) => registered(member, hub)) };
}

function registered({ member, labels }: ResolvedMember, { members }: ResolvedHub): RegisteredMember {
  const { name, annotations, secretRef } = member;
  const hub = members.find((one) => one.member.name === member.hub)?.member;
  const config = secretRef.store === undefined ? hub?.secretStore : hub?.secretStores[secretRef.store];
  return { member: name, labels, annotations, secret: secretRef.secret, ...(config ? { store: secretStoreRef(config, secretRef.store) } : {}) };
}

function componentsOf({ groups, members }: ResolvedHub): readonly DeployedWhole[] {
  return members.flatMap(({ member, components, releases }) =>
    groups.flatMap((group) =>
      group.components.flatMap((model): readonly DeployedWhole[] => {
        const at = components.get(model.name);
        const fields = at && model.releasesOf(at.variant).get(releases.get(group.name) ?? '');
        if (!at?.isEnabled || !fields) return [];
        const values = tryChild(at.layers.values, 'values');
        return [
          {
            member: member.name,
            group: group.name,
            component: model.name,
            argoCD: isOwnDeployer(group, member) ? member.name : member.hub,
            application: `${model.construct.applicationName}-${member.name}`,
            project: model.construct.project,
            fields,
            set: model.construct.set,
            ...(model.isChart ? { values: values === undefined ? {} : plainOf(values) } : {}),
          },
        ];
      }),
    ),
  );
}
