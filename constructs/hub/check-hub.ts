import { suggestion } from '../../layers/nearest';
import type { Problems } from '../../layers/problem';
import { isQualifiedName } from '../../layers/token';
import { checkNamespace } from '../argocd/metadata';
import { DimensionNode, nodesBelow } from '../dimension-node';
import { nodeName, objectName } from '../names';
import { problemAt } from '../origin';
import { checkLayers, checkPromotionLevel, checkSettings, checkSiblings } from '../synthesis/check-model';
import type { Model } from '../synthesis/model';
import { rootName, spokesName } from './application-set';
import { releasesName } from './component-group';
import type { HubFleet } from './hub-fleet';
import { type Member, type Misplaced, settingKeys } from './member';

/** Names of ApplicationSets and Applications that are the fleet's own. */
const reservedNames: readonly string[] = [rootName, spokesName, releasesName];

/** Finds what is wrong with the fleet as it was declared, before any value is looked at. */
export function checkHubFleet(fleet: HubFleet, model: Model, misplaced: readonly Misplaced[], problems: Problems): void {
  problems.addAll(fleet.problems);
  checkSettings(fleet, problems);
  checkPromotionLevel(fleet, problems);
  for (const { code, message, expected } of checkNamespace(fleet.platformNamespace, [])) {
    problems.add(problemAt(fleet, code, message, { at: ['platformNamespace'], expected }));
  }
  checkNodes(fleet, problems);
  checkMembers(fleet, problems);
  checkGroups(fleet, problems);
  for (const one of misplaced) addMisplaced(fleet, one, problems);
  checkLayers(fleet, model, problems);
}

function checkNodes(fleet: HubFleet, problems: Problems): void {
  if (nodesBelow(fleet).length === 0) {
    problems.add(problemAt(fleet, 'empty-hierarchy', 'the fleet has no tenants', { at: ['tenants'], expected: 'at least one tenant with an environment' }));
  }
  for (const parent of fleet.node.findAll()) checkSiblings(nodesBelow(parent), problems);
  for (const construct of fleet.node.findAll()) {
    if (!(construct instanceof DimensionNode) || nodeName.pattern.test(construct.name)) continue;
    problems.add(problemAt(construct, 'invalid-name', `'${construct.name}' cannot name a node of the fleet`, { expected: nodeName.rule }));
  }
}

function checkMembers({ members, groups }: HubFleet, problems: Problems): void {
  if (!members.some(({ kind }) => kind === 'hub') && members.length > 0) {
    problems.add({ code: 'unknown-hub', message: 'the fleet has no hub', place: [], expected: 'a file in the folder hubs, beside fleet.ts' });
  }
  const hubs = members.filter(({ kind }) => kind === 'hub').map(({ name }) => name);
  const byName = new Map<string, Member>();
  const bySecret = new Map<string, Member>();
  for (const member of members) {
    const { name, secret, hub } = member;
    if (!objectName.pattern.test(name)) {
      problems.add(problemAt(member, 'invalid-name', `'${name}' cannot name a cluster`, { expected: objectName.rule }));
    }
    const twin = byName.get(name);
    if (twin) {
      problems.add(
        problemAt(member, 'duplicate-name', `two clusters are called '${name}'`, {
          found: `the other one is ${twin.path}`,
          hint: 'Applications and folders are called after their cluster: rename or remove one of the two',
        }),
      );
    }
    byName.set(name, member);
    if (typeof secret !== 'string' || secret === '') {
      problems.add(
        problemAt(member, 'missing-field', `the cluster '${name}' has no secret`, {
          at: ['secret'],
          expected: 'the name or ARN of the secret in the secret manager that holds its server and config',
        }),
      );
    } else {
      const other = bySecret.get(secret);
      if (other && other.name !== name) {
        problems.add(
          problemAt(member, 'duplicate-secret', `the clusters '${other.name}' and '${name}' have one secret`, {
            at: ['secret'],
            found: `'${secret}' in both`,
            hint: 'they would be one cluster under two names, deployed to twice: name the secret of each',
          }),
        );
      }
      bySecret.set(secret, member);
    }
    if (member.kind === 'spoke' && hubs.length > 0 && !hubs.includes(hub)) {
      problems.add(
        problemAt(member, 'unknown-hub', hub === undefined ? `the spoke '${name}' names no hub` : `'${hub}' is no hub of the fleet`, {
          at: ['hub'],
          hint: suggestion(hub ?? '', hubs, 'hubs'),
        }),
      );
    }
  }
  if (members.length > 0 && groups.length === 0) {
    problems.add({ code: 'empty-fleet', message: 'the fleet has no group of components', place: [], expected: 'a folder beside fleet.ts, such as addons' });
  }
}

function checkGroups(fleet: HubFleet, problems: Problems): void {
  const components = new Map<string, string>();
  const labels = new Map<string, string>();
  const bootstraps = fleet.groups.filter(({ bootstrap }) => bootstrap !== undefined);
  for (const [key, pattern] of Object.entries(fleet.labels.patterns)) checkLabelPattern(fleet, key, pattern, problems);
  for (const group of fleet.groups) {
    if (!objectName.pattern.test(group.name)) {
      problems.add(problemAt(group, 'invalid-name', `'${group.name}' cannot name a group`, { expected: objectName.rule }));
    }
    const names = group.components.map(({ name }) => name);
    const isUnread = fleet.problems.some(({ file }) => file?.includes(`/${group.name}/`));
    if (names.length === 0 && !isUnread) problems.add(problemAt(group, 'empty-fleet', `the group '${group.name}' has no component`));
    for (const [key, name] of Object.entries(group.bootstrap ?? {})) {
      if (names.includes(name)) continue;
      problems.add(
        problemAt(group, 'unknown-component', `'${name}' is no component of ${group.name}`, {
          at: ['bootstrap', key],
          hint: suggestion(name, names, 'components'),
        }),
      );
    }
    addLabel(fleet.labels.release(group.name), `the release of ${group.name}`);
    if (!group.bootstrap) addLabel(fleet.labels.remoteGroup(group.name), `who deploys ${group.name}`);
    for (const component of group.components) {
      if (!objectName.pattern.test(component.name) || reservedNames.includes(component.name)) {
        const isReserved = reservedNames.includes(component.name);
        problems.add(
          problemAt(component, 'invalid-name', `'${component.name}' cannot name a component`, {
            app: component.name,
            expected: isReserved ? `another name: ${reservedNames.join(', ')} are the fleet's own` : objectName.rule,
          }),
        );
      }
      const other = components.get(component.name);
      if (other !== undefined) {
        problems.add(
          problemAt(component, 'duplicate-name', `two groups have a component called '${component.name}'`, {
            app: component.name,
            found: `another one in ${other}`,
            hint: 'its label has no group in it: rename one of them',
          }),
        );
      } else addLabel(fleet.labels.enable(component.name), component.name);
      components.set(component.name, group.name);
    }
  }
  for (const second of bootstraps.slice(1)) {
    problems.add(
      problemAt(second, 'bootstrap-group', 'two groups are the bootstrap group', { at: ['bootstrap'], found: `${bootstraps[0]?.name} and ${second.name}` }),
    );
  }

  function addLabel(label: string, meaning: string): void {
    const other = labels.get(label);
    if (other !== undefined) {
      problems.add(
        problemAt(fleet, 'computed-label', `the label '${label}' has two meanings`, {
          at: ['labelNames'],
          found: `${other}, and ${meaning}`,
          hint: 'give the labels other names',
        }),
      );
    }
    labels.set(label, meaning);
    if (label.replace(/^.*\//, '').length > 63) {
      problems.add(
        problemAt(fleet, 'name-too-long', `the label '${label}' is longer than Kubernetes allows`, {
          at: ['labelNames'],
          expected: 'at most 63 characters behind the prefix',
          hint: 'shorten the name, or its pattern',
        }),
      );
    }
  }
}

/** Labels that are made of names hold the place of the name. */
function checkLabelPattern(fleet: HubFleet, key: string, pattern: string, problems: Problems): void {
  const place = { enable: '{component}', release: '{group}', remoteGroup: '{group}' }[key];
  const label = place === undefined ? pattern : pattern.replace(place, 'x');
  if (isQualifiedName(label) && (place === undefined || pattern.includes(place))) return;
  problems.add(
    problemAt(fleet, 'invalid-name', `'${pattern}' cannot be the name of a label`, {
      at: ['labelNames', key],
      expected: `letters, digits, '-', '_' and '.'${place === undefined ? '' : `, with ${place} in it`}`,
    }),
  );
}

function addMisplaced(fleet: HubFleet, { member, at, kind }: Misplaced, problems: Problems): void {
  const name = at[1] ?? '';
  if (kind === 'twice') {
    problems.add(
      problemAt(member, 'duplicate-name', `the layer of '${member.name}' stands in two files`, {
        at,
        found: `an override at ${member.path}, too`,
        hint: at.length === 0 ? `keep one of them: ${settingKeys.join(', ')} here, or the override in the member settings` : 'keep one of them',
      }),
    );
    return;
  }
  const known = kind === 'unknown-group' ? fleet.groups.map((group) => group.name) : fleet.groups.flatMap((group) => group.components.map((one) => one.name));
  const noun = kind === 'unknown-group' ? 'group' : 'component';
  problems.add(
    problemAt(member, kind, `'${name}' is no ${noun} of the fleet`, {
      at,
      hint: suggestion(name, known, `${noun}s`),
      ...(kind === 'unknown-component' ? { expected: 'a component that a group defines' } : {}),
    }),
  );
}
