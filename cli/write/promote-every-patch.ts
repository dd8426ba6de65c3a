import type { PatchView, Problem } from '../../constructs';
import type { NewCommit } from '../../store/git/writing/new-commit';
import {
  changeOf,
  keepingOthers,
  type OwnStep,
  OwnSteps,
  type OwnWayBack,
  recordsOf,
  type Staying,
  type WaitingPatch,
  waitingPatch,
} from '../prepare/automatic/own-steps';
import type { PromoteFlags } from '../prepare/prepare-promotion';
import { type LoadedFleet, loadFleet } from '../read/load-fleet';
import { beginCommit, type CommitEnd, endCommit } from './commit-run';
import { type Written, writeChange } from './write-change';

/** A step that was made, or with `--dry-run` would be. */
export interface MovedPatch extends OwnStep {
  /** @default - nothing was written */
  readonly written?: Written;
}

/** A patch that was taken back from where it entered last, or with `--dry-run` would be. */
export interface TakenBack extends OwnWayBack {
  /** @default - nothing was written */
  readonly written?: Written;
}

export interface EveryPatchEnd extends CommitEnd {
  readonly moved: readonly MovedPatch[];
  readonly back: readonly TakenBack[];
  readonly waiting: readonly WaitingPatch[];
}

/** Shows what `fleet promote --auto` does, in the order in which it does it. */
export interface EveryPatchPrinter {
  moved(patch: MovedPatch): void;
  takenBack(patch: TakenBack): void;
  /** A patch cannot be moved. */
  failed(problems: readonly Problem[]): void;
  ended(end: EveryPatchEnd): void;
}

interface Run {
  readonly flags: PromoteFlags;
  readonly printer: EveryPatchPrinter;
  readonly steps: OwnSteps;
  readonly commit?: NewCommit;
}

/** Moves every patch one step that needs nobody's approval and has soaked where it is. @param now what the clock says */
export function promoteEveryPatch(flags: PromoteFlags, now: Date, printer: EveryPatchPrinter): number {
  let fleet = loadFleet(flags.config);
  const commit = beginCommit(flags);
  const run: Run = { commit, flags, printer, steps: new OwnSteps(fleet, flags, now) };
  const all = fleet.patches.map(({ state }) => state);
  const moved: MovedPatch[] = [];
  const back: TakenBack[] = [];
  const staying: Staying[] = [];
  for (const state of all) {
    const view = fleet.patches.find((one) => isSamePatch(one.state, state));
    if (!view) continue;
    const outcome = keepingOthers(view, printer.failed, () => takeStep(fleet, view, run));
    if ('reason' in outcome) {
      staying.push(outcome);
      continue;
    }
    if ('prepared' in outcome) {
      back.push(outcome);
      printer.takenBack(outcome);
    } else {
      moved.push(outcome);
      printer.moved(outcome);
    }
    // The next one is decided on the fleet as it is now, and judged with what was made before.
    if (flags.dryRun) continue;
    run.steps.made(outcome);
    fleet = loadFleet(flags.config);
  }
  const made = [...moved, ...back].flatMap((own) => (own.written ? [{ written: own.written, change: changeOf(own) }] : []));
  const end = endCommit(fleet, commit, made, 'patches', recordsOf(staying));
  printer.ended({ moved, back, waiting: staying.map((one) => waitingPatch(fleet, one)), ...end });
  return end.problems.length > 0 ? 1 : 0;
}

type Names = Pick<PatchView['state'], 'clusterType' | 'app' | 'patch'>;

function isSamePatch(one: Names, other: Names): boolean {
  return one.clusterType === other.clusterType && one.app === other.app && one.patch === other.patch;
}

/** @returns the step that was made, or why there is none */
function takeStep(fleet: LoadedFleet, view: PatchView, { flags, commit, steps }: Run): MovedPatch | TakenBack | Staying {
  const own = steps.of(fleet, view);
  return 'reason' in own || flags.dryRun ? own : { ...own, written: writeChange(fleet, changeOf(own), flags.synth, commit) };
}
