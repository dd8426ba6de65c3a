import { Command, Option } from 'commander';
import { type NewNodeFlags, prepareNode } from '../../prepare/prepare-node';
import { newNodeJson, newNodeText } from '../../print/new/new-node-printer';
import type { Done } from '../../print/print';
import { collected } from '../../read/collected';
import { loadFleet } from '../../read/load-fleet';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withWriteOptions } from '../../write-options';
import { newAppCommand } from './new-app';
import { newClusterTypeCommand } from './new-cluster-type';
import { newPatchCommand } from './new-patch';
import { newSpokeCommand } from './new-spoke';

export function newCommand(done: Done): Command {
  return withWriteOptions(
    new Command('new')
      // What stands behind a command below is that command's.
      .enablePositionalOptions()
      .description('write something new into the configuration: an environment, a sector, a region; an app, a patch, …')
      .argument('<dimension>', 'what it is called in this fleet: environment, sector, region, … (or one of the commands below)')
      .argument('<path>', 'its path, such as production/prod-sector-2 for a sector')
      .option('--after <sibling>', 'what it follows in the rollout sequence (default: the last)')
      .option('--before <sibling>', 'what follows it')
      .addOption(new Option('--promotion <gate>', 'what it takes to enter it (default: automated)').choices(['manual', 'automated']))
      .option('--soak <time>', 'how long a change stays there before `promote --auto` takes it on, such as 24h')
      .option('--below <path>', 'what lies below it, down to the last dimension, such as prod-sector-2/us-east1 (repeatable)', collected, [])
      .option('--like <sibling>', 'let the same lie below it as below another'),
  )
    .addHelpText(
      'after',
      '\nNothing that is there changes: that is proved before anything is written.\n\nExample:\n  $ npx fleet new region production/prod-sector-1/us-west1 --after us-east1',
    )
    .action((dimension: string, path: string, flags: NewNodeFlags) => {
      const run = () => newNode(dimension, path, flags);
      done(runWriting(flags, run));
    })
    .addCommand(newAppCommand(done))
    .addCommand(newClusterTypeCommand(done))
    .addCommand(newPatchCommand(done))
    .addCommand(newSpokeCommand(done));
}

function newNode(dimension: string, path: string, flags: NewNodeFlags): number {
  const fleet = loadFleet(flags.config);
  const prepared = prepareNode(fleet, dimension, path, flags);
  return carryOut(fleet, prepared.change, flags, flags.json ? newNodeJson(prepared) : newNodeText(fleet, prepared));
}
