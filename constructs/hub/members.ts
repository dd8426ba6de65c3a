import { suggestion } from '../../layers/nearest';
import { describe, isMap } from '../../layers/plain-data';
import type { Problem, Problems } from '../../layers/problem';
import type { Resolved } from '../../layers/resolve';
import { checkLabels } from '../argocd/metadata';
import type { AppModel, ClusterTypeModel, Model } from '../synthesis/model';
import type { MemberFacts, Target } from '../target';
import { checkRepositories } from './check-repositories';
import type { ComponentGroup } from './component-group';
import type { Model as DeploymentModel } from './hub-config';
import type { HubFleet } from './hub-fleet';
import { word } from './labels';
import { type Member, settingKeys } from './member';
import { membersName } from './member-settings';
import type { RepositoryConfig } from './repositories';
import type { SecretStoreConfig } from './secret-store';
import { valueProblem } from './value-problem';

type Text = { readonly [key: string]: string };

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
  return fleet.members.flatMap((member) => {
    const target = targets.get(member.path);
    return target ? [resolveMember(fleet, member, target, settings, problems)] : [];
  });
}

function resolveMember(fleet: HubFleet, construct: Member, target: Target, settings: AppModel, problems: Problems): MemberModel {
  const { kind, hub, name, path } = construct;
  const resolved = settings.resolver.at(targetOf(target, { kind, hub, model: 'centralized', labels: noText, annotations: noText }));
  const { values } = resolved;
  const at = `${membersName}/${path}`;
  const report = (keys: readonly string[], code: Problem['code'], message: string, rest: Partial<Problem> = {}) =>
    problems.add(valueProblem(settings.construct, values, keys, code, message, { target: at, ...rest }));
  for (const problem of resolved.problems) problems.add({ ...problem, target: at });
  for (const key of values.keys) {
    if (!(settingKeys as readonly string[]).includes(key)) {
      report([key], 'unknown-key', `'${key}' is no setting of members`, { hint: suggestion(key, settingKeys, 'settings') });
    }
  }
  const plain = values.plain as { readonly [key: string]: unknown };
  const texts = (key: 'labels' | 'annotations'): Text => {
    const map = plain[key];
    if (map === undefined) return noText;
    if (!isMap(map)) report([key], 'wrong-type', `'${key}' has the wrong type`, { expected: 'a map of strings', found: describe(map) });
    const entries = Object.entries(isMap(map) ? map : {});
    for (const [name, value] of entries) {
      if (typeof value !== 'string') {
        report([key, name], 'wrong-type', `the value of '${name}' has the wrong type`, { expected: "a string: 'true' and not true", found: describe(value) });
      }
    }
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  };
  const ownLabels = texts('labels');
  const annotations = texts('annotations');
  for (const { path: keys, code, message, ...rest } of checkLabels(ownLabels, annotations)) report(keys, code, message, rest);
  checkComputed(fleet, ownLabels, report);
  const { model, manages } = deploymentOf(fleet, construct, plain, report);
  for (const { path: keys, message, ...rest } of checkRepositories(plain.repositories)) report(keys, 'wrong-type', message, rest);
  return {
    construct,
    name,
    kind,
    path,
    hub,
    model,
    manages,
    ownLabels,
    annotations,
    repositories: (plain.repositories ?? {}) as MemberModel['repositories'],
    secretStore: plain.secretStore as SecretStoreConfig | undefined,
    settings: resolved,
    facts: { kind, hub, model, labels: ownLabels, annotations },
  };
}

type Report = (keys: readonly string[], code: Problem['code'], message: string, rest?: Partial<Problem>) => void;

/** A label that is computed says what is deployed; written by hand it could say otherwise. */
function checkComputed({ labels, groups }: HubFleet, own: Text, report: Report): void {
  const components = new Map(groups.flatMap((group) => group.components.map((component) => [labels.enable(component.name), component.name] as const)));
  const computed = new Map<string, string>([
    ['argocd.argoproj.io/secret-type', 'it is what makes the secret a cluster'],
    [labels.member, 'it follows from the folder of the file: hubs or spokes'],
    [labels.tenant, 'write `tenant`'],
    [labels.environment, 'write `environment`'],
    [labels.remoteArgo, "write `model: 'distributed'` or `model: 'centralized'`"],
    ...groups.flatMap(({ name }): readonly [string, string][] => [
      [labels.remoteGroup(name), `write \`manages: ['${name}']\``],
      [labels.release(name), `write \`groups: { ${quotedKey(name)}: { release: '…' } }\`, or a layer in the group's releases.ts`],
    ]),
    ...[...components].map(([label, name]): [string, string] => [
      label,
      `write \`components: { ${quotedKey(name)}: { enabled: true } }\`, or a layer in the component's file`,
    ]),
  ]);
  for (const label of Object.keys(own)) {
    const hint = computed.get(label);
    if (hint !== undefined) {
      report(['labels', label], 'computed-label', `the label '${label}' is computed`, { hint });
      continue;
    }
    const component = labels.tryComponentOf(label);
    if (component === undefined) continue;
    report(['labels', label], 'unknown-component', `the label '${label}' enables a component that no group defines`, {
      hint: suggestion(component, [...components.values()].map(word), 'components'),
    });
  }
}

function quotedKey(name: string): string {
  return /^[a-z]\w*$/.test(name) ? name : `'${name}'`;
}

function deploymentOf(
  fleet: HubFleet,
  { name, kind }: Member,
  { model, manages }: { readonly [key: string]: unknown },
  report: Report,
): { readonly model: DeploymentModel; readonly manages: ReadonlySet<string> } {
  const isModel = model === undefined || model === 'centralized' || model === 'distributed';
  if (!isModel) {
    report(['model'], 'wrong-type', `the model of '${name}' cannot be read`, { expected: "'centralized' or 'distributed'", found: describe(model) });
  }
  const isList = manages === undefined || (Array.isArray(manages) && manages.every((group) => typeof group === 'string'));
  if (!isList) report(['manages'], 'wrong-type', `what '${name}' manages cannot be read`, { expected: 'a list of groups', found: describe(manages) });
  // A layer of many members may say what it says of spokes: a hub deploys to itself.
  if (kind === 'hub') return { model: 'centralized', manages: new Set() };
  const groups = isList && Array.isArray(manages) ? (manages as readonly string[]) : [];
  const known = fleet.groups.filter((group: ComponentGroup) => !group.bootstrap).map((group) => group.name);
  for (const [index, group] of groups.entries()) {
    if (known.includes(group)) continue;
    const isBootstrap = fleet.groups.some((candidate) => candidate.name === group);
    report(['manages', String(index)], 'unknown-group', `'${name}' cannot manage '${group}'`, {
      ...(isBootstrap ? { hint: 'the hub deploys the bootstrap group, always' } : { hint: suggestion(group, known, 'groups') }),
    });
  }
  if (model !== 'distributed' && isModel && groups.length > 0) {
    report(['manages'], 'model-conflict', `'${name}' is centralized, and manages ${groups.join(' and ')} itself`, {
      expected: 'one of both models: the hub deploys, or an Argo CD of the spoke',
      hint: "write `model: 'distributed'`, or `manages: []`",
    });
  }
  return { model: model === 'distributed' ? 'distributed' : 'centralized', manages: new Set(model === 'distributed' ? groups : []) };
}

/** A target with what its cluster tells besides. */
export function targetOf(target: Target, facts: MemberFacts): Target {
  return Object.freeze({ ...target, ...facts });
}
