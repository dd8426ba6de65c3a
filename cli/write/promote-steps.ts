import { compareStates } from '../../changes/compare-states';
import { FleetError, type Problem } from '../../constructs';
import type { NewCommit } from '../../store/git/writing/new-commit';
import { chartRenderer } from '../../store/read/read-config';
import { waitingStatus } from '../exit-status';
import type { Change } from '../prepare/change';
import { type MovingStep, type PromotionRequest, preparePromotion } from '../prepare/prepare-promotion';
import { type LoadedFleet, loadFleet } from '../read/load-fleet';
import { switchedApps } from '../read/manifests/switched-apps';
import { mayPass, withManifests } from '../read/manifests/with-manifests';
import { beginCommit, endCommit } from './commit-run';
import type { PromotionPrinter } from './promotion-printer';
import { mixedFiles, type Written, writeChange } from './write-change';

/** How a step ended. */
interface Outcome {
  readonly status: number;
  /** Whether there is no step after it, for now. */
  readonly isLast: boolean;
  /** @default - nothing was written */
  readonly made?: { readonly written: Written; readonly change: Change };
}

/** Moves a patch one step. @returns the exit status */
export function promoteOnce(request: PromotionRequest, printer: PromotionPrinter): number {
  const fleet = loadFleet(request.flags.config);
  const commit = beginCommit(request.flags);
  return end({ fleet, commit }, printer, [takeStep({ fleet, commit }, request, printer)]);
}

/** Moves a patch step after step, up to a gate, to the base, or to what stands in the way. @returns the exit status */
export function promoteAll(request: PromotionRequest, printer: PromotionPrinter): number {
  const outcomes: Outcome[] = [];
  const commit = beginCommit(request.flags);
  for (;;) {
    const fleet = loadFleet(request.flags.config);
    const run = { fleet, commit };
    try {
      const outcome = takeStep(run, { ...request, hasEntered: outcomes.length > 0 }, printer);
      outcomes.push(outcome);
      if (outcome.isLast) return end(run, printer, outcomes);
      printer.goesOn();
    } catch (error) {
      // The steps before are made, and shown as made.
      if (!(error instanceof FleetError) || outcomes.length === 0) throw error;
      return end(run, printer, outcomes, error.problems);
    }
  }
}

/** The fleet as it is, and the commit that takes what is written. */
interface Run {
  readonly fleet: LoadedFleet;
  readonly commit?: NewCommit;
}

function takeStep({ fleet, commit }: Run, request: PromotionRequest, printer: PromotionPrinter): Outcome {
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
    printer.dryRun(withObjects(step, fleet, request.flags.manifests), fleet.fleet.path, mixedFiles(fleet, step.change, request.flags.synth));
    return { status: 0, isLast: true };
  }
  const written = writeChange(fleet, step.change, request.flags.synth, commit);
  printer.written(step, written);
  return { status: 0, isLast: step.decision.kind === 'integrate', made: { written, change: step.change } };
}

/** A step whose effect shows the objects of charts that are not opened, too: of all apps, or of those that it opens or closes. */
function withObjects(step: MovingStep, { config, fleet, output }: LoadedFleet, ofAll = false): MovingStep {
  const { proof } = step.change;
  const effect = () => {
    const { before, after } = proof.states();
    const shown = ofAll ? {} : { only: switchedApps([before, after]) };
    if (mayPass(shown)) return proof.effect();
    const renderer = ofAll ? chartRenderer(config) : (fleet.chartRenderer ?? chartRenderer(config));
    return compareStates(...withManifests(before, after, { renderers: [renderer, renderer], ...shown, own: fleet, values: output.values }));
  };
  return { ...step, change: { ...step.change, proof: { ...proof, effect } } };
}

/** Prints what to run next, or commits it, once for all steps. @returns the exit status */
function end({ fleet, commit }: Run, printer: PromotionPrinter, outcomes: readonly Outcome[], problems: readonly Problem[] = []): number {
  const made = outcomes.flatMap((outcome) => outcome.made ?? []);
  const { problems: uncommitted, ...committed } = endCommit(fleet, commit, made);
  const all = [...problems, ...uncommitted];
  const status = all.length > 0 ? 1 : (outcomes[outcomes.length - 1]?.status ?? 0);
  printer.ended({ status, written: made.map(({ written }) => written), ...committed, problems: all });
  return status;
}
