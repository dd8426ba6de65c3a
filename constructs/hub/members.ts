import type { Problem, Problems } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import type { AppModel, ClusterTypeModel, Model } from '../synthesis/model';
import type { MemberFacts, Target } from '../target';
import { checkSettingsLayers, settingsProblems, type Text, textsOf } from './check-settings';
import type { Model as DeploymentModel } from './hub-config';
import type { HubFleet } from './hub-fleet';
import type { Member } from './member';
import { membersName } from './member-settings';
import type { RepositoryConfig } from './repositories';
import type { SecretStoreConfig } from './secret-store';
import { told } from './told';
import { valueProblem } from './value-problem';

/** A hub or spoke as it is registered, apart from groups and components. */
export interface MemberModel {
  readonly construct: Member;
  readonly name: string;
  readonly kind: 'hub' | 'spoke';
  readonly path: string;
  readonly hub: string;
  readonly model: DeploymentModel;
  /** The groups that its own Argo CD deploys; none where it has none. A hub's deploys all. */
  readonly manages: ReadonlySet<string>;
  /** Labels that nobody computes. */
  readonly ownLabels: Text;
  readonly annotations: Text;
  readonly repositories: { readonly [name: string]: RepositoryConfig };
  readonly secretStore?: SecretStoreConfig;
  readonly settings: Resolved;
  /** What functions of the target receive besides. */
  readonly facts: MemberFacts;
}

const noText: Text = Object.freeze({});

/** Resolves the settings of every member, in sequence, and checks them. */
export function resolveMembers(fleet: HubFleet, model: Model, problems: Problems): readonly MemberModel[] {
  const clusterType = model.clusterTypes.find(({ name }) => name === membersName) as ClusterTypeModel;
  const [settings] = clusterType.apps as readonly [AppModel];
  const targets = new Map(clusterType.targets.map((target) => [target.path, target]));
  const checked: Checked = new WeakMap();
  const members = fleet.members.flatMap((member) => {
    const target = targets.get(member.path);
    return target ? [resolveMember(fleet, member, target, settings, checked, problems)] : [];
  });
  checkSettingsLayers(fleet, settings, problems);
  return members;
}

/** Members with the same layers have the same settings, and the same mistakes. */
type Checked = WeakMap<Resolved, readonly Problem[]>;

function resolveMember(fleet: HubFleet, construct: Member, target: Target, settings: AppModel, checked: Checked, problems: Problems): MemberModel {
  const { kind, hub, name, path } = construct;
  const resolved = settings.resolver.at(targetOf(target, { kind, hub, model: 'centralized', labels: noText, annotations: noText }));
  const { values } = resolved;
  const at = `${membersName}/${path}`;
  const known = checked.get(resolved) ?? settingsProblems(fleet, resolved);
  checked.set(resolved, known);
  for (const problem of known) problems.add({ ...problem, target: at });
  const plain = values.plain as { readonly [key: string]: unknown };
  const ownLabels = textsOf(plain.labels);
  const annotations = textsOf(plain.annotations);
  const manages = Array.isArray(plain.manages) ? plain.manages.filter((group): group is string => typeof group === 'string') : [];
  // A layer of many members may say what it says of spokes: a hub deploys to itself.
  const isDistributed = kind === 'spoke' && plain.model === 'distributed';
  const isCentralized = kind === 'spoke' && (plain.model === undefined || plain.model === 'centralized');
  if (isCentralized && manages.length > 0 && resolved.problems.length === 0) {
    problems.add(
      valueProblem(settings.construct, values, ['manages'], 'model-conflict', `a centralized spoke manages ${manages.join(' and ')} itself`, {
        target: at,
        ...conflict,
      }),
    );
  }
  const model = isDistributed ? 'distributed' : 'centralized';
  return {
    construct,
    name,
    kind,
    path,
    hub,
    model,
    manages: new Set(isDistributed ? manages : []),
    ownLabels,
    annotations,
    repositories: (plain.repositories ?? {}) as MemberModel['repositories'],
    secretStore: plain.secretStore as SecretStoreConfig | undefined,
    settings: resolved,
    facts: { kind, hub, model, labels: told('label', ownLabels), annotations: told('annotation', annotations) },
  };
}

const conflict = {
  expected: 'one of both models: the hub deploys, or an Argo CD of the spoke',
  hint: "write `model: 'distributed'`, or `manages: []`",
};

/** A target with what its cluster tells besides. */
export function targetOf(target: Target, facts: MemberFacts): Target {
  // Where no fleet is registered, a target is typed as a map of texts.
  return Object.freeze({ ...target, ...facts }) as unknown as Target;
}
