import { Command } from 'commander';
import { waitingStatus } from '../../exit-status';
import { type NewAppFlags, prepareApp } from '../../prepare/prepare-app';
import { newAppJson, newAppText, printWaitingApp } from '../../print/new/new-app-printer';
import type { Done } from '../../print/print';
import { collected } from '../../read/collected';
import { loadFleet } from '../../read/load-fleet';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withWriteOptions } from '../../write-options';
import { withAppOptions } from './app-options';

export function newAppCommand(done: Done): Command {
  const command = new Command('app')
    .description('write the file of a new app, and prove that no other changes')
    .argument('<cluster-type>', 'the cluster type; with hubs and spokes, the group')
    .argument('<name>', 'what it is called');
  return withWriteOptions(
    withAppOptions(command)
      .option('--as-patch', 'let it start at the first path of the sequence, as a patch that is promoted')
      .option('--disabled', 'render it nowhere yet')
      .option('--approve <path>', 'a manual node, or rank, that may be entered (repeatable)', collected, []),
  )
    .addHelpText(
      'after',
      `
Without --as-patch or --disabled it is in every target of its cluster type at once.

Example:
  $ npx fleet new app management-cluster metrics-server --owner team-platform@example.com --as-patch \\
      --repo https://kubernetes-sigs.github.io/metrics-server --chart metrics-server --version 3.13.0`,
    )
    .action((clusterType: string, name: string, flags: NewAppFlags) => {
      const run = () => newApp(clusterType, name, flags);
      done(runWriting(flags, run));
    });
}

function newApp(clusterType: string, name: string, flags: NewAppFlags): number {
  const fleet = loadFleet(flags.config);
  const prepared = prepareApp(fleet, clusterType, name, flags, new Date());
  if (prepared.open.length > 0) {
    printWaitingApp(prepared, flags);
    return waitingStatus;
  }
  return carryOut(fleet, prepared.change, flags, flags.json ? newAppJson(prepared) : newAppText(fleet, prepared));
}
