import { placeKey } from '../../layers/config-files';
import { suggestion } from '../../layers/nearest';
import { Problems } from '../../layers/problem';
import { checkNamespace } from '../argocd/metadata';
import { DimensionNode, nodesBelow } from '../dimension-node';
import { nodeName } from '../names';
import { originOf, problemAt } from '../origin';
import { Override } from '../override';
import { Patch } from '../patch';
import { checkLayers, checkPromotionLevel, checkSettings, checkSiblings } from '../synthesis/check-model';
import type { Model } from '../synthesis/model';
import { checkGroups } from './check-groups';
import { checkLabelNames } from './check-label-names';
import { checkMembers } from './check-members';
import type { HubFleet } from './hub-fleet';
import { Member, type Misplaced, settingKeys } from './member';
import { noTenants } from './tenants-from-config';

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
  checkLabelNames(fleet, problems);
  for (const one of misplaced) addMisplaced(fleet, one, problems);
  addLayerProblems(fleet, model, problems);
}

function checkNodes(fleet: HubFleet, problems: Problems): void {
  if (nodesBelow(fleet).length === 0 && !fleet.isUnread('tenants')) {
    problems.add(problemAt(fleet, 'empty-hierarchy', noTenants.message, { expected: noTenants.expected }));
  }
  for (const parent of fleet.node.findAll()) checkSiblings(nodesBelow(parent), problems);
  for (const construct of fleet.node.findAll()) {
    // Clusters have a rule of their own.
    if (!(construct instanceof DimensionNode) || construct instanceof Member || nodeName.pattern.test(construct.name)) continue;
    const kind = construct.node.scope === fleet ? 'a tenant' : 'an environment';
    problems.add(problemAt(construct, 'invalid-name', `'${construct.name}' cannot name ${kind}`, { expected: nodeName.rule }));
  }
}

/** Overrides and patches as in every fleet, but for paths of clusters that could not be read, and for places where no cluster is yet. */
function addLayerProblems(fleet: HubFleet, model: Model, problems: Problems): void {
  const found = new Problems();
  checkLayers(fleet, model, found);
  const excused = new Set(fleet.node.findAll().flatMap((construct) => placesOfUnread(fleet, construct)));
  problems.addAll(
    found.sorted().filter(({ code, file, place = [] }) => {
      if (code === 'path-without-target') return false;
      return code !== 'unknown-path' || !(fleet.isUnread('tenants') || excused.has(placeKey([file ?? '', ...place])));
    }),
  );
}

/** Where a layer names the path of a cluster of which is not known where it belongs. */
function placesOfUnread(fleet: HubFleet, construct: unknown): readonly string[] {
  const isUnread = (path: string) => {
    const [, , name] = path.split('/');
    return name !== undefined && (fleet.isUnread('spokes', name) || fleet.isUnread('hubs', name));
  };
  const keyAt = (layer: Override | Patch, at: readonly string[]) => {
    const { file, place } = originOf(layer, at);
    return placeKey([file ?? '', ...place]);
  };
  if (construct instanceof Override) return isUnread(construct.path) ? [keyAt(construct, [])] : [];
  if (!(construct instanceof Patch)) return [];
  return construct.rolledOutTo.flatMap((path, index) => (isUnread(path) ? [keyAt(construct, ['rolledOutTo', String(index)])] : []));
}

function addMisplaced(fleet: HubFleet, { member, at, kind, twin }: Misplaced, problems: Problems): void {
  const name = at[1] ?? '';
  if (kind === 'twice') {
    const { file, place } = twin ? originOf(twin) : { place: [] };
    problems.add(
      problemAt(member, 'duplicate-name', `the layer of '${member.name}' stands in two files`, {
        at,
        found: `${place.join('.')}${file === undefined ? '' : ` in ${file}`}, too`,
        hint: at.length === 0 ? `keep one of them: ${settingKeys.join(', ')} here, or the override there` : 'keep one of them',
      }),
    );
    return;
  }
  const { groups } = fleet;
  if (kind === 'unknown-group') {
    const known = groups.map((group) => group.name);
    problems.add(problemAt(member, kind, `'${name}' is no group of the fleet`, { at, hint: suggestion(name, known, 'groups') }));
    return;
  }
  if (groups.some((group) => fleet.isUnread(group.name, name))) return;
  const known = groups.flatMap((group) => group.components.map((component) => component.name));
  problems.add(
    problemAt(member, kind, `'${name}' is no component of the fleet`, {
      at,
      expected: 'a component that a group defines',
      hint: suggestion(name, known, 'components'),
    }),
  );
}
