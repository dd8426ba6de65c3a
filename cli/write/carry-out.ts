import type { Change } from '../prepare/change';
import type { Proof } from '../prepare/prove';
import type { LoadedFleet } from '../read/load-fleet';
import { beginCommit, type CommitEnd, endCommit } from './commit-run';
import { mixedFiles, type Written, writeChange } from './write-change';

/** Shows a change: before it is written, and then what was written. */
export interface ChangePrinter {
  prepared(): void;
  /** @param proof what would be rendered @param mixed files of it that hold what other edits make of them, too */
  dryRun(proof: Proof, mixed: readonly string[]): void;
  written(written: Written, end: CommitEnd): void;
}

/** The flags of commands that write. */
interface WriteFlags {
  readonly dryRun?: boolean;
  readonly synth: boolean;
  readonly commit?: boolean;
}

/** Writes a change, or with `--dry-run` shows what it would render; with `--commit` commits it. @returns the exit status */
export function carryOut(fleet: LoadedFleet, change: Change, flags: WriteFlags, printer: ChangePrinter): number {
  const { config } = fleet;
  const commit = beginCommit({ ...flags, config });
  printer.prepared();
  if (flags.dryRun) {
    printer.dryRun(change.proof, mixedFiles(fleet, change, flags.synth));
    return 0;
  }
  const written = writeChange(fleet, change, flags.synth, commit);
  const end = endCommit(fleet, commit, [{ written, change }]);
  printer.written(written, end);
  return end.problems.length > 0 ? 1 : 0;
}
