import type { Plain } from '../../layers/layer';
import type { FleetRecord } from '../../layers/record';

/**
 * Everything that the page of `fleet board` shows, as it stands in it as JSON. Numbers point into the lists of this object, so that what
 * a thousand targets share stands there once.
 */
export interface Board {
  /** What was looked at: `the configuration`, `v1.2 (1a2b3c4)`. */
  readonly of: string;
  /** The newest commit that was read. @default - the folder is in no repository, or has no commit */
  readonly commit?: { readonly hash: string; readonly date: string };
  readonly topology: FleetRecord['topology'];
  /** What its levels are called, the outermost first: `environment`, `sector`, `region`. */
  readonly dimensions: readonly string[];
  /** URLs in which `{}` stands for a commit's hash, or for a file's path and `{line}` for a line of it. @default - the repository's URL allows none */
  readonly links?: { readonly commit: string; readonly file: string };
  /** The hierarchy, in sequence: every node follows its parent, though not at once where those of one name go first. */
  readonly nodes: readonly BoardNode[];
  /** Or groups, in fleets of hubs. */
  readonly clusterTypes: readonly BoardClusterType[];
  /** Files of the configuration that layers stand in. */
  readonly files: readonly string[];
  /** In the order of cluster types and names. */
  readonly apps: readonly BoardApp[];
  /** In flight, in the order of `fleet status`. */
  readonly rollouts: readonly BoardRollout[];
  /** The newest first. */
  readonly history: readonly BoardCommit[];
  /** Why there is no history, or less than asked for, and what else there is to say of how all of it was found, each a sentence. */
  readonly notes: readonly string[];
  /** What the regions' own Argo CDs said. @default - nobody asked them */
  readonly live?: BoardLive;
}

export interface BoardNode {
  readonly name: string;
  /** In `nodes`. @default - it is at the top */
  readonly parent?: number;
  /** Whether it takes somebody's approval to enter it. @default false */
  readonly isManual?: boolean;
  /** @default - everything may be promoted into it */
  readonly frozen?: { readonly until?: string; readonly reason: string };
}

export interface BoardClusterType {
  readonly name: string;
  /** In `nodes`, in sequence. */
  readonly targets: readonly number[];
}

export interface BoardApp {
  readonly clusterType: number;
  readonly name: string;
  readonly description?: string;
  readonly owners?: readonly string[];
  /** In `nodes`: where it is rendered, in sequence. */
  readonly targets: readonly number[];
  /** Which of `fields` is its version; of several sources, one that stands for all of them. @default - it has none */
  readonly version?: number;
  /** Sorted by name. */
  readonly fields: readonly BoardField[];
}

export interface BoardField {
  /** As the other commands write it: `source.targetRevision`. */
  readonly name: string;
  /** Everything that it says anywhere, with the layer that says it. */
  readonly said: readonly BoardSaid[];
  /**
   * Which of `said` holds at each of the app's targets: pairs of how many targets in a row, and which; -1 where it is not set.
   *
   * @default - the first of `said`, everywhere
   */
  readonly runs?: readonly number[];
}

/** `[value]`, `[value, layer]`, or with the place of the layer `[value, layer, file, line]`; a line is 0 where nobody knows it. */
export type BoardSaid = readonly [Plain] | readonly [Plain, string] | readonly [Plain, string, number, number];

export interface BoardRollout {
  /** `cert-manager`, or the file of several apps; of hubs `releases`. */
  readonly app: string;
  readonly clusterType: string;
  readonly patch: string;
  readonly description?: string;
  /** Where it sits. */
  readonly paths: readonly string[];
  /** In `nodes`, in sequence: all it can reach, and those that it covers. */
  readonly targets: readonly number[];
  readonly covered: readonly number[];
  /** In words: `stage/stage-sector-2, behind the manual gate stage`. */
  readonly next: string;
  /** In `nodes`: what the next step enters. */
  readonly entering: readonly number[];
  /** Gates that the next step waits for, and who may approve: a path, or `*` with a name for all nodes that are called so. */
  readonly gates: readonly { readonly node: string; readonly approvers: readonly string[] }[];
  /** What of its soak is left, in words. @default - nothing, or there is none */
  readonly soak?: string;
  /** Nodes ahead of it into which nothing is promoted now, in words. */
  readonly frozen: readonly string[];
  /** Conflicts with other patches, fields without effect. */
  readonly notes: readonly string[];
  /** Since when it is at its last target. */
  readonly since?: string;
}

export interface BoardCommit {
  readonly hash: string;
  /** ISO 8601. */
  readonly date: string;
  readonly author: string;
  readonly subject: string;
  /** `Approved-by: Ann <ann@example.com>`, those of the merge that brought it, too. */
  readonly approvals: readonly string[];
  readonly changes: readonly BoardChange[];
  /** How many changes there are beyond these. @default 0 */
  readonly more?: number;
}

export interface BoardChange {
  readonly sign: '+' | '-' | ' ';
  /** @default - clusters come or go */
  readonly clusterType?: string;
  readonly app?: string;
  /** In words: `source.targetRevision v1.17.0 → v1.18.2`. */
  readonly text: string;
  /** In words: `at production/prod-canary (3 targets): patch-001 entered production/prod-canary`. */
  readonly where: string;
  /** Dimension paths, `*` for everywhere; where they are many, of nodes that they lie in. */
  readonly paths: readonly string[];
  readonly targets: number;
}

export interface BoardLive {
  /** When they were asked, ISO 8601. */
  readonly at: string;
  /** What Git has, which it was held against: `HEAD (1a2b3c4)`. */
  readonly of: string;
  /** In the order of `nodes`; of targets whose nodes say which Argo CD to ask. */
  readonly targets: readonly BoardLiveTarget[];
}

export interface BoardLiveTarget {
  readonly node: number;
  /** In `clusterTypes`: each has its own Applications there. @default - it is about all of them */
  readonly clusterType?: number;
  /** Why not all of it is known. @default - everybody answered */
  readonly unknown?: string;
  /** In `apps`: of every Application that is Synced and Healthy and what Git has rendered, whose it is; -1 for roots. */
  readonly well: readonly number[];
  /** The others. */
  readonly others: readonly BoardLiveApplication[];
}

export interface BoardLiveApplication {
  /** As Argo CD calls it. */
  readonly name: string;
  /** In `apps`. @default - it is a root, or Git has no such Application */
  readonly app?: number;
  /** `missing`: Git has it, and Argo CD has not; `left over`: the other way round. @default - both have it */
  readonly is?: 'missing' | 'left over';
  readonly health: string;
  readonly sync: string;
  readonly why?: string;
  /** Which Argo CD has it. @default - the target has no other */
  readonly server?: string;
  /** Where it differs from what Git has rendered for it, in words. @default - nowhere */
  readonly differs?: readonly string[];
}
