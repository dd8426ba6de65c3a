import { FleetError, type PatchView, type Problem } from '../../constructs';
import { History } from '../../store/git/history';
import type { NewCommit } from '../../store/git/new-commit';
import { type AutomaticOptions, automaticStep } from '../prepare/automatic-step';
import type { PromoteFlags } from '../prepare/prepare-promotion';
import { type ProvedStep, proveStep } from '../prepare/prove-step';
import { type LoadedFleet, loadFleet } from '../read/load-fleet';
import { beginCommit, type CommitEnd, endCommit } from './commit-run';
import { type Written, writeChange } from './write-change';

/** A step that was made, or with `--dry-run` would be. */
export interface MovedPatch {
  readonly step: ProvedStep;
  /** @default - nothing was written */
  readonly written?: Written;
}

/** A patch that stays where it is, and what it waits for. */
export interface WaitingPatch {
  readonly clusterType: string;
  readonly app: string;
  readonly patch: string;
  readonly reason: string;
  readonly owners: readonly string[];
}

export interface EveryPatchEnd extends CommitEnd {
  readonly moved: readonly MovedPatch[];
  readonly waiting: readonly WaitingPatch[];
}

/** Shows what `fleet promote --auto` does, in the order in which it does it. */
export interface EveryPatchPrinter {
  moved(patch: MovedPatch): void;
  /** A patch cannot be moved. */
  failed(problems: readonly Problem[]): void;
  ended(end: EveryPatchEnd): void;
}

interface Run extends AutomaticOptions {
  readonly flags: PromoteFlags;
  readonly printer: EveryPatchPrinter;
  readonly commit?: NewCommit;
}

/** Moves every patch one step that needs nobody's approval and has soaked where it is. @param now what the clock says */
export function promoteEveryPatch(flags: PromoteFlags, now: Date, printer: EveryPatchPrinter): number {
  let fleet = loadFleet(flags.config);
  const commit = beginCommit(flags);
  const run: Run = { commit, flags, history: new History(flags.config), now, printer };
  const all = fleet.patches.map(({ state }) => state);
  const moved: MovedPatch[] = [];
  const waiting: { readonly view: PatchView; readonly reason: string }[] = [];
  for (const state of all) {
    const view = fleet.patches.find((one) => isSamePatch(one.state, state));
    if (!view) continue;
    const outcome = tryStep(fleet, view, run);
    if (typeof outcome === 'string') {
      waiting.push({ view, reason: outcome });
      continue;
    }
    moved.push(outcome);
    printer.moved(outcome);
    // The next one is decided on the fleet as it is now.
    if (!flags.dryRun) fleet = loadFleet(flags.config);
  }
  const made = moved.flatMap(({ step, written }) => (written ? [{ written, change: step.change }] : []));
  const end = endCommit(fleet, commit, made, 'patches');
  printer.ended({ moved, waiting: waiting.map(({ view, reason }) => waitingPatch(fleet, view, reason)), ...end });
  return end.problems.length > 0 ? 1 : 0;
}

type Names = Pick<PatchView['state'], 'clusterType' | 'app' | 'patch'>;

function isSamePatch(one: Names, other: Names): boolean {
  return one.clusterType === other.clusterType && one.app === other.app && one.patch === other.patch;
}

/** @returns the step that was made, or why there is none */
function tryStep(fleet: LoadedFleet, view: PatchView, run: Run): MovedPatch | string {
  const decision = automaticStep(fleet, view, run);
  if (typeof decision === 'string') return decision;
  try {
    const step = proveStep(fleet, view, decision);
    // Where changes are judged, each needs somebody's word.
    const needing = step.marks.find(({ kind }) => kind === 'removal' || kind === 'immutable');
    if (needing) return `somebody must promote it by hand: ${needing.text}`;
    return run.flags.dryRun ? { step } : { step, written: writeChange(fleet, step.change, run.flags.synth, run.commit) };
  } catch (error) {
    // One patch that cannot be moved keeps no other from moving.
    if (!(error instanceof FleetError) || error.problems.some(({ code }) => code.endsWith('-write'))) throw error;
    run.printer.failed(error.problems);
    return error.problems[0]?.message ?? 'it cannot be moved';
  }
}

function waitingPatch({ output }: LoadedFleet, { state: { clusterType, app, patch } }: PatchView, reason: string): WaitingPatch {
  const owners = [...new Set(output.apps(clusterType, app).flatMap((one) => one.owners))];
  return { clusterType, app, patch, reason, owners };
}
