import { membersName } from '../../../layers/record';
import type { ClusterTypeModel, Model } from '../../resolve/model';
import type { MemberFacts, Target } from '../../tree/config/target';
import type { MemberModel } from './member-model';
import { noStrings } from './string-map';

/** Targets that tell what their clusters are. Member settings are resolved before that is known. */
export function withFacts(model: Model, members: readonly MemberModel[]): Model {
  const facts = new Map(members.map((member) => [member.path, member.facts]));
  const known = (type: ClusterTypeModel): readonly Target[] =>
    type.targets.flatMap((target) => {
      const own = facts.get(target.path);
      if (!own) return [];
      return [
        targetOf(target, type.name === membersName ? { kind: own.kind, hub: own.hub, model: 'centralized', labels: noStrings, annotations: noStrings } : own),
      ];
    });
  return { ...model, clusterTypes: model.clusterTypes.map((type) => ({ ...type, targets: known(type) })) };
}

/** A target with what its cluster tells besides. */
export function targetOf(target: Target, facts: MemberFacts): Target {
  // Where no fleet is registered, a target is typed as a map of texts.
  const known: object = Object.freeze({ ...target, ...facts });
  return known as Target;
}
