import type { Change } from '../prepare/change';
import { withoutObjects } from '../prepare/charts/without-objects';
import type { Proof } from '../prepare/prove';
import type { LoadedFleet } from '../read/load-fleet';
import { beginCommit, type CommitEnd, endCommit } from './commit-run';
import { type Written, writeChange } from './write-change';

/** Shows a change: before it is written, and then what was written. */
export interface ChangePrinter {
  prepared(): void;
  /** @param proof what would be rendered @param notes what of it is not shown, and why */
  dryRun(proof: Proof, notes: readonly string[]): void;
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
    const shown = flags.synth ? { proof: change.proof, notes: [] } : withoutObjects(change.proof);
    printer.dryRun(shown.proof, shown.notes);
    return 0;
  }
  const written = writeChange(fleet, change, flags.synth, commit);
  const end = endCommit(fleet, commit, [{ written, change }]);
  printer.written(written, end);
  return end.problems.length > 0 ? 1 : 0;
}
