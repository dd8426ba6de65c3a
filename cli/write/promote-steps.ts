import { FleetError, type Problem } from '../../constructs';
import { waitingStatus } from '../exit-status';
import type { Change } from '../prepare/change';
import { type PromotionRequest, preparePromotion } from '../prepare/prepare-promotion';
import { type LoadedFleet, loadFleet } from '../read/load-fleet';
import { commitCommands } from './commit-commands';
import { commitMessage } from './commit-message';
import type { PromotionPrinter } from './promotion-printer';
import { type Written, writeChange } from './write-change';

/** How a step ended. */
interface Outcome {
  readonly status: number;
  /** Whether there is no step after it, for now. */
  readonly isLast: boolean;
  /** @default - nothing was written */
  readonly written?: Written;
  /** What was written. @default - there is nothing to commit */
  readonly change?: Change;
}

/** Moves a patch one step. @returns the exit status */
export function promoteOnce(request: PromotionRequest, printer: PromotionPrinter): number {
  const fleet = loadFleet(request.flags.config);
  return end(fleet, printer, [takeStep(fleet, request, printer)]);
}

/** Moves a patch step after step, up to a gate, to the base, or to what stands in the way. @returns the exit status */
export function promoteAll(request: PromotionRequest, printer: PromotionPrinter): number {
  const outcomes: Outcome[] = [];
  for (;;) {
    const fleet = loadFleet(request.flags.config);
    try {
      const outcome = takeStep(fleet, { ...request, hasEntered: outcomes.length > 0 }, printer);
      outcomes.push(outcome);
      if (outcome.isLast) return end(fleet, printer, outcomes);
      printer.goesOn();
    } catch (error) {
      // The steps before are made, and shown as made.
      if (!(error instanceof FleetError) || outcomes.length === 0) throw error;
      return end(fleet, printer, outcomes, error.problems);
    }
  }
}

function takeStep(fleet: LoadedFleet, request: PromotionRequest, printer: PromotionPrinter): Outcome {
  const step = preparePromotion(fleet, request);
  if (step.kind === 'entered all') {
    printer.enteredAll();
    return { status: 0, isLast: true };
  }
  if (step.kind === 'waits') {
    printer.waits(step);
    return { status: waitingStatus, isLast: true };
  }
  printer.prepared(step);
  if (request.flags.dryRun) {
    printer.dryRun(step, fleet.fleet.path);
    return { status: 0, isLast: true };
  }
  const written = writeChange(fleet, step.change, request.flags.synth);
  printer.written(step, written);
  return { status: 0, isLast: step.decision.kind === 'integrate', written, change: step.change };
}

/** Prints what to run next, once for all steps. @returns the exit status */
function end(fleet: LoadedFleet, printer: PromotionPrinter, outcomes: readonly Outcome[], problems: readonly Problem[] = []): number {
  const written = outcomes.flatMap((outcome) => outcome.written ?? []);
  const message = commitMessage(outcomes.flatMap(({ change }) => change ?? []));
  const next = commitCommands(fleet, written, message);
  const status = problems.length > 0 ? 1 : (outcomes[outcomes.length - 1]?.status ?? 0);
  printer.ended({ status, written, next, problems });
  return status;
}
