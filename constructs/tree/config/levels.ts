import type { Evidence } from '../../../layers/law/evidence';
import type { Wave } from '../../../layers/law/waves';
import type { Plural } from './dimension-names';

/** A node of the hierarchy, without the nodes below it. */
export interface NodeConfig extends GateConfig {
  /** Its name, unique among its siblings: a part of dimension paths, of folders and of labels. */
  readonly name: string;
}

/** What it takes for a patch to enter a node, and to go on from there. */
export interface GateConfig {
  /** What it takes to enter the node: an approval of a person, or nothing. @default 'automated' */
  readonly promotion?: 'manual' | 'automated';
  /** How long a patch stays in the node before `fleet promote --auto` takes it on: `24h`, `90m`, `7d`. @default - no time at all */
  readonly soak?: string;
  /**
   * Whose review a forge demands for what is rendered below the node, by what `fleet owners --codeowners` prints: `@user`,
   * `@company/team` or mail addresses. Those of the nodes above are asked as well. @default []
   */
  readonly approvers?: readonly string[];
  /**
   * Why no command promotes anything into the node or what is below it: `'reason'`, or `{ reason, until: '2026-12-31' }`. A
   * rollback goes on. @default - nothing is held
   */
  readonly freeze?: string | FreezeConfig;
  /**
   * How much of the node may change in one merge: `{ targets: 5 }`, or `{ sectors: 1 }` with a dimension below it, in the plural. Of
   * several, each holds. @default - as much as anybody likes
   */
  readonly budget?: BudgetConfig;
  /**
   * In which parts a patch enters the targets below the node, in their sequence: a number of them, a share of them (rounded up), or the
   * rest. They size steps, and nothing else. @default - those of the node above, or the fleet's
   */
  readonly waves?: readonly Wave[];
  /**
   * By what a patch goes on from the node, beside the time that it soaked there: what `argoCD()`, `prometheus()` and `command()`
   * return, and functions. That of the nodes above, and of the fleet, is asked as well. @default []
   */
  readonly evidence?: readonly Evidence[];
}

/** Whole numbers, of 1 at least, by `targets` or by a dimension below the node in the plural. */
export interface BudgetConfig {
  readonly [unit: string]: number;
}

/** A freeze that ends by itself. */
export interface FreezeConfig {
  /** Why nothing is promoted. */
  readonly reason: string;
  /** The last day, in UTC (`2026-12-31`), or a day with a time (`2026-12-31T18:00Z`). @default - somebody takes the freeze out */
  readonly until?: string;
}

/** What the levels of a hierarchy may say. */
export type CheckedLevels<Parent, Dimensions> = Dimensions extends readonly [infer D, ...infer Deeper]
  ? Level<Plural<D>, CheckedNodes<Parent, Plural<D>, Deeper>>
  : unknown;

type Level<Dimension extends string, Nodes> = Dimension extends keyof UsualLevels<Nodes> ? UsualLevels<Nodes>[Dimension] : { readonly [D in Dimension]: Nodes };

interface UsualLevels<Nodes> {
  readonly environments: Environments<Nodes>;
  readonly sectors: Sectors<Nodes>;
  readonly regions: Regions<Nodes>;
  readonly tenants: Tenants<Nodes>;
}

interface Environments<Nodes> {
  /** The environments, in the order in which changes roll out. */
  readonly environments: Nodes;
}
interface Sectors<Nodes> {
  /** The sectors of the environment, in the order in which changes roll out; the regions of a sector change together. */
  readonly sectors: Nodes;
}
interface Regions<Nodes> {
  /** The regions of the sector: names, or nodes with a gate. Cluster types are rendered for each. */
  readonly regions: Nodes;
}
interface Tenants<Nodes> {
  /** The tenants, in the order in which changes roll out. */
  readonly tenants: Nodes;
}

type CheckedNodes<Parent, Name, Deeper> = Name extends keyof Parent
  ? Parent[Name] extends readonly unknown[]
    ? CheckedList<Parent[Name], Deeper>
    : readonly unknown[]
  : readonly unknown[];

/** A mapped type over a type parameter maps the items of a list, and not its methods. */
type CheckedList<List extends readonly unknown[], Deeper> = { readonly [I in keyof List]: CheckedNode<List[I], Deeper> };

type CheckedNode<Node, Deeper> = Deeper extends readonly [unknown, ...unknown[]]
  ? NodeConfig & CheckedLevels<Node, Deeper>
  : Node extends string
    ? string
    : NodeConfig;
