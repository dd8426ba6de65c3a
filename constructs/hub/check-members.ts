import { suggestion } from '../../layers/nearest';
import type { Problems } from '../../layers/problem';
import { objectName } from '../names';
import { originOf, problemAt } from '../origin';
import type { HubFleet } from './hub-fleet';
import type { Member } from './member';
import { isReported } from './value-problem';

/** How Argo CD calls the cluster that it runs in where no secret says it otherwise (argo-cd, util/db/cluster.go, `getLocalCluster`). */
const inCluster = 'in-cluster';

/** Hubs and spokes as they are declared: their names, their secrets, and whose they are. */
export function checkMembers(fleet: HubFleet, problems: Problems): void {
  const { members } = fleet;
  const byName = new Map<string, Member>();
  const hubs = members.filter(({ kind }) => kind === 'hub').map(({ name }) => name);
  if (hubs.length === 0 && !fleet.isUnread('hubs') && !fleet.isUnread('tenants')) {
    problems.add(problemAt(fleet, 'unknown-hub', 'the fleet has no hub', { expected: 'a file in the folder hubs, beside fleet.ts' }));
  }
  for (const member of members) {
    checkName(member, problems);
    const twin = byName.get(member.name);
    if (twin) problems.add(nameTwice(member, twin));
    byName.set(member.name, member);
    checkSecret(fleet, member, problems);
    if (member.kind === 'spoke') checkHub(fleet, member, hubs, problems);
  }
}

function checkName(member: Member, problems: Problems): void {
  const { name } = member;
  if (objectName.pattern.test(name) && name !== inCluster) return;
  const expected = name === inCluster ? 'another name: Argo CD calls the cluster that it runs in like that' : objectName.rule;
  problems.add(problemAt(member, 'invalid-name', `'${name}' cannot name a cluster`, { expected }));
}

function nameTwice(member: Member, twin: Member) {
  return problemAt(member, 'duplicate-name', `two clusters are called '${member.name}'`, {
    found: `another one in ${originOf(twin).file ?? twin.path}`,
    hint: 'Applications and folders are called after their cluster: rename or remove one of the two',
  });
}

function checkSecret(fleet: HubFleet, member: Member, problems: Problems): void {
  const { name, secret } = member;
  const at = ['secret'];
  if (typeof secret !== 'string' || secret.trim() === '') {
    if (isReported(fleet, member, at)) return;
    problems.add(
      problemAt(member, 'missing-field', `the cluster '${name}' has no secret`, {
        at,
        expected: 'the name or ARN of the secret in the secret manager that holds its server and config',
      }),
    );
  }
}

function checkHub(fleet: HubFleet, member: Member, hubs: readonly string[], problems: Problems): void {
  const { name, hub } = member;
  const at = ['hub'];
  if (hub === undefined) {
    if (isReported(fleet, member, at)) return;
    problems.add(
      problemAt(member, 'missing-field', `the spoke '${name}' names no hub`, {
        at,
        expected: 'the name of the hub that registers it',
        hint: suggestion('', hubs, 'hubs'),
      }),
    );
    return;
  }
  if (hubs.includes(hub) || fleet.isUnread('hubs', hub) || (hubs.length === 0 && !fleet.isUnread('hubs'))) return;
  const isSpoke = fleet.members.some((other) => other.kind === 'spoke' && other.name === hub);
  problems.add(
    problemAt(member, 'unknown-hub', `'${hub}' is no hub of the fleet`, {
      at,
      ...(isSpoke ? { found: 'a spoke of that name' } : {}),
      hint: suggestion(hub, hubs, 'hubs'),
    }),
  );
}
