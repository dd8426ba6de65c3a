import type { OutputFolder } from '../../layers/output';
import { Problems } from '../../layers/problem';
import { plural } from '../../layers/problem-text';
import { remarksOn } from '../argocd/manifest-rules';
import { problemAt } from '../origin';
import { checkRollouts } from '../synthesis/check-rollouts';
import { FleetOutput } from '../synthesis/fleet-output';
import { type ClusterTypeModel, type Model, modelOf, staticProblems } from '../synthesis/model';
import { secondAnswers } from '../synthesis/second-answers';
import type { Target } from '../target';
import { ArgoCDs } from './argo-cds';
import { checkApplicationNames } from './check-application-names';
import { checkBootstrap } from './check-bootstrap';
import { checkHubFleet } from './check-hub';
import { checkReleaseLayers, checkUnused } from './check-releases';
import { checkRepositoryTypes } from './check-repository-types';
import { checkSchema } from './check-schema';
import { checkHubSilences, checkSecretValues } from './check-secret-values';
import { checkSecrets } from './check-secrets';
import { checkSources } from './check-sources';
import { ComponentGroup } from './component-group';
import { type ComponentAt, ComponentValues, checkComponentLayers } from './component-values';
import { type GroupModel, groupModel } from './components';
import { proveDeployments, type Wanted } from './deployments';
import { HubFiles } from './hub-files';
import type { HubFleet } from './hub-fleet';
import { declareClusterLayers } from './member';
import { membersName } from './member-settings';
import { memberViews } from './member-views';
import { type MemberModel, resolveMembers, targetOf } from './members';
import { releaseAt } from './releases';
import { matches } from './selector';
import { checkStatements, statementsOf } from './statements';

/** A member with everything that follows from its layers. */
export interface Resolved {
  readonly member: MemberModel;
  /** By group, as the group's layers see it. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly releases: ReadonlyMap<string, string>;
  /** What it gets of every component of the fleet. */
  readonly components: ReadonlyMap<string, ComponentAt>;
  /** Components that it would get but for their selectors. */
  readonly excluded: ReadonlySet<string>;
  /** All labels of its cluster secret. */
  readonly labels: { readonly [label: string]: string };
}

/**
 * Turns a fleet of hubs and spokes into files: settings first, for they decide who deploys; then releases and components,
 * from which the labels follow; then what every Argo CD gets, which is proved before anything is given out.
 */
export class HubSynthesis {
  readonly #fleet: HubFleet;

  constructor(fleet: HubFleet) {
    this.#fleet = fleet;
  }

  /** @throws FleetError with every mistake of the whole fleet */
  run(progress: (done: number, all: number) => void = () => {}): FleetOutput {
    const fleet = this.#fleet;
    const problems = new Problems();
    const misplaced = declareClusterLayers(fleet);
    fleet.node.lock();
    const declared = modelOf(fleet, () => []);
    checkHubFleet(fleet, declared, misplaced, problems);
    for (const { apps } of declared.clusterTypes) for (const app of apps) problems.addAll(staticProblems(app));
    const members = resolveMembers(fleet, declared, problems);
    const model = withFacts(declared, members);
    checkRollouts(model, problems);
    const groups = model.clusterTypes.filter(({ construct }) => construct instanceof ComponentGroup).map((type) => groupModel(fleet, type, problems));
    const resolved = this.#resolve(members, groups, problems, progress);
    for (const group of groups) {
      checkReleaseLayers(fleet, group, problems);
      for (const component of group.components) checkComponentLayers(component, problems);
    }
    const statements = checkStatements(statementsOf(fleet), problems);
    checkSchema(groups, statements, problems);
    checkSources(fleet, groups, problems);
    checkRepositoryTypes(fleet, groups, resolved, problems);
    checkSecretValues(fleet, model, statements, problems);
    checkSecrets(resolved, problems);
    checkBootstrap(fleet, groups, resolved, problems);
    checkApplicationNames(groups, resolved, problems);
    problems.addAll(secondAnswers(model));
    // What cannot be resolved has been reported; what Argo CD would do with it says nothing new.
    problems.throwIfAny();
    this.#checkSelectors(groups, resolved, problems);
    for (const group of groups) checkUnused(group, new Set(resolved.map(({ releases }) => releases.get(group.name) ?? '')), problems);
    const argoCDs = new ArgoCDs(fleet, groups, resolved);
    const { deployments, problems: refuted } = proveDeployments(argoCDs.all, wanted(groups, resolved));
    problems.addAll(refuted);
    const files = new HubFiles(fleet, groups, resolved, argoCDs.all, deployments);
    for (const { manifest, origin } of files.manifests()) {
      for (const { code, message, path, isCause: _, ...rest } of remarksOn({ maker: 'hub', written: manifest, manifest })) {
        problems.add({ code, message, ...rest, file: origin.file, place: [...origin.place, ...(origin.file === undefined ? path : [])] });
      }
    }
    checkHubSilences(fleet, problems);
    problems.throwIfAny();
    return new FleetOutput({
      model,
      warnings: problems.sorted(),
      targets: members.length,
      folder: (clusterType, target): OutputFolder => files.effects(clusterType.name, target.path),
      folders: () => files.folders(),
      tokens: () => [],
      members: () => memberViews(model, groups, resolved, deployments),
    });
  }

  #resolve(
    members: readonly MemberModel[],
    groups: readonly GroupModel[],
    problems: Problems,
    progress: (done: number, all: number) => void,
  ): readonly Resolved[] {
    const values = new ComponentValues(this.#fleet);
    const targets = groups.map(({ clusterType }) => new Map(clusterType.targets.map((target) => [target.path, target])));
    return members.map((member, done) => {
      const own = new Map(groups.map(({ name }, index) => [name, targets[index]?.get(member.path) as Target]));
      const releases = new Map<string, string>();
      const components = new Map<string, ComponentAt>();
      for (const group of groups) {
        const target = own.get(group.name) as Target;
        const release = releaseAt(this.#fleet, group, target, problems);
        if (release !== undefined) releases.set(group.name, release);
        for (const component of group.components) components.set(component.name, values.at(component, target, problems));
      }
      progress(done + 1, members.length);
      return { member, targets: own, releases, ...this.#labels(member, groups, releases, components) };
    });
  }

  /** A component that is enabled and that no selector lets anybody have was forgotten, or its selector is misspelt. */
  #checkSelectors(groups: readonly GroupModel[], resolved: readonly Resolved[], problems: Problems): void {
    for (const { construct, name, selector, label } of groups.flatMap(({ components }) => components)) {
      const wanting = resolved.filter(({ excluded }) => excluded.has(name)).length;
      if (!selector || wanting === 0 || resolved.some(({ labels }) => labels[label] === 'true')) continue;
      problems.add(
        problemAt(construct, 'selector-unmatched', `the selector of '${name}' matches no member`, {
          severity: 'warning',
          app: name,
          at: ['selector'],
          found: `${plural(wanting, 'member')} would get it otherwise`,
          hint: 'members have the labels of their settings, besides those that are computed',
        }),
      );
    }
  }

  /** The labels that follow, and the components narrowed to those whose selectors these satisfy. */
  #labels(
    member: MemberModel,
    groups: readonly GroupModel[],
    releases: ReadonlyMap<string, string>,
    components: ReadonlyMap<string, ComponentAt>,
  ): Pick<Resolved, 'components' | 'labels' | 'excluded'> {
    const { labels: rules } = this.#fleet;
    const [tenant = '', environment = ''] = member.path.split('/');
    const labels: { [label: string]: string } = {
      ...member.ownLabels,
      [rules.member]: member.kind,
      [rules.tenant]: tenant,
      [rules.environment]: environment,
      [rules.remoteArgo]: String(member.model === 'distributed'),
    };
    for (const group of groups) {
      if (!group.isBootstrap) labels[rules.remoteGroup(group.name)] = String(member.manages.has(group.name));
      labels[rules.release(group.name)] = releases.get(group.name) ?? '';
      for (const { name, label } of group.components) labels[label] = components.get(name)?.isEnabled ? 'true' : 'false';
    }
    const excluded = new Map<string, ComponentAt>();
    for (const group of groups) {
      for (const { name, selector } of group.components) {
        const at = components.get(name);
        if (at?.isEnabled && selector && !matches(selector, labels)) excluded.set(name, { ...at, isEnabled: false });
      }
    }
    for (const group of groups) for (const { name, label } of group.components) if (excluded.has(name)) labels[label] = 'false';
    const sorted: { [key: string]: string } = {};
    for (const label of Object.keys(labels).sort()) sorted[label] = labels[label] as string;
    return { components: excluded.size === 0 ? components : new Map([...components, ...excluded]), labels: sorted, excluded: new Set(excluded.keys()) };
  }
}

/** Targets that tell what their clusters are. Member settings are resolved before that is known. */
function withFacts(model: Model, members: readonly MemberModel[]): Model {
  const facts = new Map(members.map((member) => [member.path, member.facts]));
  const known = (type: ClusterTypeModel): readonly Target[] =>
    type.targets.flatMap((target) => {
      const own = facts.get(target.path);
      if (!own) return [];
      return [targetOf(target, type.name === membersName ? { kind: own.kind, hub: own.hub, model: 'centralized', labels: {}, annotations: {} } : own)];
    });
  return { ...model, clusterTypes: model.clusterTypes.map((type) => ({ ...type, targets: known(type) })) };
}

function* wanted(groups: readonly GroupModel[], resolved: readonly Resolved[]): Generator<Wanted> {
  for (const { member, components, releases } of resolved) {
    for (const group of groups) {
      const isOwn = member.kind === 'hub' || (!group.isBootstrap && member.manages.has(group.name));
      const [deployer, release] = [isOwn ? member.name : member.hub, releases.get(group.name) as string];
      for (const component of group.components) {
        if (components.get(component.name)?.isEnabled) yield { member, group, component, deployer, release };
      }
    }
  }
}
