import { plainOf, tryFindNode } from '../../layers/node';
import type { Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import type { ComponentModel, GroupModel } from './components';
import type { HubFleet } from './hub-fleet';
import type { Resolved } from './hub-synthesis';
import { fieldPlace } from './released-component';
import { isReported, valueProblem } from './value-problem';

/** Whatever runs an Argo CD needs a secret store, and a distributed spoke needs its hub to deploy Argo CD and External Secrets to it. */
export function checkBootstrap(fleet: HubFleet, groups: readonly GroupModel[], resolved: readonly Resolved[], problems: Problems): void {
  for (const { member } of resolved) {
    const { values, problems: thrown } = member.settings;
    const hasArgoCD = member.kind === 'hub' || member.model === 'distributed';
    if (!hasArgoCD || member.secretStore !== undefined || thrown.length > 0 || fleet.isUnread('members', 'settings')) continue;
    if (isReported(fleet, fleet.settings, ['secretStore'])) continue;
    problems.add(
      valueProblem(fleet.settings, values, ['secretStore'], 'secret-store', 'a cluster with an Argo CD has no secret store', {
        target: `members/${member.path}`,
        expected: "where the secret manager is: `secretStore: { aws: { region: 'eu-west-1' } }`, in the member settings or its file",
        hint: 'hubs and distributed spokes read credentials from there',
      }),
    );
  }
  const group = groups.find(({ isBootstrap }) => isBootstrap);
  if (group) checkNamespaces(fleet, group, problems);
  checkDistributed(fleet, group, resolved, problems);
}

/** An Argo CD sees Applications in its own namespace. */
function checkNamespaces({ platformNamespace }: HubFleet, { construct: group, components }: GroupModel, problems: Problems): void {
  for (const { construct, name, releases } of components) {
    if (name !== group.bootstrap?.argoCD) continue;
    for (const [release, { namespace }] of releases) {
      // An empty one could not be read.
      if (namespace === platformNamespace || namespace === '') continue;
      const place = fieldPlace(group, construct, release, 'namespace');
      problems.add(
        problemAt(place.construct, 'bootstrap-group', 'Argo CD would run where it does not see its Applications', {
          app: name,
          at: place.at,
          expected: `the platform namespace, '${platformNamespace}'`,
          found: `'${namespace}'`,
          hint: 'leave `namespace` out here, or set `platformNamespace` in fleet.ts',
        }),
      );
    }
  }
}

function checkDistributed(fleet: HubFleet, group: GroupModel | undefined, resolved: readonly Resolved[], problems: Problems): void {
  const distributed = resolved.filter(({ member }) => member.model === 'distributed');
  const [first] = distributed;
  if (!first) return;
  if (group) {
    for (const component of group.components) checkEnabled(group, component, distributed, problems);
    return;
  }
  if (fleet.groups.some(({ name }) => fleet.isUnread(name, 'defaults'))) return;
  problems.add(
    problemAt(first.member.construct, 'bootstrap-group', 'no group brings Argo CD and External Secrets to distributed spokes', {
      target: `members/${first.member.path}`,
      targets: distributed.length,
      expected: "a group whose defaults.ts says `bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' }`",
    }),
  );
}

function checkEnabled(group: GroupModel, { name, construct, app, selector }: ComponentModel, distributed: readonly Resolved[], problems: Problems): void {
  const { argoCD, externalSecrets } = group.construct.bootstrap as NonNullable<GroupModel['construct']['bootstrap']>;
  if (name !== argoCD && name !== externalSecrets) return;
  for (const { member, components, targets } of distributed) {
    const target = targets.get(group.name);
    if (components.get(name)?.isEnabled !== false || !target) continue;
    const { values } = app.resolver.at(target);
    const enabled = tryFindNode(values, ['enabled']);
    const said = enabled && plainOf(enabled);
    // What is neither true nor false is reported as such.
    if (said !== undefined && typeof said !== 'boolean') continue;
    const message = `a distributed spoke cannot do without '${name}'`;
    const rest = { app: name, target: `${group.name}/${member.path}` };
    const hint = "or let the hub deploy: `model: 'centralized'`";
    problems.add(
      said && selector
        ? problemAt(construct, 'bootstrap-group', message, {
            ...rest,
            at: ['selector'],
            found: 'a selector that leaves it out',
            hint: `let it in there, ${hint}`,
          })
        : valueProblem(construct, values, ['enabled'], 'bootstrap-group', message, { ...rest, hint: `enable it there, ${hint}` }),
    );
  }
}
