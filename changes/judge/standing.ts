import { getOr } from '../../layers/get-or';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { NodeLaw } from '../../layers/law/law';
import { Had } from './had';
import { wavesAt } from './law';
import { alikeKey, type Contribution, type Row } from './row';
import type { JudgedChange } from './rule';

/** Rows that are alike, and the targets in front of any of them that had what they say. */
export interface StandingRows {
  readonly rows: readonly Row[];
  readonly targets: readonly string[];
}

/** What leaves a node, with the targets in there that had it and come first. */
export interface Standing {
  readonly contribution: Contribution;
  readonly node: NodeLaw;
  readonly pairs: readonly StandingRows[];
}

/** What of a contribution goes on from a node. */
export function standingIn(node: NodeLaw, contribution: Contribution, change: JudgedChange): Standing {
  const { sides, law } = change;
  const inside = sides.before.targets(contribution.clusterType).filter((target) => isAtOrBelow(target, node.path));
  // It stays in each of its waves.
  const leaves = contribution.rows.filter(({ target }) => !isAtOrBelow(target, node.path) || wavesAt(law, target) !== undefined);
  return { contribution, node, pairs: standingRows(leaves, inside, change) };
}

/** Rows with those of some targets that had what they say before. What overrides say is of their own node alone. */
export function standingRows(rows: readonly Row[], targets: readonly string[], { sides, sequence }: JudgedChange): readonly StandingRows[] {
  const had = new Had(sides);
  const alike = new Map<string, Row[]>();
  for (const row of rows) {
    if ((row.layer ?? row.layerBefore)?.startsWith('override ') !== true) getOr(alike, alikeKey(row), () => []).push(row);
  }
  return [...alike.values()].map((own) => {
    const [row] = own as [Row];
    const isInFront = (target: string) => own.some((one) => sequence.isEarlier(target, one.target));
    return { rows: own, targets: targets.filter((target) => isInFront(target) && had.isAsked(row, target) && had.seenBefore(row, target)) };
  });
}
