import { Command } from 'commander';
import type { MemberView } from '../../constructs';
import { retire } from '../../rollout/retire-member';
import { locate } from '../../store/read/locate';
import { printMoveSteps } from '../print/move-steps';
import type { Done } from '../print/print';
import { readSpoke } from '../read/read-spoke';
import { runSettled } from '../run-alone';

interface RetireFlags {
  readonly config: string;
  readonly json?: boolean;
}

export function retireCommand(done: Done): Command {
  return new Command('retire')
    .description('print the commits that take a spoke out of the fleet, each with what to wait for')
    .argument('<spoke>', 'the spoke')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nWrites nothing.\n\nExample:\n  $ npx fleet retire tenant1-dev-workload1')
    .action((spoke: string, flags: RetireFlags) => done(runSettled(flags.config, () => retireSpoke(spoke, flags))));
}

function retireSpoke(name: string, { config, json }: RetireFlags): number {
  const { fleet, member, view } = readSpoke(config, name);
  printMoveSteps(retire(member, fleet, mentionsOf(view)), '', json);
  return 0;
}

/** Places in other files that name it, as `file:line`. */
function mentionsOf({ mentions }: MemberView): readonly string[] {
  const places = locate(mentions.map(({ file, place }) => ({ code: 'rollout', message: '', file, place })));
  return places.map(({ file, line }) => (line === undefined ? `${file}` : `${file}:${line}`));
}
