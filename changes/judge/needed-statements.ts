import type { State } from '../state';
import { judge, type Verdict } from './judge';
import type { Past } from './past';
import { gate } from './rules/gate';
import { loosenedLaw } from './rules/loosened-law';
import { sequence } from './rules/sequence';
import { soak } from './rules/soak';
import { statementText } from './statements';

/** A step of a command that somebody asked for. */
export interface AskedStep {
  readonly before: State;
  readonly after: State;
  /** What the clock says, in milliseconds. */
  readonly now: number;
  /** Nodes whose gate somebody has approved; `*` for all. */
  readonly approved: readonly string[];
  /** Whether it goes past targets in front of it. @default false */
  readonly isHotfix?: boolean;
}

/** A step that a command makes brings what was not there: no past is asked. */
const noPast: Past = { contents: () => [], prepare: () => {} };

/**
 * The lines that the message of a commit has to have for a step to pass: what was approved on the command line is on record there.
 * Each once, in the order of the rules.
 */
export function neededStatements({ before, after, now, approved, isHotfix = false }: AskedStep): readonly string[] {
  const rules = [sequence, gate, soak, loosenedLaw];
  const verdicts = judge({ before, after, laws: [], statements: [], past: noPast, now, rules });
  return [...new Set(verdicts.flatMap((verdict) => lineOf(verdict, approved, isHotfix)))];
}

function lineOf({ rule, kind, what, path, digest, statement }: Verdict, approved: readonly string[], isHotfix: boolean): readonly string[] {
  if (kind !== 'refused' || statement === undefined || what === undefined || digest === undefined) return [];
  if (rule === 'gate' || rule === 'law') return approved.includes('*') || approved.includes(path) ? [statement] : [];
  if (isHotfix) return [statementText({ kind: 'hotfix', what, path, digest })];
  // A step that is broader than the fleet's own is meant to be; time that is missing is not.
  return rule === 'sequence' ? [statement] : [];
}
