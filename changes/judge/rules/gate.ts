import { isAtOrBelow } from '../../../layers/hierarchy';
import type { NodeLaw } from '../../../layers/law/law';
import { effectDigest } from '../effect';
import { goesWithItsApp, Had, whatOf } from '../had';
import { gatesOf } from '../law';
import { alikeKey, type Contribution, nameOf, type Row, rendered } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { undone } from '../undone';
import { below, broughtBy, few, saidIn, targetsOf } from '../words';

/** Nothing new enters a node with a gate without somebody's approval. */
export const gate: Rule = {
  id: 'gate',
  what: "what is new to a node with `promotion: 'manual'` is approved by somebody when it first reaches a target of it",
  why: 'a person looks at a change before it reaches what must not break, and it is on record who did',
  wayOut: 'let somebody approve it, and add the line to the message of the commit',
  *judge(change: JudgedChange): Generator<Finding> {
    const gates = gatesOf(change.law, change.after.fleet.dimensions);
    const found = change.contributions.flatMap((contribution) => gates.map((node) => ({ contribution, node, rows: entering(contribution, node, change) })));
    // What was there before a layer came is uncovered when it goes: nobody brings it.
    const isUndone = undone(
      change.past,
      found.map(({ rows }) => rows.filter((row) => !isComing(row))),
    );
    for (const { contribution, node, rows } of found) {
      const left = rows.filter((row) => !isUndone(row));
      if (left.length > 0) yield finding(contribution, node, left, change);
    }
  },
};

/** The rows of a contribution that no target below a node had. */
function entering(contribution: Contribution, node: NodeLaw, { sides }: JudgedChange): readonly Row[] {
  const inside = below(contribution.rows, node.path);
  if (inside.length === 0) return [];
  const had = new Had(sides);
  const others = sides.before.targets(contribution.clusterType).filter((target) => isAtOrBelow(target, node.path));
  const known = new Map<string, boolean>();
  return inside.filter((row) => {
    // What no layer takes away goes with its file, or its target: that is a removal.
    if ((row.field === rendered && row.after === false && row.layer === undefined) || goesWithItsApp(row, sides)) return false;
    const key = alikeKey(row);
    const isKnown = known.get(key) ?? others.some((target) => had.isAsked(row, target) && had.seenBefore(row, target));
    known.set(key, isKnown);
    return !isKnown;
  });
}

/** Whether a layer comes that was not there: what left and comes back is new. */
function isComing({ layer, layerBefore, isNew, field, after }: Row): boolean {
  if (field === rendered) return after === true;
  return isNew || (layer !== undefined && /^(?!override )\S+ \S/.test(layer) && nameOf(layer) !== nameOf(layerBefore));
}

function finding(contribution: Contribution, { path, approvers = [] }: NodeLaw, rows: readonly Row[], { sequence }: JudgedChange): Finding {
  const targets = sequence.sorted(targetsOf(rows));
  const [first] = rows;
  return {
    message: `${broughtBy(contribution)} enters ${path}, behind its gate: ${saidIn(rows)}`,
    what: whatOf(contribution),
    path,
    targets,
    expected: approvers.length === 0 ? `an approval of what enters ${path}` : `an approval of ${few(approvers)}`,
    digest: effectDigest(below(contribution.rows, path)),
    ...(first ? { row: first } : {}),
  };
}
