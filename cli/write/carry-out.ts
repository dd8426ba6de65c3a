import type { Change } from '../prepare/change';
import { withoutObjects } from '../prepare/charts/without-objects';
import type { Proof } from '../prepare/prove';
import type { LoadedFleet } from '../read/load-fleet';
import { beginCommit, type CommitEnd, endCommit } from './commit-run';
import { mixedFiles, type Written, writeChange } from './write-change';

/** What is said beside what would be rendered. */
export interface Beside {
  /** Files of it that hold what other edits make of them, too. */
  readonly mixed: readonly string[];
  /** What of it is not shown, and why. */
  readonly notes: readonly string[];
}

/** Shows a change: before it is written, and then what was written. */
export interface ChangePrinter {
  prepared(): void;
  /** @param proof what would be rendered */
  dryRun(proof: Proof, beside: Beside): void;
  written(written: Written, end: CommitEnd): void;
}

/** The flags of commands that write. */
interface WriteFlags {
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly commit?: boolean;
}

/** Writes a change, or with `--dry-run` shows what it would render, and where it would not, what the configuration says; with `--commit` commits it. @returns the exit status */
export function carryOut(fleet: LoadedFleet, change: Change, flags: WriteFlags, printer: ChangePrinter): number {
  const { config } = fleet;
  const commit = beginCommit({ ...flags, config });
  printer.prepared();
  if (flags.dryRun) {
    const { proof, notes } = flags.synth ? { proof: change.proof, notes: [] } : withoutObjects(change.proof);
    printer.dryRun(proof, { mixed: mixedFiles(fleet, change, flags.synth), notes });
    return 0;
  }
  const written = writeChange(fleet, change, flags.synth, commit);
  const end = endCommit(fleet, commit, [{ written, change }]);
  printer.written(written, end);
  return end.problems.length > 0 ? 1 : 0;
}
