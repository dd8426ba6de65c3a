import type { Change } from '../prepare/change';
import type { Proof } from '../prepare/prove';
import type { LoadedFleet } from '../read/load-fleet';
import { commitCommands } from './commit-commands';
import { commitMessage } from './commit-message';
import { type Written, writeChange } from './write-change';

/** Shows a change: before it is written, and then what was written. */
export interface ChangePrinter {
  prepared(): void;
  /** @param proof what would be rendered */
  dryRun(proof: Proof): void;
  /** @param next commands to run next */
  written(written: Written, next: readonly string[]): void;
}

/** Writes a change, or with `--dry-run` shows what it would render. @returns the exit status */
export function carryOut(fleet: LoadedFleet, change: Change, flags: { readonly dryRun?: boolean; readonly synth: boolean }, printer: ChangePrinter): number {
  printer.prepared();
  if (flags.dryRun) {
    printer.dryRun(change.proof);
    return 0;
  }
  const written = writeChange(fleet, change, flags.synth);
  printer.written(written, commitCommands(fleet, [written], commitMessage([change])));
  return 0;
}
