import { isAtOrBelow } from '../../../layers/hierarchy';
import type { NodeLaw } from '../../../layers/law/law';
import { digestOf, effectDigest } from '../effect';
import type { Finding, JudgedChange, Rule } from '../rule';
import { few } from '../words';

/** The unit of a budget that counts targets. */
const perTarget = 'targets';

/** No more of a node changes in one merge than its budget says. */
export const budget: Rule = {
  id: 'budget',
  what: 'no more targets, or nodes of a dimension, change below a node in one merge than its `budget` says',
  why: 'a mistake that nobody saw stays small',
  wayOut: 'divide the change: each part is merged by itself',
  *judge(change: JudgedChange): Generator<Finding> {
    for (const node of change.law.nodes) {
      for (const [unit, most] of Object.entries(node.budget ?? {})) {
        const found = overBudget(node, unit, most, change);
        if (found) yield found;
      }
    }
  },
};

function overBudget({ path }: NodeLaw, unit: string, most: number, { rows, changes, after, sequence }: JudgedChange): Finding | undefined {
  const changed = sequence.sorted(
    [...rows.map(({ target }) => target), ...changes.flatMap(({ targets }) => targets)].filter((target) => isAtOrBelow(target, path)),
  );
  const depth = after.fleet.dimensions.indexOf(unit) + 1;
  if (unit !== perTarget && depth === 0) return undefined;
  const parts = unit === perTarget ? changed : [...new Set(changed.map((target) => target.split('/').slice(0, depth).join('/')))];
  if (parts.length <= most) return undefined;
  const word = unit === perTarget ? 'targets' : `${unit} nodes`;
  const [first] = rows.filter(({ target }) => isAtOrBelow(target, path));
  return {
    message: `${parts.length} ${word} of ${path} change in one merge: ${few(parts)}`,
    what: '*',
    path,
    targets: changed,
    expected: `${most} at most`,
    hint: 'divide the change, and merge each part by itself',
    digest: digestOf([effectDigest(rows), ...changed].join('\n')),
    ...(first ? { row: first } : {}),
  };
}
