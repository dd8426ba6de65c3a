/** A hub or spoke, as plans for it need it. */
export interface MovingMember {
  readonly name: string;
  readonly hub: string;
  readonly model: 'centralized' | 'distributed';
  /** The groups that its own Argo CD deploys. */
  readonly manages: readonly string[];
  /** The file that says so. */
  readonly file: string;
  /** What is deployed to it, and from where. */
  readonly components: readonly { readonly name: string; readonly group: string; readonly version: string; readonly deployedBy: string }[];
}

/** What plans need to know of the fleet. */
export interface MovingFleet {
  /** The namespace of Argo CD. */
  readonly namespace: string;
  readonly labelPrefix: string;
  /** Groups that a spoke may manage. */
  readonly groups: readonly string[];
  /** The group that hubs deploy to whatever has an Argo CD. @default - the fleet has none */
  readonly bootstrap?: string;
}

/** Something that is so in a live cluster, and the command that shows it. */
export interface Condition {
  /** The cluster where the command is run. */
  readonly cluster: string;
  readonly command: string;
  /** What it has to show. */
  readonly shows: string;
}

/** One commit, or something to do by hand, and what to wait for before the next. */
export interface MoveStep {
  readonly title: string;
  /** What to write, file by file; empty where there is nothing to commit. */
  readonly edits: readonly string[];
  /** What follows from it. */
  readonly effect: string;
  readonly waitFor: readonly Condition[];
}

/** Lets a spoke deploy groups for itself, and no others: it gets an Argo CD first, and then one group after the other. */
export function toDistributed(member: MovingMember, fleet: MovingFleet, groups: readonly string[]): readonly MoveStep[] {
  const { name, hub, file, model } = member;
  const { namespace } = fleet;
  const steps: MoveStep[] = [];
  if (model === 'centralized') {
    steps.push({
      title: `Give ${name} an Argo CD of its own`,
      edits: [`${file}: write \`model: 'distributed'\` and \`manages: []\``],
      effect: `the hub deploys Argo CD and External Secrets to it, its repository credentials and its root; everything else stays with the hub`,
      waitFor: [
        {
          cluster: hub,
          command: kubectl(namespace, `get applications ${fleet.bootstrap === undefined ? '' : `-l ${selector(fleet, name, fleet.bootstrap)}`}`),
          shows: 'each Synced and Healthy',
        },
        { cluster: hub, command: kubectl(namespace, `get application fleet-${name}`), shows: 'Synced and Healthy' },
        { cluster: name, command: kubectl(namespace, 'get application fleet'), shows: 'Synced and Healthy' },
        { cluster: name, command: kubectl(namespace, `get externalsecret cluster-${name}`), shows: 'Ready: its registration with itself' },
      ],
    });
  }
  let manages = model === 'centralized' ? [] : [...member.manages];
  for (const group of [...manages].reverse()) {
    if (groups.includes(group)) continue;
    manages = manages.filter((other) => other !== group);
    steps.push(takeBack(member, fleet, group, manages));
  }
  for (const group of groups) {
    if (manages.includes(group)) continue;
    manages = [...manages, group];
    steps.push({
      title: `Hand ${group} over to ${name}`,
      edits: [`${file}: write \`manages: ${list(manages)}\``],
      effect: `its own Argo CD makes the Applications of ${group}, and the hub drops its own; they are called the same, and workloads stay as they are`,
      waitFor: [
        { cluster: name, command: kubectl(namespace, `get applications -l ${selector(fleet, name, group)}`), shows: shown(member, group) },
        { cluster: hub, command: kubectl(namespace, `get applications -l ${selector(fleet, name, group)}`), shows: 'none' },
      ],
    });
  }
  return steps;
}

/** Takes groups back to the hub, one after the other, and the Argo CD of the spoke last. */
export function toCentralized(member: MovingMember, fleet: MovingFleet): readonly MoveStep[] {
  const { name, hub, file } = member;
  const { namespace } = fleet;
  const steps: MoveStep[] = [];
  let manages = [...member.manages];
  for (const group of [...member.manages].reverse()) {
    manages = manages.filter((other) => other !== group);
    steps.push(takeBack(member, fleet, group, manages));
  }
  steps.push({
    title: `Let ${hub} deploy all of ${name}`,
    edits: [`${file}: write \`model: 'centralized'\` and \`manages: []\``],
    effect: 'the hub drops the Applications of Argo CD, External Secrets and the root; what they deployed stays, and deploys nothing any more',
    waitFor: [
      { cluster: hub, command: kubectl(namespace, `get application fleet-${name}`), shows: 'not found' },
      ...(fleet.bootstrap === undefined
        ? []
        : [
            {
              cluster: hub,
              command: kubectl(namespace, `get applications -l ${selector(fleet, name, fleet.bootstrap)}`),
              shows: 'none, or what is enabled there still',
            },
          ]),
    ],
  });
  steps.push(removeArgoCD(member, fleet));
  return steps;
}

/** @param manages what is left to the spoke */
function takeBack(member: MovingMember, fleet: MovingFleet, group: string, manages: readonly string[]): MoveStep {
  const { name, hub, file } = member;
  const command = kubectl(fleet.namespace, `get applications -l ${selector(fleet, name, group)}`);
  return {
    title: `Take ${group} back to ${hub}`,
    edits: [`${file}: write \`manages: ${list(manages)}\``],
    effect: `the hub makes the Applications of ${group}, and the spoke's Argo CD drops its own; they are called the same, and workloads stay as they are`,
    waitFor: [
      { cluster: hub, command, shows: shown(member, group) },
      { cluster: name, command, shows: 'none' },
    ],
  };
}

/** Nobody manages it any more, and it holds credentials. */
function removeArgoCD({ name, components }: MovingMember, { namespace, bootstrap }: MovingFleet): MoveStep {
  const charts = components.filter(({ group }) => group === bootstrap).map((component) => `${component.name} ${component.version}`);
  return {
    title: `Remove the Argo CD of ${name}`,
    edits: [],
    effect: 'nothing is deployed by it any more; its Applications carry no finalizer, so removing them removes nothing else',
    waitFor: [
      { cluster: name, command: kubectl(namespace, 'delete applications.argoproj.io fleet'), shows: 'deleted' },
      { cluster: name, command: kubectl(namespace, 'delete externalsecrets,secretstores --all'), shows: 'deleted: repository credentials go with them' },
      {
        cluster: name,
        command: kubectl(namespace, 'delete -f -'),
        shows: `deleted; it reads what \`helm template\` makes of ${charts.join(', then of ') || 'the charts'}, without their custom resource definitions: there is no Helm release`,
      },
    ],
  };
}

/** Takes a spoke out of the fleet. What runs on it goes on running. @param mentions places in other files that name it, as `file:line` */
export function retire(member: MovingMember, fleet: MovingFleet, mentions: readonly string[]): readonly MoveStep[] {
  const { name, hub, file } = member;
  const { namespace, labelPrefix } = fleet;
  const steps: MoveStep[] = [];
  const [first] = member.manages;
  if (first !== undefined) {
    const command = kubectl(namespace, `get applications -l ${labelPrefix}/cluster=${name}`);
    steps.push({
      title: `Take what ${name} deploys for itself back to ${hub}`,
      edits: [`${file}: write \`manages: []\``],
      effect: `the hub makes the Applications of ${member.manages.join(' and ')}, and the spoke's Argo CD drops its own; workloads stay as they are`,
      waitFor: [
        { cluster: hub, command, shows: `${member.components.length} of them, each Synced and Healthy` },
        { cluster: name, command, shows: 'none' },
      ],
    });
  }
  steps.push({
    title: `Take ${name} out of the fleet`,
    edits: [`${file}: remove it`, ...mentions.map((place) => `${place}: remove what names it`)],
    effect: `the hub forgets the cluster, and its Applications with it; workloads stay`,
    waitFor: [
      { cluster: hub, command: kubectl(namespace, `get applications -l ${labelPrefix}/cluster=${name}`), shows: 'none' },
      { cluster: hub, command: kubectl(namespace, `get externalsecret,secret cluster-${name}`), shows: 'not found' },
    ],
  });
  if (member.model === 'distributed') steps.push(removeArgoCD(member, fleet));
  steps.push({
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
  });
  return steps;
}

function kubectl(namespace: string, rest: string): string {
  return `kubectl -n ${namespace} ${rest}`.trimEnd();
}

function selector({ labelPrefix }: MovingFleet, cluster: string, group: string): string {
  return `${labelPrefix}/cluster=${cluster},${labelPrefix}/group=${group}`;
}

function shown({ components, name }: MovingMember, group: string): string {
  const all = components.filter((component) => component.group === group).map((component) => component.name);
  return all.length === 0 ? `none: ${name} gets nothing of ${group}` : `${all.length} of them, each Synced and Healthy: ${all.join(', ')}`;
}

function list(groups: readonly string[]): string {
  return `[${groups.map((group) => `'${group}'`).join(', ')}]`;
}
