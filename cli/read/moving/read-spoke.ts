import { FleetError, fleetFromConfig, HubFleet, type MemberView } from '../../../constructs';
import type { OutputFolder } from '../../../layers/output';
import { compare } from '../../../layers/problem';
import type { MovingFleet, MovingMember } from '../../../rollout/move-step';
import { readConfig } from '../../../store/read/read-config';
import { findMember, membersOf } from '../find-member';

/** A spoke with what plans for it need to know. */
export interface FoundSpoke {
  readonly fleet: MovingFleet;
  readonly member: MovingMember;
  readonly view: MemberView;
}

/** Reads a spoke by its name. @throws FleetError where it is a hub, or no file declares it */
export function readSpoke(config: string, name: string): FoundSpoke {
  const fleet = fleetFromConfig(readConfig(config));
  const output = fleet.synth();
  const members = membersOf(output);
  const view = findMember(members, name);
  if (view.kind === 'hub') {
    const spokes = members.filter(({ kind, hub }) => kind === 'spoke' && hub === view.name).length;
    throw wrongMove(`${view.name} is a hub`, `a hub deploys to itself; ${spokes} spokes are registered with it`);
  }
  if (view.file === undefined || !(fleet instanceof HubFleet)) throw wrongMove(`${view.name} is declared in code`, 'change it there');
  const groups = fleet.groups.filter(({ bootstrap }) => !bootstrap).map((group) => group.name);
  const bootstrap = fleet.groups.find((group) => group.bootstrap)?.name;
  return {
    view,
    member: {
      ...view,
      file: view.file,
      namespaces: { hub: members.find(({ name: one }) => one === view.hub)?.home.platformNamespace ?? '', own: view.home.platformNamespace },
      credentials: credentialKinds([...output].filter(({ path }) => path === `spokes/${view.name}`)),
    },
    fleet: { labelPrefix: fleet.labelPrefix, groups, bootstrap },
  };
}

/** What a spoke got of External Secrets, as `kubectl` calls its kinds: whatever is rendered for it, secrets before what they come from. */
function credentialKinds(folders: readonly OutputFolder[]): readonly string[] {
  const kinds = folders.flatMap(({ files }) =>
    files.flatMap((file) => (file.kind === 'manifest' && /(^|\.)external-secrets\.io\//.test(file.document.apiVersion) ? [file.document.kind] : [])),
  );
  return [...new Set(kinds)].map((kind) => `${kind.toLowerCase()}s`).sort((one, other) => rank(one) - rank(other) || compare(one, other));
}

const rank = (kind: string) => (kind === 'externalsecrets' ? 0 : 1);

/** @throws FleetError where something of it would go with its Application in a move that shall keep it */
export function expectNothingUninstalled({ name, components }: MemberView): void {
  const going = components.filter(({ uninstall }) => uninstall).map((component) => component.name);
  if (going.length === 0) return;
  const message = `${going.join(', ')} of ${name} ${going.length === 1 ? 'is' : 'are'} being uninstalled: whoever loses the Application takes along what it deployed`;
  throw wrongMove(message, 'finish that first, or take `uninstall` out and wait until the finalizer is gone');
}

/** What is wrong with a move that the command line names. */
export function wrongMove(message: string, hint: string): FleetError {
  return new FleetError([{ code: 'rollout', message, place: [], hint }]);
}
