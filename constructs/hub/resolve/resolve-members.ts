import { getOr } from '../../../layers/get-or';
import { isMap, withoutUndefined } from '../../../layers/plain-data';
import { membersName } from '../../../layers/record';
import type { Resolved } from '../../../layers/resolver';
import type { AppModel } from '../../resolve/app-model';
import type { ClusterTypeModel, Model } from '../../resolve/model';
import { outputFolder } from '../../tree/fleet-tree';
import { type ClusterHome, homeKey } from '../tree/cluster-home';
import type { HubTree } from '../tree/hub-tree';
import type { Member } from '../tree/member';
import type { ClusterSecretRef } from '../tree/secret-ref';
import type { MemberModel } from './member-model';
import { targetOf } from './member-targets';
import { refuseUnknown } from './refuse-unknown';
import { noStrings, stringsIn } from './string-map';

/** Resolves the settings of every member, in sequence. */
export function resolveMembers(fleet: HubTree, model: Model): readonly MemberModel[] {
  const { targets } = membersIn(model);
  const settings = settingsIn(model);
  const byPath = new Map(targets.map((target) => [target.path, target]));
  const homes = new Map<string, ClusterHome>([[homeKey(fleet), fleet]]);
  return fleet.members.flatMap((member) => {
    const target = byPath.get(member.path);
    if (!target) return [];
    const resolved = settings.resolver.at(
      targetOf(target, { kind: member.kind, hub: member.hub, model: 'centralized', labels: noStrings, annotations: noStrings }),
    );
    const home = homeOf(fleet, resolved.values.plain);
    return [
      memberModel(
        member,
        resolved,
        getOr(homes, homeKey(home), () => home),
      ),
    ];
  });
}

/** The layers of the member settings. */
export function settingsIn(model: Model): AppModel {
  const [settings] = membersIn(model).apps;
  return settings as AppModel;
}

function membersIn(model: Model): ClusterTypeModel {
  return model.clusterTypes.find(({ name }) => name === membersName) as ClusterTypeModel;
}

/** The groups that a spoke names as those that it deploys itself. */
export function managedGroups({ manages }: { readonly manages?: unknown }): readonly string[] {
  return Array.isArray(manages) ? manages.filter((group): group is string => typeof group === 'string') : [];
}

/** What is no text, or an empty one, was reported: the fleet's holds then. */
function homeOf(fleet: HubTree, said: { readonly [key: string]: unknown }): ClusterHome {
  const text = (key: keyof ClusterHome) => (typeof said[key] === 'string' && said[key] !== '' ? said[key] : fleet[key]);
  return { repository: text('repository'), revision: text('revision'), path: outputFolder(text('path')), platformNamespace: text('platformNamespace') };
}

function memberModel(construct: Member, resolved: Resolved, home: ClusterHome): MemberModel {
  const { kind, hub, name, path } = construct;
  const plain: { readonly [key: string]: unknown } = resolved.values.plain;
  const ownLabels = stringsIn(plain.labels);
  const annotations = stringsIn(plain.annotations);
  // A layer of many members may say what it says of spokes: a hub deploys to itself.
  const isDistributed = kind === 'spoke' && plain.model === 'distributed';
  const model = isDistributed ? 'distributed' : 'centralized';
  return {
    construct,
    name,
    kind,
    path,
    hub,
    model,
    manages: new Set(isDistributed ? managedGroups(plain) : []),
    ownLabels,
    annotations,
    // The entry's own place and version are said with its name; how such entries are read is said for many.
    secretRef: { ...(isMap(plain.registration) ? plain.registration : {}), ...(withoutUndefined(construct.secretRef) as ClusterSecretRef) },
    repositories: (plain.repositories ?? {}) as MemberModel['repositories'],
    secretStore: plain.secretStore as MemberModel['secretStore'],
    secretStores: (isMap(plain.secretStores) ? plain.secretStores : {}) as MemberModel['secretStores'],
    home,
    settings: resolved,
    facts: { kind, hub, model, labels: refuseUnknown('label', ownLabels), annotations: refuseUnknown('annotation', annotations) },
  };
}
