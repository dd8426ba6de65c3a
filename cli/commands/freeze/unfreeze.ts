import { Command } from 'commander';
import { prepareUnfreeze, type UnfreezeFlags } from '../../prepare/prepare-freeze';
import { freezeJson, freezeText } from '../../print/freeze-printer';
import type { Done } from '../../print/print';
import { loadFleet } from '../../read/load-fleet';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withCommitOption, withWriteOptions } from '../../write-options';

export function unfreezeCommand(done: Done): Command {
  return withCommitOption(
    withWriteOptions(
      new Command('unfreeze').description('take the freeze of a node out: patches go on from where they are').argument('<path>', 'the node'),
      'what would be written',
    ),
  )
    .addHelpText('after', '\nExample:\n  $ npx fleet unfreeze production')
    .action((path: string, flags: UnfreezeFlags) => {
      const run = () => unfreeze(path, flags, new Date());
      done(runWriting(flags, run));
    });
}

function unfreeze(path: string, flags: UnfreezeFlags, now: Date): number {
  const fleet = loadFleet(flags.config);
  const prepared = prepareUnfreeze(fleet, path, now);
  return carryOut(fleet, prepared.change, flags, flags.json ? freezeJson(prepared) : freezeText(prepared, fleet.fleet.path));
}
