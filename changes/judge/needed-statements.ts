import { evidenceRule } from '../../layers/law/law';
import { compareStates } from '../compare-states';
import type { State } from '../state';
import { effectDigest } from './effect';
import { whatOf } from './had';
import { judgedChange } from './judge';
import { lawDigest, loosenings } from './law';
import { type Contribution, contributionsOf, patchesIn, rowsOf } from './row';
import { downgrade, goesBack } from './rules/downgrade';
import { removal } from './rules/removal';
import { sequence } from './rules/sequence';
import { Sides } from './side';
import { type EvidenceStatement, evidenceText, type Statement, statementText, theLaw } from './statements';
import { below } from './words';

/** What a step saw of a piece of evidence; what it is about follows from what it does. */
export type SeenLine = Omit<EvidenceStatement, 'what' | 'digest'>;

/** Names the effect of a step that has none. */
const noEffect = '0'.repeat(16);

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
  /** What evidence said of where the patch was, whose step it is. @default [] */
  readonly seen?: readonly SeenLine[];
  /** The node that it enters whatever evidence says, because that is asked for. @default - evidence is good */
  readonly despite?: string;
}

/**
 * The lines that the message of a commit has to have for a step to pass: what was approved on the command line is on record there.
 * Each once.
 */
export function neededStatements({
  before,
  after,
  now,
  approved = [],
  hotfix,
  broad,
  back,
  removes = false,
  seen = [],
  despite,
}: AskedStep): readonly string[] {
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
    ...(despite === undefined ? [] : each(despite, (what, digest) => ({ kind: 'allows', rule: evidenceRule, what, path: despite, digest }))),
    ...(removes ? ofRemoval(before, after, now) : []),
    ...ofTheLaw(before, after, now),
  ];
  return [...new Set([...ofEvidence(contributions, seen), ...statements.map(statementText)])];
}

/** Each app of a patch has an effect of its own. */
function ofEvidence(contributions: readonly Contribution[], seen: readonly SeenLine[]): readonly string[] {
  return seen.flatMap((line) => {
    const own = contributions.filter((contribution) => patchesIn(contribution).includes(line.patch));
    return own.map((contribution) => evidenceText({ ...line, what: whatOf(contribution), digest: effectDigest(contribution.rows) }));
  });
}

/** What was seen where nothing changes. @param what `CLUSTER-TYPE/APP` */
export function evidenceOfNoEffect(what: string, seen: readonly SeenLine[]): readonly string[] {
  return seen.map((line) => evidenceText({ ...line, what, digest: noEffect }));
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
