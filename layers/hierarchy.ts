import { getOr } from './get-or';
import type { Evidence } from './law/evidence';
import type { Budget } from './law/law';
import { namesInOrder, type Precedes, type WrittenNames } from './law/sequence';
import type { Wave } from './law/waves';
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
  /** How a change enters its targets. @default - as the node above says */
  readonly waves?: readonly Wave[];
  /** By what a change goes on from it; that of the nodes above is asked as well. @default [] */
  readonly evidence?: readonly Evidence[];
  readonly children: readonly HierarchyNode[];
}

/** A node with its place. */
export interface PlacedNode {
  readonly node: HierarchyNode;
  /** Names from the outermost dimension in, joined by `/`. */
  readonly path: string;
  readonly names: readonly string[];
  /** How a change enters its targets, by what it says itself or else the nearest above. @default - all at once */
  readonly waves?: readonly Wave[];
}

/** All nodes of one name, whatever they lie in, where the sequence enters these one after the other: every tenant's `dev`. */
export interface Rank {
  /** `*` for each node above, and the name: {@link isAtOrBelow} knows what lies in it. */
  readonly path: string;
  /** Whether one of its nodes asks for an approval: it is asked for once, for all of them. */
  readonly promotion: Promotion;
}

/** How changes move through a hierarchy. */
export interface SequenceOptions {
  /** How deep the nodes lie that go first: all of one name before those of the next. @default 0: depth-first */
  readonly first?: number;
  /** How a change enters the targets of nodes that say nothing of it. @default - all at once */
  readonly waves?: readonly Wave[];
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
const nodeKeys: readonly string[] = ['name', 'promotion', 'soak', 'approvers', 'freeze', 'budget', 'waves', 'evidence'];

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
 * The dimensions and nodes of a fleet. The order in which nodes are written is the rollout sequence, depth-first, or first by the
 * names at one depth: which it is, is decided here alone. Everything is listed in that order.
 */
export class Hierarchy {
  readonly dimensions: readonly Dimension[];
  /** Every node, of every depth; one that others lie in before these. */
  readonly nodes: readonly PlacedNode[];
  /** Every complete path. */
  readonly targets: readonly PlacedNode[];
  /** Every path, in sequence. */
  readonly paths: readonly string[];
  /** How deep the nodes lie that go first. */
  readonly first: number;
  /** In sequence; none where that is depth-first. */
  readonly ranks: readonly Rank[];
  /** Why the nodes that go first have no order that fits all that is written. @default - they have */
  readonly contradiction?: readonly Precedes[];
  readonly #paths: ReadonlyMap<string, PlacedNode>;

  constructor(dimensions: readonly Dimension[], roots: readonly HierarchyNode[], { first = 0, waves }: SequenceOptions = {}) {
    this.dimensions = dimensions;
    this.first = first;
    const written = [...placed(roots, [], waves)];
    const isTarget = ({ names }: PlacedNode) => names.length === dimensions.length;
    const { names, contradiction } = first === 0 ? { names: [] } : namesInOrder(siblingsAt(written, first));
    this.contradiction = contradiction;
    this.ranks = names.map((name) => rankOf(name, first, written));
    const order = new Map(names.map((name, index) => [name, index]));
    const orderOf = (node: PlacedNode) => order.get(node.names[first] as string) ?? 0;
    this.targets = written.filter(isTarget).sort((a, b) => orderOf(a) - orderOf(b));
    this.nodes = first === 0 ? written : byFirstTarget(written, this.targets);
    this.paths = this.nodes.map(({ path }) => path);
    this.#paths = new Map(this.nodes.map((node) => [node.path, node]));
  }

  /** What somebody has to approve before a change enters it: ranks in place of their nodes. */
  get gates(): readonly string[] {
    const isOfRank = ({ names }: PlacedNode) => this.ranks.length > 0 && names.length === this.first + 1;
    const nodes = this.nodes.filter((one) => one.node.promotion === 'manual' && !isOfRank(one));
    return [...this.ranks.filter(({ promotion }) => promotion === 'manual'), ...nodes].map(({ path }) => path);
  }

  /** Whether a node stands at the path, complete or not. */
  has(path: string): boolean {
    return this.#paths.has(path);
  }
}

function* placed(nodes: readonly HierarchyNode[], above: readonly string[], waves: readonly Wave[] | undefined): Generator<PlacedNode> {
  for (const node of nodes) {
    const names = [...above, node.name];
    const own = node.waves ?? waves;
    yield { node, names, path: names.join('/'), ...(own === undefined ? {} : { waves: own }) };
    yield* placed(node.children, names, own);
  }
}

function siblingsAt(nodes: readonly PlacedNode[], depth: number): readonly WrittenNames[] {
  const lists = new Map<string, string[]>();
  for (const { names } of nodes) {
    if (names.length !== depth + 1) continue;
    getOr(lists, names.slice(0, depth).join('/'), () => []).push(names[depth] as string);
  }
  return [...lists].map(([of, names]) => ({ of, names }));
}

function rankOf(name: string, depth: number, nodes: readonly PlacedNode[]): Rank {
  const isManual = nodes.some(({ node, names }) => node.promotion === 'manual' && names.length === depth + 1 && node.name === name);
  return { path: rankPath(name, depth), promotion: isManual ? 'manual' : 'automated' };
}

/** What no target lies in comes last. */
function byFirstTarget(nodes: readonly PlacedNode[], targets: readonly PlacedNode[]): readonly PlacedNode[] {
  const order = new Map<string, number>();
  for (const [index, { path }] of targets.entries()) for (const above of pathsTo(path)) if (!order.has(above)) order.set(above, index);
  const orderOf = ({ path }: PlacedNode) => order.get(path) ?? targets.length;
  return [...nodes].sort((a, b) => orderOf(a) - orderOf(b) || a.names.length - b.names.length);
}

/** Stands for every path, where a fleet has a layer of all its outermost nodes. */
export const everywhere = '*';

/** The path of a {@link Rank}. */
export function rankPath(name: string, depth: number): string {
  return `${`${everywhere}/`.repeat(depth)}${name}`;
}

/** Whether a path stands for all nodes of a name. */
export function isRankPath(path: string): boolean {
  return path.startsWith(`${everywhere}/`);
}

/** A path, and every path above it, from the outermost in. */
export function pathsTo(path: string): readonly string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Whether a path is another, or lies below it. One of a {@link Rank} stands for all paths that have the names it says. */
export function isAtOrBelow(path: string, other: string): boolean {
  return path === other || other === everywhere || path.startsWith(`${other}/`) || (isRankPath(other) && isInRank(path, other));
}

function isInRank(path: string, rank: string): boolean {
  const names = path.split('/');
  return rank.split('/').every((name, index) => names[index] !== undefined && (name === everywhere || name === names[index]));
}
