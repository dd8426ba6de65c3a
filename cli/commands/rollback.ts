import { Command, Option } from 'commander';
import { History } from '../../store/git/history';
import { waitingStatus } from '../exit-status';
import { prepareBack } from '../prepare/back/prepare-back';
import { goesOnByItself, prepareRollback, type RollbackFlags } from '../prepare/prepare-rollback';
import { backJson, backText, printBackWaiting } from '../print/back-printer';
import type { Done } from '../print/print';
import { nextNote, rollbackJson, rollbackText } from '../print/rollback-printer';
import { collected } from '../read/collected';
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
        .option('--level <dimension>', "what counts as a step (default: the fleet's promotionLevel, else the last dimension but one)")
        .option('--approve <path>', 'a manual node that the patch which takes one back may enter (repeatable)', collected, []),
      'the plan and the change of the manifests',
    ),
  )
    .addHelpText(
      'after',
      '\nOf a patch that is in the base already, a new patch takes back what it changed: from the first node on, or straight at --at.\nExit status 3 where that one waits for an approval.\n\nExample:\n  $ npx fleet rollback management-cluster cert-manager patch-001',
    )
    .action((clusterType: string, app: string, patch: string, flags: RollbackFlags) => {
      const run = () => rollBack([clusterType, app, patch], flags, new Date());
      done(runWriting(flags, run));
    });
}

function rollBack(names: PatchNames, flags: RollbackFlags, now: Date): number {
  const fleet = loadFleet(flags.config);
  const back = prepareBack(fleet, names, flags, now);
  if (back && back.open.length > 0) {
    printBackWaiting(back, flags);
    return waitingStatus;
  }
  if (back) return carryOut(fleet, back.change, { ...flags, synth: back.isRendered }, flags.json ? backJson(back) : backText(back, fleet.fleet.path));
  const prepared = prepareRollback(fleet, names, flags);
  const notes = goesOnByItself(fleet, prepared, now) ? [nextNote(prepared, new History(flags.config).isThere)] : [];
  return carryOut(fleet, prepared.change, flags, flags.json ? rollbackJson(prepared, notes) : rollbackText(prepared, fleet.fleet.path, notes));
}
