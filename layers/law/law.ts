import type { Freeze, Promotion } from '../hierarchy';
import type { Wave } from './waves';

/** What stands between a change and the targets of a fleet, as its output records it: judging a commit runs no code of it. */
export interface Law {
  /** The dimension, in the singular, whose nodes a change enters whole. @default - the last but one */
  readonly level?: string;
  /** The dimension, in the singular, whose nodes of one name are entered before those of the next. @default - the outermost: depth-first */
  readonly first?: string;
  /** In which parts a change enters nodes that say nothing of it. @default - at once */
  readonly waves?: readonly Wave[];
  /** Nodes that demand anything, in sequence. */
  readonly nodes: readonly NodeLaw[];
  readonly exemptions: readonly Exemption[];
}

/** What a node demands of changes. */
export interface NodeLaw {
  readonly path: string;
  /** @default 'automated' */
  readonly promotion?: Promotion;
  /** How long a content stays in it before it goes on, in milliseconds. @default 0 */
  readonly soak?: number;
  /** Its own; those of the nodes above are asked as well. @default [] */
  readonly approvers?: readonly string[];
  /** @default - anything may change */
  readonly freeze?: Freeze;
  /** @default - as much as anybody likes may change at once */
  readonly budget?: Budget;
  /** In which parts a change enters its targets. @default - as the node above says, or the law */
  readonly waves?: readonly Wave[];
  /** The names of what has to be good before a change goes on from it; those of the nodes above hold as well. @default [] */
  readonly evidence?: readonly string[];
}

/** What a budget counts where it counts targets, whatever dimensions are called. */
export const targetsUnit = 'targets';

/** How much of a node may change in one merge: by `targets`, or by the name of a dimension below it in the singular. */
export type Budget = { readonly [unit: string]: number };

/** The rule about what leaves: an exemption from it outlives what it names. */
export const removalRule = 'removal';

/** The rule about what has to be good before a change goes on. */
export const evidenceRule = 'evidence';

/** The ids of all rules of the tool itself: no rule of a fleet's own is called like one. */
export const lawRules: readonly string[] = [
  removalRule,
  'immutable',
  'permission',
  'freeze',
  'sequence',
  'gate',
  'soak',
  evidenceRule,
  'budget',
  'downgrade',
  'law',
];

/** A rule that does not hold for an app at a node until a day. */
export interface Exemption {
  /** The id of the rule. */
  readonly rule: string;
  /** `CLUSTER-TYPE/APP`, or `*` for all. */
  readonly app: string;
  /** A dimension path, or `*` for the whole fleet. */
  readonly path: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day, as it is written: `2026-12-31`. */
  readonly until: string;
}
