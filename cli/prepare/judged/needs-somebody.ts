import type { Verdict } from '../../../changes/judge/judge';
import { FleetError, type PatchView } from '../../../constructs';
import { shellWord } from '../../../layers/text/shell-word';
import { firstNames } from '../../read/first-names';
import type { LoadedFleet } from '../../read/load-fleet';
import type { Change } from '../change';
import { StepJudge } from './step-judge';

const verbs = { promote: 'promote it', rollback: 'take it back' } as const;

/** What a rule asks for before the commit of a step passes, where changes are judged. */
export interface NeededWord {
  readonly rule: string;
  readonly message: string;
  /** The line of the commit's message that gives it. @default - nothing but another change lets it pass */
  readonly statement?: string;
  /** Whether it is about what becomes of objects: nobody does that without a reason. @default false */
  readonly ofObjects?: true;
}

/**
 * What a step that somebody makes by hand needs besides what was said on the command line.
 *
 * @param told rules that the step tells of in words of its own
 */
export function neededWords(fleet: LoadedFleet, change: Change, now: Date, told: readonly string[]): readonly NeededWord[] {
  return refusedBy(fleet, change, now).flatMap(({ rule, message, statement, ofObjects }): readonly NeededWord[] =>
    told.includes(rule) ? [] : [{ rule, message, ...(statement === undefined ? {} : { statement }), ...(ofObjects ? { ofObjects } : {}) }],
  );
}

/** A rule of the fleet's own that throws keeps nobody from a fix that cannot wait, and hides nothing of the others: the check tells of it. */
function refusedBy(fleet: LoadedFleet, change: Change, now: Date, hasOwn = true): readonly Verdict[] {
  try {
    const judge = new StepJudge(fleet, now, hasOwn);
    return judge.isJudged ? judge.refused(fleet, change) : [];
  } catch (error) {
    if (error instanceof FleetError) return hasOwn ? refusedBy(fleet, change, now, false) : [];
    throw error;
  }
}

/** Why a step is not made by itself that nothing else keeps from that: where changes are judged, a rule asks for somebody's word. */
export function needsSomebody({ state: { clusterType, app, patch } }: PatchView, refused: readonly Verdict[], command: keyof typeof verbs): string {
  const isDespite = command === 'promote' && refused.some(({ ofObjects }) => ofObjects);
  const names = `${[clusterType, app, patch].map(shellWord).join(' ')}${isDespite ? " --despite 'REASON'" : ''}`;
  return `somebody must ${verbs[command]} by hand: ${refusedText(refused)} (\`npx fleet ${command} ${names}\`)`;
}

/** `removal: the namespace changes at production: a → b`, each once. */
export function refusedText(refused: readonly Verdict[]): string {
  return firstNames([...new Set(refused.map(({ rule, message }) => `${rule}: ${message}`))]).join('; ');
}
