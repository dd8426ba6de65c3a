import { Command } from 'commander';
import { waitingStatus } from '../../exit-status';
import { type NewPatchFlags, preparePatch } from '../../prepare/prepare-patch';
import { newPatchJson, newPatchText, printWaiting } from '../../print/new/new-patch-printer';
import type { Done } from '../../print/print';
import { loadFleet } from '../../read/load-fleet';
import { readSetting } from '../../read/setting';
import { runAlone, runSettled } from '../../run-alone';
import { carryOut } from '../../write/carry-out';

export function newPatchCommand(done: Done): Command {
  return new Command('patch')
    .exitOverride()
    .showHelpAfterError('Run `fleet new patch --help` for what there is.')
    .description('write a new patch of an app, at the first path of the sequence')
    .argument('<cluster-type>', 'the cluster type of the app; with hubs and spokes, the group of the component')
    .argument('<app>', 'the app')
    .requiredOption(
      '--set <path=value>',
      'a field that it changes, such as source.targetRevision=v1.20.0 (repeatable; a dot in a key is written \\.)',
      readSetting,
      [],
    )
    .option('--name <name>', 'what it is called (default: the next free number, such as patch-003)')
    .option('--description <text>', 'what it is for')
    .option('--at <path>', 'where it starts (default: the first node at the promotion level)')
    .option('--approve <path>', 'a manual node that may be entered (repeatable)', (path: string, all: readonly string[]) => [...all, path], [])
    .option('--dry-run', 'print the change of the manifests; write nothing')
    .option('--no-synth', 'do not render the output')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', '\nExample:\n  $ npx fleet new patch management-cluster cert-manager --set source.targetRevision=v1.20.0')
    .action((clusterType: string, app: string, flags: NewPatchFlags) => {
      const run = () => newPatch(clusterType, app, flags);
      done(flags.dryRun ? runSettled(flags.config, run) : runAlone(flags.config, run));
    });
}

function newPatch(clusterType: string, app: string, flags: NewPatchFlags): number {
  const fleet = loadFleet(flags.config);
  const prepared = preparePatch(fleet, clusterType, app, flags);
  if (prepared.open.length > 0) {
    printWaiting(prepared, flags);
    return waitingStatus;
  }
  return carryOut(fleet, prepared.change, flags, flags.json ? newPatchJson(prepared) : newPatchText(prepared, fleet.fleet.path));
}
