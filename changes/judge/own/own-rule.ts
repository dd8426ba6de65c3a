import { everywhere, isAtOrBelow } from '../../../layers/hierarchy';
import type { RuleConfig, RuleFinding } from '../../../layers/law/own-rule';
import { describe } from '../../../layers/plain-data';
import { FleetError, type Problem } from '../../../layers/problem';
import { messageOf, thrownAs } from '../../../layers/thrown';
import { digestOf, effectDigest } from '../effect';
import { whatOf } from '../had';
import type { Row } from '../row';
import type { Finding, JudgedChange, Rule } from '../rule';
import { below, targetsOf } from '../words';
import { type NoFinding, readFinding } from './read-finding';
import { ruleChangeOf } from './rule-change';

/** How much a rule may have against one change: one that never ends would never be told of. */
const most = 10_000;

/**
 * A rule of a fleet's own as one of those that judge.
 *
 * @param at where it is written
 * @throws FleetError (`own-rule`), when it judges, where it throws or tells something that is no finding
 */
export function ownRule({ id, what, why, wayOut, judge }: RuleConfig, at: Pick<Problem, 'file' | 'place'>): Rule {
  const refuse = ({ message, ...rest }: NoFinding) => new FleetError([{ code: 'own-rule', message: `the rule '${id}': ${message}`, ...at, ...rest }]);
  return {
    id,
    what,
    why,
    wayOut,
    judge: (change) => {
      // What is not there breaks no rule, whatever is asked of commits.
      if (change.changes.length === 0) return [];
      const seen = ruleChangeOf(change);
      const told: unknown[] = [];
      try {
        const all: unknown = judge(seen);
        if (!isIterable(all)) throw refuse(noList(all));
        for (const one of all) {
          told.push(one);
          if (told.length > most)
            throw refuse({ message: `it tells more than ${most} findings of one change`, hint: 'tell equal ones once, with all their targets' });
        }
      } catch (cause) {
        throw thrownAs(cause, FleetError) ?? refuse({ message: `it threw: ${messageOf(cause)}` });
      }
      return told.map((one) => {
        const read = readFinding(one, change);
        if ('wrong' in read) throw refuse(read.wrong);
        return findingOf(read, wayOut, change);
      });
    },
  };
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function noList(found: unknown): NoFinding {
  return {
    message: 'it tells nothing that can be read',
    expected: 'findings that it yields (`*judge(change) { … }`), or a list of them',
    found: describe(found),
    hint: 'nobody waits for what is asynchronous; where there is nothing to tell, it returns an empty list',
  };
}

function findingOf({ app, path: asked, targets: named, hint = '', ...finding }: RuleFinding, wayOut: string, change: JudgedChange): Finding {
  const { sequence } = change;
  const own = change.rows.filter(({ item, target }) => (app === undefined || whatOf(item) === app) && (named === undefined || named.includes(target)));
  const isOfWhole = app === undefined && asked === undefined && named === undefined;
  const targets = isOfWhole ? [] : sequence.sorted(named ?? targetsOf(own).filter((target) => asked === undefined || isAtOrBelow(target, asked)));
  const path = asked ?? (targets.length === 0 ? everywhere : sequence.commonNode(targets));
  const rows = own.filter(({ target }) => targets.includes(target));
  const [row] = rows;
  return {
    ...finding,
    hint: hint === '' ? wayOut : hint,
    what: app ?? everywhere,
    path,
    targets,
    ...(targets.length === 0 ? {} : digestsOf(rows, path, targets, finding.message)),
    ...(row === undefined ? {} : { row }),
  };
}

/** What is allowed is the effect; where nothing changes there that can be compared, it is what the rule says. */
function digestsOf(rows: readonly Row[], path: string, targets: readonly string[], message: string): Pick<Finding, 'digest' | 'digestBelow'> {
  if (rows.length === 0) return { digest: digestOf([message, ...targets].join('\n')) };
  return { digest: effectDigest(below(rows, path)), digestBelow: (other) => effectDigest(below(rows, other)) };
}
