import { plainOf, tryChild } from '../../layers/node';
import { modelOf } from '../resolve/model';
import { usableSelector } from './check/components/component-selectors';
import { isOwnDeployer } from './resolve/group-model';
import type { ReleasedComponent } from './resolve/released-component';
import { resolveHub } from './resolve/resolve-hub';
import type { Component } from './tree/component';
import type { HubTree } from './tree/hub-tree';

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

/** What every member gets, all layers merged. @param fleet without a mistake */
export function deployedComponentsOf(fleet: HubTree): readonly DeployedWhole[] {
  const { groups, members } = resolveHub(fleet, modelOf(fleet), (component) => usableSelector(fleet, component));
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
