import type { AppVersions, Cell } from './versions';
import { isOverride, patchOf } from './versions';

/** Nodes below which every shown app says one thing. */
export interface Column {
  /** The first of them, and the last where they are several siblings that follow one another. */
  readonly first: string;
  readonly last: string;
  /** How many siblings they are. */
  readonly nodes: number;
  readonly targets: number;
  /** What each app says there, in their order. @default - it is not rendered there */
  readonly cells: readonly (Cell | undefined)[];
}

/** How many siblings that say the same, and follow one another, stand together. */
const together = 3;

/** What people see of a cell: its value, and who set it. */
function shownOf({ value, layers }: Cell): string {
  const marks = layers.map((layer) => patchOf(layer) ?? (isOverride(layer) ? 'override ' : ''));
  return JSON.stringify([value ?? null, [...new Set(marks)].sort()]);
}

interface Node {
  readonly path: string;
  /** What is said at all targets below it. @default - different things */
  readonly said?: string;
  readonly targets: readonly string[];
  readonly children: readonly Node[];
}

/**
 * The nodes of some targets down to where apps agree: the outermost ones, and those below where targets of one do not say the same.
 *
 * @param targets in sequence
 * @param below the node of which they are. @default - all there are
 */
export function columnsOf(apps: readonly AppVersions[], targets: readonly string[], below = ''): readonly Column[] {
  const cells = apps.map((app) => new Map(app.cells.flatMap((cell) => cell.targets.map((target) => [target, cell] as const))));
  const texts = new Map<Cell, string>();
  const text = (cell: Cell | undefined) => {
    if (!cell) return '';
    const known = texts.get(cell) ?? shownOf(cell);
    texts.set(cell, known);
    return known;
  };
  const said = new Map(targets.map((target) => [target, cells.map((at) => text(at.get(target))).join('\n')]));
  return groupsIn(nodesOf(targets, said, Math.max(0, below.split('/').length - 1)), 0).map((group) => {
    const [first, last] = [group[0] as Node, group[group.length - 1] as Node];
    return {
      first: first.path,
      last: last.path,
      nodes: group.length,
      targets: group.reduce((sum, node) => sum + node.targets.length, 0),
      cells: cells.map((at) => at.get(first.targets[0] as string)),
    };
  });
}

function nodesOf(targets: readonly string[], said: ReadonlyMap<string, string>, depth: number): readonly Node[] {
  const below = new Map<string, string[]>();
  for (const target of targets) {
    const path = target
      .split('/')
      .slice(0, depth + 1)
      .join('/');
    const known = below.get(path);
    if (known) known.push(target);
    else below.set(path, [target]);
  }
  return [...below].map(([path, own]) => {
    const one = said.get(own[0] as string) as string;
    if (own.every((target) => said.get(target) === one)) return { path, said: one, targets: own, children: [] };
    return { path, targets: own, children: nodesOf(own, said, depth + 1) };
  });
}

/** Leaves in sequence; those together that follow one another and say the same. The outermost nodes stand alone. */
function groupsIn(nodes: readonly Node[], depth: number): readonly (readonly Node[])[] {
  const groups: Node[][] = [];
  for (const node of nodes) {
    if (node.said === undefined) {
      groups.push(...groupsIn(node.children, depth + 1).map((group) => [...group]));
      continue;
    }
    const last = groups[groups.length - 1];
    const [sibling] = last ?? [];
    if (depth > 0 && last && sibling?.said === node.said && nodes.includes(sibling)) last.push(node);
    else groups.push([node]);
  }
  return groups.flatMap((group) => (group.length >= together ? [group] : group.map((node) => [node])));
}
