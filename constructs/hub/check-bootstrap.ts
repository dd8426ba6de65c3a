import type { Problems } from '../../layers/problem';
import { problemAt } from '../origin';
import type { GroupModel } from './components';
import type { HubFleet } from './hub-fleet';
import type { Resolved } from './hub-synthesis';
import { valueProblem } from './value-problem';

/** Whatever runs an Argo CD needs a secret store, and a distributed spoke needs its hub to deploy Argo CD and External Secrets to it. */
export function checkBootstrap(fleet: HubFleet, groups: readonly GroupModel[], resolved: readonly Resolved[], problems: Problems): void {
  for (const { member } of resolved) {
    if (member.kind === 'spoke' && member.model === 'centralized') continue;
    const { values } = member.settings;
    const report = (...[code, message, rest]: Parameters<typeof valueProblem> extends [unknown, unknown, unknown, ...infer Rest] ? Rest : never) =>
      problems.add(valueProblem(fleet.settings, values, ['secretStore'], code, message, { target: `members/${member.path}`, ...rest }));
    const store = member.secretStore as { readonly [key: string]: unknown } | undefined;
    const kinds = Object.keys(store ?? {});
    if (store === undefined) {
      report('secret-store', 'a cluster with an Argo CD has no secret store', {
        expected: "where the secret manager is: `secretStore: { aws: { region: 'eu-west-1' } }`, in the member settings or its file",
        hint: 'hubs and distributed spokes read credentials from there',
      });
    } else if (kinds.length !== 1 || !['aws', 'provider', 'existing'].includes(kinds[0] ?? '')) {
      report('secret-store', 'the secret store of a cluster cannot be read', {
        expected: "one of 'aws', 'provider' and 'existing'",
        found: kinds.join(' and ') || 'an empty map',
        hint: 'where a broader layer says another one, write `unset` for it',
      });
    }
  }
  checkDistributed(fleet, groups, resolved, problems);
}

function checkDistributed(fleet: HubFleet, groups: readonly GroupModel[], resolved: readonly Resolved[], problems: Problems): void {
  const distributed = resolved.filter(({ member }) => member.model === 'distributed');
  const [first] = distributed;
  if (!first) return;
  const group = groups.find(({ isBootstrap }) => isBootstrap);
  if (!group) {
    problems.add(
      problemAt(first.member.construct, 'bootstrap-group', 'no group brings Argo CD and External Secrets to distributed spokes', {
        expected: "a group whose defaults.ts says `bootstrap: { argoCD: 'argo-cd', externalSecrets: 'external-secrets' }`",
      }),
    );
    return;
  }
  const { argoCD, externalSecrets } = group.construct.bootstrap as NonNullable<GroupModel['construct']['bootstrap']>;
  for (const component of group.components) {
    if (component.name !== argoCD && component.name !== externalSecrets) continue;
    for (const { member, components, targets } of distributed) {
      const target = targets.get(group.name);
      if (components.get(component.name)?.isEnabled !== false || !target) continue;
      const { values } = component.app.resolver.at(target);
      problems.add(
        valueProblem(component.construct, values, ['enabled'], 'bootstrap-group', `a distributed spoke cannot do without '${component.name}'`, {
          app: component.name,
          target: `${group.name}/${member.path}`,
          hint: "enable it there, or let the hub deploy: `model: 'centralized'`",
        }),
      );
    }
    if (component.name !== argoCD) continue;
    for (const [release, { namespace }] of component.releases) {
      if (namespace === fleet.platformNamespace) continue;
      problems.add(
        problemAt(component.construct, 'bootstrap-group', `Argo CD would run where it does not see its Applications`, {
          app: component.name,
          expected: `the platform namespace, '${fleet.platformNamespace}'`,
          found: `'${namespace}', in the release '${release}'`,
          hint: 'leave `namespace` out here, or set `platformNamespace` in fleet.ts',
        }),
      );
    }
  }
}
