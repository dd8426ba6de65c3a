import { Command } from 'commander';
import { type FreezeFlags, prepareFreeze } from '../../prepare/prepare-freeze';
import { freezeJson, freezeText, printFrozenAlready } from '../../print/freeze-printer';
import type { Done } from '../../print/print';
import { loadFleet } from '../../read/load-fleet';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withCommitOption, withWriteOptions } from '../../write-options';

export function freezeCommand(done: Done): Command {
  return withCommitOption(
    withWriteOptions(
      new Command('freeze')
        .description('let no command promote anything into a node, or into what is below it')
        .argument('<path>', 'the node')
        .requiredOption('--reason <text>', 'why; whoever is held reads it')
        .option('--until <date>', 'its last day, in UTC, such as 2026-12-31, or a day with a time (default: until `fleet unfreeze`)'),
      'what would be written',
    ),
  )
    .addHelpText('after', "\nA rollback goes on.\n\nExample:\n  $ npx fleet freeze production --reason 'the holidays' --until 2027-01-06")
    .action((path: string, flags: FreezeFlags) => {
      const run = () => freeze(path, flags, new Date());
      done(runWriting(flags, run));
    });
}

function freeze(path: string, flags: FreezeFlags, now: Date): number {
  const fleet = loadFleet(flags.config);
  const prepared = prepareFreeze(fleet, path, flags, now);
  if (prepared.change.edits.files.length === 0) {
    printFrozenAlready(prepared, flags.json);
    return 0;
  }
  return carryOut(fleet, prepared.change, flags, flags.json ? freezeJson(prepared) : freezeText(prepared, fleet.fleet.path));
}
