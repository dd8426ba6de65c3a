import type { Law } from '../../layers/law/law';
import type { RuleCommit } from '../../layers/law/own-rule';
import type { Change } from '../change';
import type { State } from '../state';
import type { Past } from './past';
import type { Contribution, Row } from './row';
import type { Sequence } from './sequence';
import type { Sides } from './side';
import type { EvidenceStatement } from './statements';

/** What may not be done with a fleet in one change. */
export interface Rule {
  /** What statements and exemptions call it. */
  readonly id: string;
  /** What it demands, in one sentence. */
  readonly what: string;
  readonly why: string;
  /** What to do instead. */
  readonly wayOut: string;
  /** Everything in a change that it does not allow. */
  judge(change: JudgedChange): Iterable<Finding>;
}

/** One thing that a rule does not allow. */
export interface Finding {
  /** @default 'error'; a warning refuses nothing */
  readonly severity?: 'error' | 'warning';
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  /** `CLUSTER-TYPE/APP`, or `law`. @default - it is about the whole change */
  readonly what?: string;
  /** The node that it is about; `*` for the whole fleet. */
  readonly path: string;
  /** Where it shows, in sequence. */
  readonly targets: readonly string[];
  readonly expected?: string;
  readonly found?: string;
  /** What to do instead. */
  readonly hint?: string;
  /** Names the effect: who allows it allows this one. @default - nothing allows it */
  readonly digest?: string;
  /** Names the effect at another node that it lies below: who allows all of that allows this, too. @default - nobody can */
  readonly digestBelow?: (path: string) => string;
  /** Whether it is about what becomes of objects beside an app's own. @default false */
  readonly ofObjects?: true;
  /** Whose place in the configuration is to be shown. @default - nothing in it says it any more */
  readonly row?: Row;
}

/** How a change arrived. */
export interface ChangeSource {
  /** `1a2b3c4 (Roll it out)`; `what is not committed`. */
  readonly name: string;
  /** The newest first. @default - it is not committed */
  readonly commits: readonly RuleCommit[];
}

/** A change of the rendered fleet, with all that rules look at. Data alone: no clock, no files, no Git. */
export interface JudgedChange {
  readonly before: State;
  readonly after: State;
  /** Field by field, equal changes of several targets as one. */
  readonly changes: readonly Change[];
  /** The same, target by target, with everything that comes with an app or a target. */
  readonly rows: readonly Row[];
  /** The rows by the layer that brings them, of each app. */
  readonly contributions: readonly Contribution[];
  /** What the laws before and after demand. */
  readonly law: Law;
  readonly sequence: Sequence;
  readonly sides: Sides;
  readonly past: Past;
  readonly source: ChangeSource;
  /** What its commits have on record of evidence. */
  readonly evidence: readonly EvidenceStatement[];
  /** What the clock says, in milliseconds. */
  readonly now: number;
}
