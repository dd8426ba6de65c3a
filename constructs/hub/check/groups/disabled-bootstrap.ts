import type { Finding } from '../../../../layers/consequences';
import { plainOf, tryFindNode } from '../../../../layers/node';
import { problemAt } from '../../../tree/origin';
import type { ComponentModel } from '../../resolve/group-model';
import type { ResolvedMember } from '../../resolve/resolved-hub';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';

/** Distributed spokes get Argo CD and External Secrets, whatever layers say. */
export function* disabledBootstrap({ groups, members }: HubSubject): Generator<Finding> {
  const group = groups.find(({ isBootstrap }) => isBootstrap);
  const { argoCD, externalSecrets } = group?.construct.bootstrap ?? {};
  for (const component of group?.components ?? []) {
    if (component.name !== argoCD && component.name !== externalSecrets) continue;
    for (const member of members) {
      if (member.member.model !== 'distributed' || member.components.get(component.name)?.isEnabled !== false) continue;
      const problem = disabledAt(component, member);
      if (problem) yield { ...problem, app: component.name, target: `${group?.name}/${member.member.path}` };
    }
  }
}

function disabledAt({ name, construct, selector }: ComponentModel, { components }: ResolvedMember): Finding | undefined {
  const values = components.get(name)?.layers.values;
  if (!values) return undefined;
  const enabled = tryFindNode(values, ['enabled']);
  const said = enabled && plainOf(enabled);
  // What is neither true nor false is reported as such.
  if (said !== undefined && typeof said !== 'boolean') return undefined;
  const message = `a distributed spoke cannot do without '${name}'`;
  const hint = "or let the hub deploy: `model: 'centralized'`";
  if (!said || !selector) return valueProblem(construct, values, ['enabled'], 'bootstrap-group', message, { hint: `enable it there, ${hint}` });
  const found = 'a selector that leaves it out';
  return problemAt(construct, 'bootstrap-group', message, { at: ['selector'], found, hint: `let it in there, ${hint}` });
}
