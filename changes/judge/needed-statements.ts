import { compareStates } from '../compare-states';
import type { State } from '../state';
import { effectDigest } from './effect';
import { whatOf } from './had';
import { judgedChange } from './judge';
import { lawDigest, loosenings } from './law';
import { type Contribution, contributionsOf, rowsOf } from './row';
import { downgrade, goesBack } from './rules/downgrade';
import { removal } from './rules/removal';
import { sequence } from './rules/sequence';
import { Sides } from './side';
import { type Statement, statementText, theLaw } from './statements';
import { below } from './words';

/** A step of a command that somebody asked for. */
export interface AskedStep {
  /** At least of the targets that get something else. */
  readonly before: State;
  readonly after: State;
  /** What the clock says, in milliseconds. */
  readonly now: number;
  /** The gates that somebody has approved. @default [] */
  readonly approved?: readonly string[];
  /** The node that it goes straight to, past targets in front of it. @default - it goes along the sequence */
  readonly hotfix?: string;
  /** The node that it enters, where that is broader than what a change of the fleet enters whole. @default - it is not */
  readonly broad?: string;
  /** The node where versions go back to what they were, because that is asked for. @default - they are not to */
  readonly back?: string;
  /** Whether what deployed something is to take it along, because that is asked for. @default false */
  readonly removes?: boolean;
}

/**
 * The lines that the message of a commit has to have for a step to pass: what was approved on the command line is on record there.
 * Each once.
 */
export function neededStatements({ before, after, now, approved = [], hotfix, broad, back, removes = false }: AskedStep): readonly string[] {
  const contributions = contributionsOf(rowsOf(compareStates(before, after).changes, new Sides(before, after)));
  const each = (path: string, make: (what: string, digest: string) => Statement) =>
    contributions.flatMap((contribution) => {
      const rows = below(contribution.rows, path);
      return rows.length === 0 ? [] : [make(whatOf(contribution), effectDigest(rows))];
    });
  const statements = [
    ...approved.flatMap((path) => each(path, (what, digest) => ({ kind: 'approved', path, what, digest }))),
    ...(hotfix === undefined ? [] : each(hotfix, (what, digest) => ({ kind: 'hotfix', what, path: hotfix, digest }))),
    ...(broad === undefined ? [] : each(broad, (what, digest) => ({ kind: 'allows', rule: sequence.id, what, path: broad, digest }))),
    ...(back === undefined ? [] : ofVersions(contributions, back)),
    ...(removes ? ofRemoval(before, after, now) : []),
    ...ofTheLaw(before, after, now),
  ];
  return [...new Set(statements.map(statementText))];
}

function ofVersions(contributions: readonly Contribution[], path: string): readonly Statement[] {
  return contributions.flatMap((contribution): readonly Statement[] => {
    const rows = below(contribution.rows, path);
    return rows.some(goesBack) ? [{ kind: 'allows', rule: downgrade.id, what: whatOf(contribution), path, digest: effectDigest(rows) }] : [];
  });
}

/** What the rule asks for itself. */
function ofRemoval(before: State, after: State, now: number): readonly Statement[] {
  const change = judgedChange({ before, after, laws: [], past: { contents: () => [], prepare: () => {} }, now });
  return [...removal.judge(change)].flatMap(({ what, path, digest }): readonly Statement[] =>
    what === undefined || digest === undefined ? [] : [{ kind: 'allows', rule: removal.id, what, path, digest }],
  );
}

function ofTheLaw({ fleet: before }: State, { fleet: after }: State, now: number): readonly Statement[] {
  const found = loosenings(before, after, now);
  return [...new Set(found.map(({ path }) => path))].map((path) => ({ kind: 'approved', path, what: theLaw, digest: lawDigest(found, path) }));
}
