import { Command } from 'commander';
import { type NewClusterTypeFlags, prepareClusterType } from '../../prepare/prepare-cluster-type';
import { newClusterTypeJson, newClusterTypeText } from '../../print/new/new-cluster-type-printer';
import type { Done } from '../../print/print';
import { collected } from '../../read/collected';
import { loadFleet } from '../../read/load-fleet';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withWriteOptions } from '../../write-options';
import { withAppOptions } from './app-options';

export function newClusterTypeCommand(done: Done): Command {
  const command = new Command('cluster-type')
    .description('write the folder of a new cluster type, with the root that deploys it; with hubs and spokes, of a group')
    .argument('<name>', 'what it is called')
    .option('--host <cluster-type>', 'whose Argo CD deploys it (default: its own)')
    .option('--at <path>', 'render it only there and below (repeatable; default: everywhere)', collected, [])
    .option('--app <name>', 'its first app, which the options below are about');
  return withWriteOptions(withAppOptions(command))
    .addHelpText(
      'after',
      '\nNothing that is there changes: that is proved before anything is written.\n\nExample:\n  $ npx fleet new cluster-type edge-cluster',
    )
    .action((name: string, flags: NewClusterTypeFlags) => {
      const run = () => newClusterType(name, flags);
      done(runWriting(flags, run));
    });
}

function newClusterType(name: string, flags: NewClusterTypeFlags): number {
  const fleet = loadFleet(flags.config);
  const prepared = prepareClusterType(fleet, name, flags);
  return carryOut(fleet, prepared.change, flags, flags.json ? newClusterTypeJson(prepared) : newClusterTypeText(fleet, prepared));
}
