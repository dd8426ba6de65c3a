import { compareVersions } from '../../../layers/charts/chart-id';
import { isVersion } from '../../../layers/text/revision';
import { isWeaker } from '../../strength';
import { effectDigest } from '../effect';
import { whatOf } from '../had';
import type { Past } from '../past';
import type { Row } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { undone } from '../undone';
import { below, broughtBy, few, targetsOf } from '../words';

/** No version goes back, but to what was there before. */
export const downgrade: Rule = {
  id: 'downgrade',
  what: 'the version of a chart or of a revision goes back only to the one that was there before',
  why: 'few charts are made to go back, and who merges an old branch or another release does not mean to',
  wayOut: 'keep the newer version, or undo the change that brought it',
  *judge({ contributions, past, sequence }: JudgedChange): Generator<Finding> {
    const found = contributions.map((contribution) => ({ contribution, older: contribution.rows.filter(goesBack) }));
    const isUndone = undone(
      past,
      found.map(({ older }) => older),
    );
    for (const { contribution, older } of found) {
      const rows = older.filter((row) => !isUndone(row) && !isUncovered(row, past));
      const [first] = rows;
      if (!first) continue;
      const targets = sequence.sorted(targetsOf(rows));
      const path = sequence.commonNode(targets);
      const steps = [...new Set(rows.map(({ before, after }) => `${String(before)} → ${String(after)}`))];
      yield {
        message: `${broughtBy(contribution)} takes the version back at ${few(targets)}: ${few(steps)}`,
        what: whatOf(contribution),
        path,
        targets,
        expected: `${String(first.before)}, a later one, or the one that was there before`,
        hint: 'keep the newer version, or undo the change that brought it: `npx fleet rollback`, or `git revert`',
        digest: effectDigest(below(contribution.rows, path)),
        digestBelow: (other) => effectDigest(below(contribution.rows, other)),
        row: first,
      };
    }
  },
};

/** Whether a version is an earlier one now. */
export function goesBack({ field, before, after }: Pick<Row, 'field' | 'before' | 'after'>): boolean {
  if (!/(^|\.)(targetRevision|version)$/.test(field) || typeof before !== 'string' || typeof after !== 'string') return false;
  // A branch, or a range, says nothing of the order.
  return isVersion(before) && isVersion(after) && compareVersions(after, before) < 0;
}

/** Where a layer goes that has been there as long as anybody knows, what it hid is what was there before. */
function isUncovered({ item, target, field, layer, layerBefore, before }: Row, past: Past): boolean {
  if (layer === undefined || layerBefore === undefined || !isWeaker(layer, layerBefore)) return false;
  return past.contents(item, target).every(({ fields }) => fields === undefined || fields.get(field) === before);
}
