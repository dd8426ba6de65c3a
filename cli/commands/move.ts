import { Command, Option } from 'commander';
import { type Fleet, fleetFromConfig, HubFleet } from '../../constructs';
import { type Home, handOver } from '../../rollout/hand-over';
import { toCentralized, toDistributed } from '../../rollout/move-member';
import type { MoveStep, MovingFleet, MovingMember } from '../../rollout/move-step';
import { readConfig } from '../../store/read/read-config';
import { printMoveSteps } from '../print/move-steps';
import type { Done } from '../print/print';
import { completeName } from '../read/complete-name';
import { readMovingType } from '../read/moving/read-moving-type';
import { expectNothingUninstalled, readSpoke, wrongMove } from '../read/moving/read-spoke';
import { readNameList } from '../read/name-list';
import { runSettled } from '../run-alone';

const models = ['centralized', 'distributed'] as const;
const homes = ['controlPlane', 'cluster'] as const;

interface MoveFlags {
  readonly config: string;
  readonly to: (typeof models)[number] | Home;
  readonly manages?: string;
  readonly json?: boolean;
}

export function moveCommand(done: Done): Command {
  return new Command('move')
    .description(
      'print the commits that move a spoke to the other model, or the Applications of a cluster type to the other Argo CD, each with what to wait for',
    )
    .argument('<moved>', 'the spoke, or the cluster type')
    .addOption(
      new Option('--to <where>', 'who shall deploy a spoke; where the Applications of a cluster type shall live')
        .choices([...models, ...homes])
        .makeOptionMandatory(),
    )
    .option('--manages <groups>', 'with --to distributed, the groups that it shall deploy itself, such as addons,resources (default: all)')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print the plan as JSON')
    .addHelpText(
      'after',
      `
Writes nothing.

Example:
  $ npx fleet move tenant1-dev-workload1 --to distributed --manages addons
  $ npx fleet move management-cluster --to controlPlane`,
    )
    .action((moved: string, flags: MoveFlags) => done(runSettled(flags.config, () => move(moved, flags))));
}

function move(name: string, flags: MoveFlags): number {
  const { config, to, manages, json } = flags;
  if (!isHome(to)) return moveSpoke(name, { config, to, manages, json });
  if (manages !== undefined) throw wrongMove('`--manages` is for --to distributed', 'a cluster type moves as a whole');
  const fleet = fleetFromConfig(readConfig(config));
  if (fleet instanceof HubFleet)
    throw wrongMove(`--to ${to} is for cluster types, and this fleet has hubs and spokes`, `spokes move --to ${models.join(' or --to ')}`);
  return moveClusterType(fleet, name, to, json);
}

function isHome(to: MoveFlags['to']): to is Home {
  return (homes as readonly string[]).includes(to);
}

function moveClusterType(fleet: Fleet, name: string, to: Home, json: boolean | undefined): number {
  const { home, moving } = readMovingType(fleet, fleet.outline(), name);
  const there = to === 'cluster' ? "in each cluster's own Argo CD" : `in the Argo CD of ${moving.host}`;
  printMoveSteps(home === to ? [] : handOver(moving, to), `The Applications of ${moving.clusterType} live ${there} already.`, json);
  return 0;
}

function moveSpoke(name: string, { config, to, manages, json }: MoveFlags & { readonly to: (typeof models)[number] }): number {
  const { fleet, member, view } = readSpoke(config, name);
  expectNothingUninstalled(view);
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
