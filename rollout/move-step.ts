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

/** A command for the namespace of Argo CD. */
export function kubectl(namespace: string, rest: string): string {
  return `kubectl -n ${namespace} ${rest}`.trimEnd();
}

/** Selects the Applications of a cluster, of one group where that is given. */
export function selector({ labelPrefix }: MovingFleet, cluster: string, group?: string): string {
  return `${labelPrefix}/cluster=${cluster}${group === undefined ? '' : `,${labelPrefix}/group=${group}`}`;
}
