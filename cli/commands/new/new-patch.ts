import { Command } from 'commander';
import { waitingStatus } from '../../exit-status';
import { type NewPatchFlags, preparePatch } from '../../prepare/prepare-patch';
import { newPatchJson, newPatchText, printWaiting } from '../../print/new/new-patch-printer';
import type { Done } from '../../print/print';
import { loadFleet } from '../../read/load-fleet';
import { readSetting } from '../../read/setting';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withPatchOptions } from './patch-options';

export function newPatchCommand(done: Done): Command {
  return withPatchOptions(
    new Command('patch')
      .description('write a new patch of an app, at the first path of the sequence')
      .argument('<cluster-type>', 'the cluster type of the app; with hubs and spokes, the group of the component')
      .argument('<app>', 'the app')
      .requiredOption(
        '--set <path=value>',
        'a field that it changes, such as source.targetRevision=v1.20.0 (repeatable; a dot in a key is written \\.)',
        readSetting,
        [],
      ),
  )
    .addHelpText('after', '\nExample:\n  $ npx fleet new patch management-cluster cert-manager --set source.targetRevision=v1.20.0')
    .action((clusterType: string, app: string, flags: NewPatchFlags) => {
      const run = () => newPatch(clusterType, app, flags);
      done(runWriting(flags, run));
    });
}

function newPatch(clusterType: string, app: string, flags: NewPatchFlags): number {
  const fleet = loadFleet(flags.config);
  const prepared = preparePatch(fleet, clusterType, app, flags, new Date());
  if (prepared.open.length > 0) {
    printWaiting(prepared, flags);
    return waitingStatus;
  }
  return carryOut(fleet, prepared.change, flags, flags.json ? newPatchJson(prepared) : newPatchText(prepared, fleet.fleet.path));
}
