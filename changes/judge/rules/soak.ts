import { isAtOrBelow } from '../../../layers/hierarchy';
import { durationText } from '../../../layers/text/duration';
import { effectDigest } from '../effect';
import { Had, whatOf } from '../had';
import { sinceWhen } from '../past';
import type { Contribution, Row } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { commonNode } from '../sequence';
import { undone } from '../undone';
import { below, broughtBy, saidIn, targetsOf } from '../words';

/** What goes on stayed in the nodes in front for as long as they say. */
export const soak: Rule = {
  id: 'soak',
  what: 'what goes on to the next target was in every node in front of it for the `soak` of that node',
  why: 'some mistakes take their time to show',
  wayOut: 'wait, and run the check again',
  *judge(change: JudgedChange): Generator<Finding> {
    const nodes = change.law.nodes.filter((node) => (node.soak ?? 0) > 0);
    if (nodes.length === 0) return;
    for (const contribution of change.contributions) {
      if (!change.sides.before.isKnown(contribution)) continue;
      for (const { path, soak: time = 0 } of nodes) {
        const late = unsoaked(contribution, path, time, change);
        if (late) yield finding(contribution, path, time, late, change);
      }
    }
  },
};

interface Unsoaked {
  readonly rows: readonly Row[];
  /** How much longer, in milliseconds. @default - nobody can tell */
  readonly left?: number;
}

function unsoaked(contribution: Contribution, path: string, time: number, { sides, sequence, past, now }: JudgedChange): Unsoaked | undefined {
  const had = new Had(sides);
  const inside = sides.before.targets(contribution.clusterType).filter((target) => isAtOrBelow(target, path));
  const outside = contribution.rows.filter(
    ({ target, layer, layerBefore }) => !isAtOrBelow(target, path) && (layer ?? layerBefore)?.startsWith('override ') !== true,
  );
  const pairs = outside.flatMap((row) =>
    inside
      .filter((target) => sequence.isEarlier(target, row.target) && had.isAsked(row, target) && had.seenBefore(row, target))
      .map((target) => ({ row, target })),
  );
  if (pairs.length === 0) return undefined;
  past.prepare(pairs.map(({ row: { item }, target }) => ({ item, target })));
  const rows = new Set<Row>();
  let longest = 0;
  let isUntold = false;
  for (const { row, target } of pairs) {
    const since = sinceWhen(past.contents(row.item, target), row.field);
    const left = since === undefined ? Number.POSITIVE_INFINITY : since + time - now;
    if (left <= 0) continue;
    rows.add(row);
    if (left === Number.POSITIVE_INFINITY) isUntold = true;
    else longest = Math.max(longest, left);
  }
  // What goes back need not wait.
  const isUndone = undone(past, [...rows]);
  const waiting = [...rows].filter((row) => !isUndone(row));
  if (waiting.length === 0) return undefined;
  return { rows: waiting, ...(isUntold ? {} : { left: longest }) };
}

function finding(contribution: Contribution, path: string, time: number, { rows, left }: Unsoaked, { sequence, past }: JudgedChange): Finding {
  const targets = sequence.sorted(targetsOf(rows));
  const node = commonNode(targets);
  const [first] = rows;
  return {
    message: `${broughtBy(contribution)} goes on from ${path} before it has soaked there for ${durationText(time)}: ${saidIn(rows)}`,
    what: whatOf(contribution),
    path: node,
    targets,
    ...(left === undefined
      ? { found: `since when it is there cannot be told${past.trouble === undefined ? '' : `: ${past.trouble}`}` }
      : { found: `it soaks for another ${durationText(left)}` }),
    hint: 'wait, and run the check again',
    digest: effectDigest(below(contribution.rows, node)),
    digestBelow: (other) => effectDigest(below(contribution.rows, other)),
    ...(first ? { row: first } : {}),
  };
}
