import type { Command } from 'commander';
import { collected } from '../../read/collected';
import { withCommitOption, withWriteOptions } from '../../write-options';

/** What every command has that writes a new patch. @param description what it is for, where nobody says it */
export function withPatchOptions(command: Command, description?: string): Command {
  const of = description === undefined ? '' : ` (default: ${description})`;
  return withCommitOption(
    withWriteOptions(
      command
        .option('--name <name>', 'what it is called (default: the next free number, such as patch-003)')
        .option('--description <text>', `what it is for${of}`)
        .option('--at <path>', 'where it starts (default: the first node at the promotion level)')
        .option('--approve <path>', 'a manual node, or rank, that may be entered (repeatable)', collected, [])
        .option('--downgrade', 'versions may go back: that is meant'),
      'the change of the manifests',
    ),
  );
}
