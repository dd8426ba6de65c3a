import { type Dimension, Hierarchy, type HierarchyNode } from '../../layers/hierarchy';
import type { Evidence } from '../../layers/law/evidence';
import type { Wave } from '../../layers/law/waves';
import { type PatchState, rolloutNodes } from '../../layers/patch-state';
import type { PromotionOptions } from '../../rollout/decide-promotion';

/** Nodes by name with what is below them; the innermost are a list of names. */
export type Tree = { readonly [name: string]: Tree } | readonly string[];

/** Two environments, each with a sector of two regions and one of one. */
export const small: Tree = {
  int: { 'int-1': ['us', 'eu'], 'int-2': ['us'] },
  prod: { canary: ['us', 'eu'], main: ['us'] },
};

interface Options {
  readonly tree?: Tree;
  /** Paths of the nodes that need approval. */
  readonly manual?: readonly string[];
  /** Where the cluster type is rendered. @default - everywhere */
  readonly rendered?: readonly string[];
  readonly patch?: string;
  /** How deep the nodes lie that go first. @default - depth-first */
  readonly first?: number;
  /** By the paths of nodes; `*` for the whole fleet. */
  readonly waves?: { readonly [path: string]: readonly Wave[] };
  /** What nodes ask besides, by their paths. */
  readonly asks?: { readonly [path: string]: { readonly soak?: number; readonly evidence?: readonly Evidence[] } };
}

const words = ['environment', 'sector', 'region', 'cluster'];

/** A patch that sits at paths of a small fleet. */
export function state(
  paths: readonly string[],
  { tree = small, manual = [], rendered, patch = 'patch-001', first = 0, waves = {}, asks = {} }: Options = {},
): PatchState {
  const depth = depthOf(tree);
  const singular = depth === 3 ? words.slice(0, 3) : words.slice(-depth);
  const dimensions = singular.map((name): Dimension => ({ singular: name, plural: `${name}s` }));
  const hierarchy = new Hierarchy(dimensions, nodes(tree, '', manual, waves, asks), { first, ...(waves['*'] ? { waves: waves['*'] } : {}) });
  const all = hierarchy.targets.map(({ path }) => path);
  const targets = rendered ? all.filter((path) => rendered.some((one) => `${path}/`.startsWith(`${one}/`))) : all;
  return { clusterType: 'mgmt', app: 'web', patch, paths, ...rolloutNodes(hierarchy, targets), targets, dimensions: singular };
}

function depthOf(tree: Tree): number {
  if (Array.isArray(tree)) return 1;
  return 1 + depthOf(Object.values(tree)[0] as Tree);
}

function nodes(
  tree: Tree,
  above: string,
  manual: readonly string[],
  waves: NonNullable<Options['waves']>,
  asks: NonNullable<Options['asks']>,
): readonly HierarchyNode[] {
  const entries: readonly (readonly [string, Tree])[] = Array.isArray(tree) ? tree.map((name) => [name, []]) : Object.entries(tree);
  return entries.map(([name, below]) => {
    const path = above === '' ? name : `${above}/${name}`;
    const own = waves[path];
    const children = nodes(below, path, manual, waves, asks);
    return { name, promotion: manual.includes(path) ? 'manual' : 'automated', ...(own ? { waves: own } : {}), ...asks[path], children };
  });
}

/** A patch without neighbours that renders the same wherever it sits. */
export function options(given: Partial<PromotionOptions> = {}): PromotionOptions {
  return { isSame: () => true, fields: [['source', 'targetRevision']], others: [], now: 0, ...given };
}
