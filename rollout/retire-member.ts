import { eachInItsTime, healthyText, inArgoCD, type MoveStep, type MovingFleet, type MovingMember, selector } from './move-step';
import { removeArgoCD } from './remove-argo-cd';

/** Takes a spoke out of the fleet. What runs on it goes on running. @param mentions places in other files that name it, as `file:line` */
export function retire(member: MovingMember, fleet: MovingFleet, mentions: readonly string[]): readonly MoveStep[] {
  return [
    ...(member.manages.length > 0 ? [takeBackAtOnce(member, fleet)] : []),
    takeOut(member, fleet, mentions),
    ...(member.model === 'distributed' ? [removeArgoCD(member, fleet)] : []),
    removeCluster(member),
  ];
}

function takeBackAtOnce(member: MovingMember, fleet: MovingFleet): MoveStep {
  const { name, hub, file, manages } = member;
  const applications = `get applications -l ${selector(fleet, name)}`;
  return {
    title: `Take what ${name} deploys for itself back to ${hub}`,
    edits: [`${file}: write \`manages: []\``],
    effect: `the hub makes the Applications of ${manages.join(' and ')}, and the spoke's Argo CD drops its own; workloads stay as they are`,
    meanwhile: eachInItsTime,
    waitFor: [
      { ...inArgoCD(member, 'hub', applications), shows: healthyText(member) },
      { ...inArgoCD(member, 'own', applications), shows: 'none' },
    ],
  };
}

function takeOut(member: MovingMember, fleet: MovingFleet, mentions: readonly string[]): MoveStep {
  const { name, file } = member;
  return {
    title: `Take ${name} out of the fleet`,
    edits: [`${file}: remove it`, ...mentions.map((place) => `${place}: remove what names it`)],
    effect:
      'the hub forgets the cluster, and its Applications with it; workloads stay. `npx fleet check --since` takes it for a removal: it prints the line by which the message of the commit allows it',
    waitFor: [
      { ...inArgoCD(member, 'hub', `get applications -l ${selector(fleet, name)}`), shows: 'none' },
      { ...inArgoCD(member, 'hub', `get externalsecret,secret cluster-${name}`), shows: 'not found' },
    ],
  };
}

function removeCluster({ name }: MovingMember): MoveStep {
  return {
    title: `Remove the cluster, or keep it outside of the fleet`,
    edits: [],
    effect: 'whatever its controllers made elsewhere (load balancers, volumes, DNS records) is theirs to remove while they run: delete what uses it first',
    waitFor: [
      {
        cluster: name,
        command: 'kubectl get services,persistentvolumeclaims,ingresses -A',
        shows: 'nothing that another system still holds; then remove its secret from the secret manager',
      },
    ],
  };
}
