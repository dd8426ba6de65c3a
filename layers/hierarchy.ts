import type { Budget } from './law/law';
import { isMap } from './plain-data';

/** What it takes to enter a node: somebody's approval, or nothing. */
export type Promotion = 'manual' | 'automated';

/** The name of a level of the hierarchy, in the plural and the singular. */
export interface Dimension {
  /** The key under which configuration lists its nodes: `environments`. */
  readonly plural: string;
  /** The key under which a target carries its name: `environment`. */
  readonly singular: string;
}

/** Why nothing is promoted into a node, and until when. */
export interface Freeze {
  readonly reason: string;
  /** Its end, as it is written. @default - somebody takes it out */
  readonly until?: string;
  /** The last moment of it, in milliseconds. @default - it holds until somebody takes it out */
  readonly ends?: number;
}

/** A node of the hierarchy as data. */
export interface HierarchyNode {
  readonly name: string;
  /** @default 'automated' */
  readonly promotion?: Promotion;
  /** How long a patch stays in it before it goes on by itself, in milliseconds. @default 0 */
  readonly soak?: number;
  /** Whose review is demanded of what is rendered below it. @default [] */
  readonly approvers?: readonly string[];
  /** @default - anything may be promoted into it */
  readonly freeze?: Freeze;
  /** @default - as much as anybody likes may change at once */
  readonly budget?: Budget;
  readonly children: readonly HierarchyNode[];
}

/** A node with its place. */
export interface PlacedNode {
  readonly node: HierarchyNode;
  /** Names from the outermost dimension in, joined by `/`. */
  readonly path: string;
  readonly names: readonly string[];
}

/** The words a fleet uses where it says nothing else. */
export const defaultDimensions: readonly Dimension[] = [
  { plural: 'environments', singular: 'environment' },
  { plural: 'sectors', singular: 'sector' },
  { plural: 'regions', singular: 'region' },
];

/** The singular of a dimension: `environments` → `environment`, `facilities` → `facility`. */
export function singular(plural: string): string {
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  return plural.endsWith('s') ? plural.slice(0, -1) : plural;
}

/** Keys that a node has beside the list of those below it: no dimension can be called like one. */
const nodeKeys: readonly string[] = ['name', 'promotion', 'soak', 'approvers', 'freeze', 'budget'];

/**
 * A dimension as configuration writes it: the plural alone, or both words where the singular is not regular.
 *
 * @returns `undefined` where it is neither, or cannot name a list of nodes
 */
export function dimensionOf(written: unknown): Dimension | undefined {
  const { plural, singular: one, ...others } = typeof written === 'string' ? { plural: written, singular: singular(written) } : isMap(written) ? written : {};
  if (typeof plural !== 'string' || typeof one !== 'string' || plural === '' || one === '' || Object.keys(others).length > 0) return undefined;
  return nodeKeys.includes(plural) || plural in {} ? undefined : { plural, singular: one };
}

/**
 * The dimensions and nodes of a fleet. The order in which nodes are written is the rollout sequence: everything here
 * is listed depth-first in that order.
 */
export class Hierarchy {
  readonly dimensions: readonly Dimension[];
  /** Every node, of every depth. */
  readonly nodes: readonly PlacedNode[];
  /** Every complete path. */
  readonly targets: readonly PlacedNode[];
  /** Every path, in sequence. */
  readonly paths: readonly string[];
  readonly #paths: ReadonlyMap<string, PlacedNode>;

  constructor(dimensions: readonly Dimension[], roots: readonly HierarchyNode[]) {
    this.dimensions = dimensions;
    this.nodes = [...placed(roots, [])];
    this.targets = this.nodes.filter(({ names }) => names.length === dimensions.length);
    this.paths = this.nodes.map(({ path }) => path);
    this.#paths = new Map(this.nodes.map((node) => [node.path, node]));
  }

  /** Whether a node stands at the path, complete or not. */
  has(path: string): boolean {
    return this.#paths.has(path);
  }
}

function* placed(nodes: readonly HierarchyNode[], above: readonly string[]): Generator<PlacedNode> {
  for (const node of nodes) {
    const names = [...above, node.name];
    yield { node, names, path: names.join('/') };
    yield* placed(node.children, names);
  }
}

/** Stands for every path, where a fleet has a layer of all its outermost nodes. */
export const everywhere = '*';

/** A path, and every path above it, from the outermost in. */
export function pathsTo(path: string): readonly string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Whether a path is another, or lies below it. */
export function isAtOrBelow(path: string, other: string): boolean {
  return path === other || other === everywhere || path.startsWith(`${other}/`);
}
