import type { NodeLaw } from '../../../layers/law/law';
import { durationText } from '../../../layers/text/duration';
import { effectDigest } from '../effect';
import { whatOf } from '../had';
import { sinceWhen } from '../past';
import type { Contribution, Row } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { type Standing, standingIn } from '../standing';
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
    const known = change.contributions.filter((contribution) => change.sides.before.isKnown(contribution));
    const standing = known.flatMap((contribution) => nodes.map((node) => standingIn(node, contribution, change)));
    // The past of all is read at once.
    change.past.prepare(
      standing.flatMap(({ pairs }) => pairs.flatMap(({ rows: [row], targets }) => (row ? targets.map((target) => ({ item: row.item, target })) : []))),
    );
    const found = standing.map((one) => ({ ...one, late: lateIn(one, change) }));
    // What goes back need not wait.
    const isUndone = undone(
      change.past,
      found.map(({ late }) => [...late.keys()]),
    );
    for (const { contribution, node, late } of found) {
      const waiting = [...late].filter(([row]) => !isUndone(row));
      if (waiting.length > 0) yield finding(contribution, node, waiting, change);
    }
  },
};

/** Rows that have not soaked, with how much longer they have to, in milliseconds: infinitely where nobody can tell. */
function lateIn({ node, pairs }: Standing, { sequence, past, now }: JudgedChange): ReadonlyMap<Row, number> {
  const late = new Map<Row, number>();
  for (const { rows, targets } of pairs) {
    const [{ item, field }] = rows as [Row];
    const waiting = targets.flatMap((target) => {
      const since = sinceWhen(past.contents(item, target), field);
      const left = since === undefined ? Number.POSITIVE_INFINITY : since + (node.soak ?? 0) - now;
      return left > 0 ? [{ target, left }] : [];
    });
    for (const row of rows) {
      const left = waiting.flatMap((one) => (sequence.isEarlier(one.target, row.target) ? [one.left] : []));
      if (left.length > 0) late.set(row, Math.max(...left));
    }
  }
  return late;
}

function finding(
  contribution: Contribution,
  { path, soak: time = 0 }: NodeLaw,
  waiting: readonly (readonly [row: Row, left: number])[],
  { sequence, past }: JudgedChange,
): Finding {
  const rows = waiting.map(([row]) => row);
  const left = Math.max(...waiting.map(([, one]) => one));
  const targets = sequence.sorted(targetsOf(rows));
  const node = sequence.commonNode(targets);
  const [first] = rows;
  return {
    message: `${broughtBy(contribution)} goes on from ${path} before it has soaked there for ${durationText(time)}: ${saidIn(rows)}`,
    what: whatOf(contribution),
    path: node,
    targets,
    ...(left === Number.POSITIVE_INFINITY
      ? { found: `since when it is there cannot be told${past.trouble === undefined ? '' : `: ${past.trouble}`}` }
      : { found: `it soaks for another ${durationText(left)}` }),
    hint: 'wait, and run the check again',
    digest: effectDigest(below(contribution.rows, node)),
    digestBelow: (other) => effectDigest(below(contribution.rows, other)),
    ...(first ? { row: first } : {}),
  };
}
