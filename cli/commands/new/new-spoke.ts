import { Command, Option } from 'commander';
import { type NewSpokeFlags, prepareSpoke } from '../../prepare/prepare-spoke';
import { newSpokeJson, newSpokeText } from '../../print/new/new-spoke-printer';
import type { Done } from '../../print/print';
import { readKeyValue } from '../../read/key-value';
import { loadFleet } from '../../read/load-fleet';
import { readNameList } from '../../read/name-list';
import { runWriting } from '../../run-alone';
import { carryOut } from '../../write/carry-out';
import { withWriteOptions } from '../../write-options';

export function newSpokeCommand(done: Done): Command {
  return withWriteOptions(
    new Command('spoke')
      .description('write the file of a new spoke, and prove that no other cluster changes')
      .argument('<name>', 'what the cluster is called')
      .option('--tenant <name>', 'its tenant')
      .option('--environment <name>', 'its environment')
      .option('--secret <name>', 'name or ARN of its secret in the secret manager')
      .option('--hub <name>', 'its hub (default: the only one)')
      .addOption(new Option('--model <model>', 'who deploys (default: what the layers above say)').choices(['centralized', 'distributed']))
      .option('--manages <groups>', 'groups that it deploys itself, such as addons,resources', readNameList)
      .option('--label <key=value>', 'a label of its cluster secret (repeatable)', readKeyValue, {})
      .option('--annotation <key=value>', 'an annotation of its cluster secret (repeatable)', readKeyValue, {}),
  )
    .addHelpText(
      'after',
      '\nThe secret holds `server` and `config` of the cluster, as Argo CD wants them; it has to be there before the commit is merged.\n\nExample:\n  $ npx fleet new spoke tenant1-dev-workload3 --tenant tenant1 --environment dev --secret fleet/tenant1-dev-workload3',
    )
    .action((name: string, flags: NewSpokeFlags) => {
      const run = () => newSpoke(name, flags);
      done(runWriting(flags, run));
    });
}

function newSpoke(name: string, flags: NewSpokeFlags): number {
  const fleet = loadFleet(flags.config);
  const prepared = prepareSpoke(fleet, name, flags);
  return carryOut(fleet, prepared.change, flags, flags.json ? newSpokeJson(prepared) : newSpokeText(fleet, prepared));
}
