import { FleetError, type PatchView } from '../../../constructs';
import { firstNames } from '../../read/first-names';
import type { PromoteFlags } from '../prepare-promotion';
import { despiteLine, type ProvedStep } from '../prove-step';
import type { NeededWord } from './needs-somebody';

/** A step with what its commit needs besides. */
type NeedingStep = ProvedStep & { readonly needs: readonly NeededWord[] };

/** The same with what says why it does that to objects. */
interface AllowedObjects extends NeedingStep {
  /** The command that makes the step with a reason on record. @default - it does nothing to objects that a rule asks about, or the reason is there */
  readonly sayingWhy?: string;
}

/**
 * What a step does to objects that a rule asks about (a claim that goes, a selector that changes) it does for a reason, which
 * stands in the commit with the lines that let it pass, and with no others.
 *
 * @param command makes the step with a reason
 * @throws FleetError where nobody says one
 */
export function withAllowedObjects(step: NeedingStep, view: PatchView, flags: PromoteFlags, command: (reason?: string) => string): AllowedObjects {
  const objects = step.needs.filter(({ ofObjects }) => ofObjects);
  if (objects.length === 0) return step;
  // Of several steps in one commit the lines would be about none of them.
  const isApart = !flags.all || flags.dryRun === true;
  if (flags.despite === undefined || !isApart) {
    if (flags.dryRun) return { ...step, sayingWhy: command() };
    throw unnamed(view, objects, command(flags.despite), isApart);
  }
  const { change } = step;
  const why = despiteLine(flags.despite);
  const said = (change.statements ?? []).filter((line) => line !== why);
  const lines = objects.flatMap(({ statement }) => statement ?? []);
  return { ...step, change: { ...change, statements: [why, ...said, ...lines] }, needs: step.needs.filter((need) => !objects.includes(need)) };
}

function unnamed({ state: { app, patch } }: PatchView, objects: readonly NeededWord[], command: string, isApart: boolean): FleetError {
  const [first, ...others] = objects.map(({ rule, message }) => `${rule}: ${message}`);
  return new FleetError([
    {
      code: 'rollout',
      message: `'${patch}' does not go on: ${first}`,
      app,
      place: [],
      expected: isApart ? 'why it does that all the same' : 'a commit of its own: its lines are about this step alone',
      ...(others.length === 0 ? {} : { found: firstNames(others).join('; ') }),
      hint: `nothing was written; \`--dry-run\` shows all that it does; where that is meant, say why: \`${command}\``,
    },
  ]);
}
