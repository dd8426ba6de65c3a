import { effectDigest } from '../effect';
import { whatOf } from '../had';
import type { Finding, JudgedChange, Rule } from '../rule';
import { undone } from '../undone';
import { below, broughtBy, saidIn, targetsOf } from '../words';

/** Nothing changes below a node that is frozen, except back to what was there. */
export const freeze: Rule = {
  id: 'freeze',
  what: 'below a frozen node nothing changes, except back to what was rendered there before',
  why: 'who freezes a node wants to find it as it is, and still to be able to undo',
  wayOut: 'wait until the freeze is over, or take it out in a change of its own',
  *judge({ contributions, law, past, now, sequence }: JudgedChange): Generator<Finding> {
    const frozen = law.nodes.filter(({ freeze: one }) => one && (one.ends === undefined || now <= one.ends));
    const found = frozen.flatMap((node) => contributions.map((contribution) => ({ node, contribution, inside: below(contribution.rows, node.path) })));
    const isUndone = undone(
      past,
      found.map(({ inside }) => inside),
    );
    for (const { node, contribution, inside } of found) {
      const { path, freeze: said } = node;
      const rows = inside.filter((row) => !isUndone(row));
      const [first] = rows;
      if (!first || !said) continue;
      const until = said.until === undefined ? '' : ` until ${said.until}`;
      yield {
        message: `${broughtBy(contribution)} changes what is below ${path}, which is frozen${until}: ${saidIn(rows)}`,
        what: whatOf(contribution),
        path,
        targets: sequence.sorted(targetsOf(rows)),
        found: `the freeze says: ${said.reason}`,
        hint: `wait until it is over, or take it out first, in a change of its own: \`npx fleet unfreeze ${path}\``,
        digest: effectDigest(inside),
        digestBelow: (other) => effectDigest(below(contribution.rows, other)),
        row: first,
      };
    }
  },
};
