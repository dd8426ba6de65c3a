import { Command, Option } from 'commander';
import { toCentralized, toDistributed } from '../../rollout/move-member';
import type { MoveStep, MovingFleet, MovingMember } from '../../rollout/move-step';
import { printMoveSteps } from '../print/move-steps';
import type { Done } from '../print/print';
import { completeName } from '../read/complete-name';
import { readNameList } from '../read/name-list';
import { readSpoke, wrongMove } from '../read/read-spoke';
import { runSettled } from '../run-alone';

interface MoveFlags {
  readonly config: string;
  readonly to: 'centralized' | 'distributed';
  readonly manages?: string;
  readonly json?: boolean;
}

export function moveCommand(done: Done): Command {
  return new Command('move')
    .description('print the commits that move a spoke to the other model, each with what to wait for')
    .argument('<spoke>', 'the spoke')
    .addOption(new Option('--to <model>', 'who shall deploy').choices(['centralized', 'distributed']).makeOptionMandatory())
    .option('--manages <groups>', 'with --to distributed, the groups that it shall deploy itself, such as addons,resources (default: all)')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nWrites nothing.\n\nExample:\n  $ npx fleet move tenant1-dev-workload1 --to distributed --manages addons')
    .action((spoke: string, flags: MoveFlags) => done(runSettled(flags.config, () => moveSpoke(spoke, flags))));
}

function moveSpoke(name: string, { config, to, manages, json }: MoveFlags): number {
  const { fleet, member } = readSpoke(config, name);
  if (to === 'centralized') {
    if (manages !== undefined) throw wrongMove('`--manages` is for --to distributed', 'a centralized spoke deploys nothing itself');
    printMoveSteps(centralize(member, fleet), `${member.name} is centralized already.`, json);
  } else {
    const groups = groupsOf(fleet, manages);
    printMoveSteps(distribute(member, fleet, groups), `${member.name} is distributed already, and manages ${groups.join(', ') || 'nothing'}.`, json);
  }
  return 0;
}

/** The groups that `--manages` names; without it, all. */
function groupsOf({ groups }: MovingFleet, manages: string | undefined): readonly string[] {
  return manages === undefined ? groups : readNameList(manages).map((group) => completeName(group, { known: groups, noun: 'group', nouns: 'groups' }));
}

function centralize(member: MovingMember, fleet: MovingFleet): readonly MoveStep[] {
  return member.model === 'centralized' ? [] : toCentralized(member, fleet);
}

/** @throws FleetError where nothing could deploy on the spoke */
function distribute(member: MovingMember, fleet: MovingFleet, groups: readonly string[]): readonly MoveStep[] {
  if (fleet.bootstrap !== undefined) return toDistributed(member, fleet, groups);
  throw wrongMove('no group brings Argo CD and External Secrets to distributed spokes', 'say `bootstrap` in the defaults.ts of a group first');
}
