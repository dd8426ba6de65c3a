import type { Place } from './config-files';
import { type Freeze, type Hierarchy, isAtOrBelow, type PlacedNode, type Promotion } from './hierarchy';
import type { Evidence } from './law/evidence';
import type { Wave } from './law/waves';

/** Where a patch sits, among the nodes and targets of its app. */
export interface PatchState {
  readonly clusterType: string;
  /** The app, or the file of several apps that roll out as one. */
  readonly app: string;
  readonly patch: string;
  readonly description?: string;
  /** Where it sits: none below another. */
  readonly paths: readonly string[];
  /** The nodes of the hierarchy above or at a target of the app, in sequence. */
  readonly nodes: readonly FleetNode[];
  /** All nodes of one name as one, in sequence, where the sequence enters these one after the other. @default - it is depth-first */
  readonly ranks?: readonly FleetNode[];
  /** Where the app is rendered, in sequence. */
  readonly targets: readonly string[];
  /** Dimensions in the singular, from the outermost in. */
  readonly dimensions: readonly string[];
}

/** A node as a rollout sees it. */
export interface FleetNode {
  readonly path: string;
  /** 0 at the outermost dimension. */
  readonly depth: number;
  readonly promotion: Promotion;
  /** How long a patch stays before it goes on by itself, in milliseconds. @default 0 */
  readonly soak: number;
  /** Why nothing is promoted into it. @default - anything may be */
  readonly freeze?: Freeze;
  /** How a change enters its targets. @default - all at once */
  readonly waves?: readonly Wave[];
  /** By what a change goes on from it; that of the nodes above is asked as well. @default [] */
  readonly evidence?: readonly Evidence[];
  /** The targets at or below it, in sequence. */
  readonly targets: readonly string[];
}

/** Where a patch, and what it changes, is written down. */
export interface PatchPlaces {
  readonly form: 'typescript' | 'yaml';
  /** The patch itself; in YAML its first copy. */
  readonly patch: Place;
  /** The list of the paths where it sits. In YAML the copies say it. */
  readonly rolledOutTo: Place;
  /** In YAML, the file of each path. */
  readonly copies: readonly { readonly path: string; readonly file: string }[];
  /** What it changes of each app, and where that app's base stands. */
  readonly changes: readonly { readonly app: string; readonly change: Place; readonly base: Place }[];
  readonly overrides: readonly OverridePlace[];
}

/** What an override says of one app, or the release of its group, which is everywhere that members have it. */
export interface OverridePlace {
  readonly path: string;
  /** The name of the release. @default - it is an override */
  readonly release?: string;
  readonly app: string;
  readonly place: Place;
  /** The field whose value is all that stands at the place. @default - a map of fields stands there */
  readonly only?: string;
  /** Keys down to every scalar, list and empty map that it sets, without the app. */
  readonly fields: readonly (readonly string[])[];
}

/** The nodes that have targets of an app, with these targets. */
export function nodesOf(hierarchy: Hierarchy, targets: readonly string[]): readonly FleetNode[] {
  const below = new Map<string, string[]>();
  for (const target of targets) {
    for (let path = target; path !== ''; path = parentOf(path)) {
      const list = below.get(path);
      if (list) list.push(target);
      else below.set(path, [target]);
    }
  }
  return hierarchy.nodes.flatMap(({ node, path, names, waves }: PlacedNode) => {
    const inside = below.get(path);
    if (!inside) return [];
    const { soak = 0, freeze, evidence } = node;
    const depth = names.length - 1;
    // The gate of what goes first is its rank's.
    const promotion = hierarchy.ranks.length > 0 && depth === hierarchy.first ? 'automated' : (node.promotion ?? 'automated');
    return [
      {
        path,
        depth,
        promotion,
        soak,
        ...(freeze === undefined ? {} : { freeze }),
        ...(waves === undefined ? {} : { waves }),
        ...(evidence === undefined ? {} : { evidence }),
        targets: inside,
      },
    ];
  });
}

/** What a rollout to some targets may enter. */
export function rolloutNodes(hierarchy: Hierarchy, targets: readonly string[]): Pick<PatchState, 'nodes' | 'ranks'> {
  const nodes = nodesOf(hierarchy, targets);
  return { nodes, ...(hierarchy.ranks.length === 0 ? {} : { ranks: ranksOf(hierarchy, nodes, targets) }) };
}

/** The ranks that have targets of an app, with these targets. */
function ranksOf({ ranks, first: depth }: Hierarchy, nodes: readonly FleetNode[], targets: readonly string[]): readonly FleetNode[] {
  return ranks.flatMap(({ path, promotion }) => {
    const inside = targets.filter((target) => isAtOrBelow(target, path));
    // Where its nodes are entered otherwise than this one, it is not entered as a whole.
    const waves = nodes.find((node) => node.depth === depth && isAtOrBelow(node.path, path))?.waves;
    return inside.length === 0 ? [] : [{ path, depth, promotion, soak: 0, ...(waves === undefined ? {} : { waves }), targets: inside }];
  });
}

/** The path above; `''` above the outermost. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The same patch somewhere else. */
export function movedTo(state: PatchState, paths: readonly string[]): PatchState {
  return { ...state, paths };
}

/** An older patch of a component holds back what a newer patch of the releases of its group brings. */
export interface ReleaseInversion {
  readonly group: string;
  readonly component: string;
  /** The component's patch. */
  readonly older: string;
  /** That of the releases. */
  readonly newer: string;
  /** Keys joined by `.`, with what each of the two says of it, where that is a text. */
  readonly fields: readonly { readonly field: string; readonly says?: string; readonly hides?: string }[];
  /** Where it does, in sequence. */
  readonly targets: readonly string[];
}
