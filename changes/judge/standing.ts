import { getOr } from '../../layers/get-or';
import { isAtOrBelow } from '../../layers/hierarchy';
import type { NodeLaw } from '../../layers/law/law';
import { Had } from './had';
import { wavesAt } from './law';
import { alikeKey, type Contribution, type Row } from './row';
import type { JudgedChange } from './rule';

/** What leaves a node, with the targets in there that had it and come first. */
export interface Standing {
  readonly contribution: Contribution;
  readonly node: NodeLaw;
  /** Rows that are alike, and the targets of the node that had what they say. */
  readonly pairs: readonly { readonly rows: readonly Row[]; readonly targets: readonly string[] }[];
}

/** What of a contribution goes on from a node. */
export function standingIn(node: NodeLaw, contribution: Contribution, { sides, sequence, law }: JudgedChange): Standing {
  const had = new Had(sides);
  const inside = sides.before.targets(contribution.clusterType).filter((target) => isAtOrBelow(target, node.path));
  const alike = new Map<string, Row[]>();
  for (const row of contribution.rows) {
    // It stays in each of its waves.
    const isInside = isAtOrBelow(row.target, node.path) && wavesAt(law, row.target) === undefined;
    if (isInside || (row.layer ?? row.layerBefore)?.startsWith('override ') === true) continue;
    getOr(alike, alikeKey(row), () => []).push(row);
  }
  const pairs = [...alike.values()].map((rows) => {
    const [row] = rows as [Row];
    const isInFront = (target: string) => rows.some((one) => sequence.isEarlier(target, one.target));
    return { rows, targets: inside.filter((target) => isInFront(target) && had.isAsked(row, target) && had.seenBefore(row, target)) };
  });
  return { contribution, node, pairs };
}
