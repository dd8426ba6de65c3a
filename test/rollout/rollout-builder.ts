import { type Dimension, Hierarchy, type HierarchyNode } from '../../layers/hierarchy';
import { nodesOf, type PatchState } from '../../layers/patch-state';
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
}

const words = ['environment', 'sector', 'region', 'cluster'];

/** A patch that sits at paths of a small fleet. */
export function state(paths: readonly string[], { tree = small, manual = [], rendered, patch = 'patch-001' }: Options = {}): PatchState {
  const depth = depthOf(tree);
  const singular = depth === 3 ? words.slice(0, 3) : words.slice(-depth);
  const dimensions = singular.map((name): Dimension => ({ singular: name, plural: `${name}s` }));
  const hierarchy = new Hierarchy(dimensions, nodes(tree, '', manual));
  const all = hierarchy.targets.map(({ path }) => path);
  const targets = rendered ? all.filter((path) => rendered.some((one) => `${path}/`.startsWith(`${one}/`))) : all;
  return { clusterType: 'mgmt', app: 'web', patch, paths, nodes: nodesOf(hierarchy, targets), targets, dimensions: singular };
}

function depthOf(tree: Tree): number {
  if (Array.isArray(tree)) return 1;
  return 1 + depthOf(Object.values(tree)[0] as Tree);
}

function nodes(tree: Tree, above: string, manual: readonly string[]): readonly HierarchyNode[] {
  const entries: readonly (readonly [string, Tree])[] = Array.isArray(tree) ? tree.map((name) => [name, []]) : Object.entries(tree);
  return entries.map(([name, below]) => {
    const path = above === '' ? name : `${above}/${name}`;
    return { name, promotion: manual.includes(path) ? 'manual' : 'automated', children: nodes(below, path, manual) };
  });
}

/** A patch without neighbours that renders the same wherever it sits. */
export function options(given: Partial<PromotionOptions> = {}): PromotionOptions {
  return { isSame: () => true, fields: [['source', 'targetRevision']], others: [], now: 0, ...given };
}
