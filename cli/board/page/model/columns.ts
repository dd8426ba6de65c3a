import type { Fleet } from './fleet';

/** A head of the summary above one or several columns. */
export interface ColumnHead {
  /** @default - nothing lies so deep there */
  readonly node?: number;
  readonly span: number;
}

export interface Columns {
  /** Nodes, those that lie in one beside each other. */
  readonly nodes: readonly number[];
  /** The outermost level first. */
  readonly heads: readonly (readonly ColumnHead[])[];
  /** Levels that can be chosen, counted from 0. */
  readonly levels: readonly { readonly level: number; readonly count: number }[];
  readonly level: number;
}

/** As many as stand beside each other on a wide screen, and as many as are still drawn at once. */
const [many, most] = [16, 64];

/** The nodes in a node at one level, and those that end above it. @param asked @default - the deepest at which they stand beside each other */
export function columnsOf(fleet: Fleet, at: number | undefined, asked?: number): Columns {
  const base = at === undefined ? 0 : (fleet.depths[at] ?? 0);
  const deepest = fleet.depths.reduce((deep, depth, node) => (fleet.isIn(node, at) ? Math.max(deep, depth) : deep), base);
  const levels = Array.from({ length: deepest - base + 1 }, (_, index) => ({ level: base + index, nodes: nodesAt(fleet, at, base + index) }));
  const open = levels.filter(({ nodes }, index) => index === 0 || nodes.length <= most);
  const chosen = open.find(({ level }) => level === asked) ?? open.findLast(({ nodes }) => nodes.length <= many) ?? open[0];
  const { level, nodes } = chosen ?? { level: base, nodes: [] };
  const heads = Array.from({ length: level - base + 1 }, (_, index) => headsAt(fleet, nodes, base + index));
  return {
    nodes,
    heads,
    level,
    levels: levels.map((one) => ({ level: one.level, count: one.nodes.length })).filter(({ count }, index) => index === 0 || count <= most),
  };
}

function nodesAt(fleet: Fleet, at: number | undefined, level: number): readonly number[] {
  return fleet.inTree().flatMap((node) => {
    const [depth = 0, isEnd] = [fleet.depths[node], fleet.children[node]?.length === 0];
    return fleet.isIn(node, at) && (depth === level || (depth < level && isEnd)) ? [node] : [];
  });
}

function headsAt(fleet: Fleet, nodes: readonly number[], level: number): readonly ColumnHead[] {
  const heads: { node?: number; span: number }[] = [];
  for (const column of nodes) {
    const node = fleet.wayTo(column)[level];
    const last = heads.at(-1);
    if (last !== undefined && node !== undefined && last.node === node) last.span += 1;
    else heads.push({ ...(node === undefined ? {} : { node }), span: 1 });
  }
  return heads;
}
