import type { Finding } from '../../../../layers/consequences';
import { membersName } from '../../../../layers/record';
import { managedGroups } from '../../resolve/resolve-members';
import type { HubSubject } from '../hub-rule';
import { valueProblem } from '../value-problem';

const conflict = {
  expected: 'one of both models: the hub deploys, or an Argo CD of the spoke',
  hint: "write `model: 'distributed'`, or `manages: []`",
};

/** A spoke that its hub deploys to manages no group itself. */
export function* modelConflicts({ fleet, members }: HubSubject): Generator<Finding> {
  for (const { member } of members) {
    const { values, problems } = member.settings;
    const { model } = values.plain;
    const manages = managedGroups(values.plain);
    const isCentralized = member.kind === 'spoke' && (model === undefined || model === 'centralized');
    if (!isCentralized || manages.length === 0 || problems.length > 0) continue;
    const message = `a centralized spoke manages ${manages.join(' and ')} itself`;
    yield valueProblem(fleet.settings, values, ['manages'], 'model-conflict', message, { target: `${membersName}/${member.path}`, ...conflict });
  }
}
