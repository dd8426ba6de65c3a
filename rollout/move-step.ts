/** A hub or spoke, as plans for it need it. */
export interface MovingMember {
  readonly name: string;
  readonly hub: string;
  readonly model: 'centralized' | 'distributed';
  /** The namespaces of the Argo CDs of its hub and of its own. */
  readonly namespaces: { readonly hub: string; readonly own: string };
  /** The groups that its own Argo CD deploys. */
  readonly manages: readonly string[];
  /** The file that says so. */
  readonly file: string;
  /** Kinds of External Secrets that its folder brings, as `kubectl` calls them: what hands out credentials first, then what it does so by. */
  readonly credentials: readonly string[];
  /** What is deployed to it, and from where. */
  readonly components: readonly { readonly name: string; readonly group: string; readonly version: string; readonly deployedBy: string }[];
}

/** What plans need to know of the fleet. */
export interface MovingFleet {
  readonly labelPrefix: string;
  /** Groups that a spoke may manage. */
  readonly groups: readonly string[];
  /** The group that hubs deploy to whatever has an Argo CD. @default - the fleet has none */
  readonly bootstrap?: string;
}

/** The Application by which a hub gives a spoke its root: it carries the label of the spoke, as those of components do. */
export function rootOf(member: Pick<MovingMember, 'name'>): string {
  return `fleet-${member.name}`;
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
  /** What is so until all that is to be waited for is there. @default - nothing to know of */
  readonly meanwhile?: string;
  readonly waitFor: readonly Condition[];
}

/** A command for the namespace of Argo CD. */
export function kubectl(namespace: string, rest: string): string {
  return `kubectl -n ${namespace} ${rest}`.trimEnd();
}

/** The same for the Argo CD of a spoke's hub, or for its own. */
export function inArgoCD({ name, hub, namespaces }: MovingMember, whose: 'hub' | 'own', rest: string): Pick<Condition, 'cluster' | 'command'> {
  return { cluster: whose === 'hub' ? hub : name, command: kubectl(namespaces[whose], rest) };
}

/**
 * What two Argo CDs do with one commit that takes Applications from the one and gives them to the other: each reads Git when
 * it does. The names are the same, and so is what Argo CD marks as its own by them: neither undoes what the other does.
 */
export const eachInItsTime =
  'each Argo CD reads Git when it does, within minutes: until then both deploy, the same under the same names, or neither does, and nothing is mended; change nothing else of it in this commit';

/** Selects the Applications of a cluster, of one group where that is given. */
export function selector({ labelPrefix }: MovingFleet, cluster: string, group?: string): string {
  return `${labelPrefix}/cluster=${cluster}${group === undefined ? '' : `,${labelPrefix}/group=${group}`}`;
}

/** All Applications that such a selector shows where one Argo CD has them, each healthy. @param group as of the selector */
export function healthyText({ components, model, name }: MovingMember, group?: string): string {
  const own = components.filter((component) => group === undefined || component.group === group).map((component) => component.name);
  const all = group === undefined && model === 'distributed' ? [...own, rootOf({ name })] : own;
  return all.length === 0 ? `none: ${name} gets nothing of ${group ?? 'it'}` : `${all.length} of them, each Synced and Healthy: ${all.join(', ')}`;
}
