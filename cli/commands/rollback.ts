import { Command, Option } from 'commander';
import { prepareRollback, type RollbackFlags } from '../prepare/prepare-rollback';
import type { Done } from '../print/print';
import { rollbackJson, rollbackText } from '../print/rollback-printer';
import type { PatchNames } from '../read/find-patch';
import { loadFleet } from '../read/load-fleet';
import { runWriting } from '../run-alone';
import { carryOut } from '../write/carry-out';
import { withCommitOption, withWriteOptions } from '../write-options';

export function rollbackCommand(done: Done): Command {
  return withCommitOption(
    withWriteOptions(
      new Command('rollback')
        .description('take a patch out of its last step, of one node, or of more')
        .argument('<cluster-type>', 'the cluster type of the app')
        .argument('<app>', 'the app, or the file of several')
        .argument('<patch>', 'the patch')
        .option('--to <path>', 'take it out of everything after this path')
        .addOption(new Option('--at <path>', 'take it out of what is at or below this path, and of nothing else').conflicts('to'))
        .addOption(new Option('--everywhere', 'take it out of everything').conflicts(['to', 'at']))
        .option('--level <dimension>', "what counts as a step (default: the fleet's promotionLevel, else the last dimension but one)"),
      'the plan and the change of the manifests',
    ),
  )
    .addHelpText(
      'after',
      '\nA patch that is in the base already is taken back with Git.\n\nExample:\n  $ npx fleet rollback management-cluster cert-manager patch-001',
    )
    .action((clusterType: string, app: string, patch: string, flags: RollbackFlags) => {
      const run = () => rollBack([clusterType, app, patch], flags);
      done(runWriting(flags, run));
    });
}

function rollBack(names: PatchNames, flags: RollbackFlags): number {
  const fleet = loadFleet(flags.config);
  const prepared = prepareRollback(fleet, names, flags);
  return carryOut(fleet, prepared.change, flags, flags.json ? rollbackJson(prepared) : rollbackText(prepared, fleet.fleet.path));
}
