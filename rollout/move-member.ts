import { eachInItsTime, healthyText, inArgoCD, type MoveStep, type MovingFleet, type MovingMember, rootOf, selector } from './move-step';
import { removeArgoCD } from './remove-argo-cd';

/** Lets a spoke deploy groups for itself, and no others: it gets an Argo CD first, and then one group after the other. */
export function toDistributed(member: MovingMember, fleet: MovingFleet, groups: readonly string[]): readonly MoveStep[] {
  const before = member.model === 'centralized' ? [] : member.manages;
  const kept = before.filter((group) => groups.includes(group));
  const added = [...new Set(groups)].filter((group) => !before.includes(group));
  return [
    ...(member.model === 'centralized' ? [giveArgoCD(member, fleet)] : []),
    ...takeBackAll(member, fleet, before, kept),
    ...added.map((group, index) => handOver(member, fleet, group, [...kept, ...added.slice(0, index + 1)])),
  ];
}

/** Takes groups back to the hub, one after the other, and the Argo CD of the spoke last. */
export function toCentralized(member: MovingMember, fleet: MovingFleet): readonly MoveStep[] {
  return [...takeBackAll(member, fleet, member.manages, []), leaveAllToHub(member, fleet), removeArgoCD(member, fleet)];
}

function giveArgoCD(member: MovingMember, fleet: MovingFleet): MoveStep {
  const { name, file } = member;
  const { bootstrap } = fleet;
  return {
    title: `Give ${name} an Argo CD of its own`,
    edits: [`${file}: write \`model: 'distributed'\` and \`manages: []\``],
    effect: `the hub deploys Argo CD and External Secrets to it, its repository credentials and its root; everything else stays with the hub`,
    waitFor: [
      {
        ...inArgoCD(member, 'hub', `get applications ${bootstrap === undefined ? '' : `-l ${selector(fleet, name, bootstrap)}`}`),
        shows: 'each Synced and Healthy',
      },
      { ...inArgoCD(member, 'hub', `get application ${rootOf({ name })}`), shows: 'Synced and Healthy' },
      { ...inArgoCD(member, 'own', 'get application fleet'), shows: 'Synced and Healthy' },
      { ...inArgoCD(member, 'own', `get externalsecret cluster-${name}`), shows: 'Ready: its registration with itself' },
    ],
  };
}

/** @param manages what the spoke deploys then */
function handOver(member: MovingMember, fleet: MovingFleet, group: string, manages: readonly string[]): MoveStep {
  const { name, file } = member;
  const applications = `get applications -l ${selector(fleet, name, group)}`;
  return {
    title: `Hand ${group} over to ${name}`,
    edits: [`${file}: write \`manages: ${listText(manages)}\``],
    effect: `its own Argo CD makes the Applications of ${group}, and the hub drops its own; they are called the same, and workloads stay as they are`,
    meanwhile: eachInItsTime,
    waitFor: [
      { ...inArgoCD(member, 'own', applications), shows: healthyText(member, group) },
      { ...inArgoCD(member, 'hub', applications), shows: 'none' },
    ],
  };
}

/** Takes groups back one after the other, the last one first. @param kept what the spoke goes on deploying */
function takeBackAll(member: MovingMember, fleet: MovingFleet, manages: readonly string[], kept: readonly string[]): readonly MoveStep[] {
  const leaving = manages.filter((group) => !kept.includes(group)).reverse();
  return leaving.map((group, index) => {
    const gone = leaving.slice(0, index + 1);
    const left = manages.filter((other) => !gone.includes(other));
    return takeBack(member, fleet, group, left);
  });
}

/** @param manages what is left to the spoke */
function takeBack(member: MovingMember, fleet: MovingFleet, group: string, manages: readonly string[]): MoveStep {
  const { name, hub, file } = member;
  const applications = `get applications -l ${selector(fleet, name, group)}`;
  return {
    title: `Take ${group} back to ${hub}`,
    edits: [`${file}: write \`manages: ${listText(manages)}\``],
    effect: `the hub makes the Applications of ${group}, and the spoke's Argo CD drops its own; they are called the same, and workloads stay as they are`,
    meanwhile: eachInItsTime,
    waitFor: [
      { ...inArgoCD(member, 'hub', applications), shows: healthyText(member, group) },
      { ...inArgoCD(member, 'own', applications), shows: 'none' },
    ],
  };
}

function leaveAllToHub(member: MovingMember, fleet: MovingFleet): MoveStep {
  const { name, hub, file } = member;
  const { bootstrap } = fleet;
  const ofBootstrap = bootstrap === undefined ? undefined : `get applications -l ${selector(fleet, name, bootstrap)}`;
  return {
    title: `Let ${hub} deploy all of ${name}`,
    edits: [`${file}: write \`model: 'centralized'\` and \`manages: []\``],
    effect: 'the hub drops the Applications of Argo CD, External Secrets and the root; what they deployed stays, and deploys nothing any more',
    waitFor: [
      { ...inArgoCD(member, 'hub', `get application ${rootOf({ name })}`), shows: 'not found' },
      ...(ofBootstrap === undefined ? [] : [{ ...inArgoCD(member, 'hub', ofBootstrap), shows: 'none, or what is enabled there still' }]),
    ],
  };
}

function listText(groups: readonly string[]): string {
  return `[${groups.map((group) => `'${group}'`).join(', ')}]`;
}
