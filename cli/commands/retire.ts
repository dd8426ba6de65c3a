import { Command } from 'commander';
import { FleetError, type MemberView, type Problem } from '../../constructs';
import { retire } from '../../rollout/retire-member';
import { locate } from '../../store/read/locate';
import { waitingStatus } from '../exit-status';
import { type PreparedRetirement, prepareRetireApp, type RetireFlags } from '../prepare/retire/prepare-retire-app';
import { prepareRetireNode } from '../prepare/retire/prepare-retire-node';
import { prepareUninstallAt } from '../prepare/retire/prepare-uninstall-at';
import { type Retired, whatIsMeant } from '../prepare/retire/what-is-meant';
import { printMoveSteps } from '../print/move-steps';
import type { Done } from '../print/print';
import { printUnwritten, retireJson, retireText } from '../print/retire/retire-printer';
import { collected } from '../read/collected';
import { type LoadedFleet, loadFleet } from '../read/load-fleet';
import { expectNothingUninstalled, readSpoke } from '../read/moving/read-spoke';
import { runWriting } from '../run-alone';
import { carryOut } from '../write/carry-out';
import { withCommitOption, withWriteOptions } from '../write-options';

export function retireCommand(done: Done): Command {
  return withCommitOption(
    withWriteOptions(
      new Command('retire')
        .description('take an app, a node or a spoke out of the fleet: the commits, each with what to wait for; the next one is made')
        .argument('<retired>', 'an app, CLUSTER-TYPE/APP, a node or target, a component, or a spoke')
        .argument('[app]', 'the app, behind its cluster type or group')
        .option('--approve <path>', 'a manual node, or rank, that may be entered (repeatable)', collected, [])
        .option('--uninstall', 'of a component: what it deployed goes with it; first its Applications are told so, node by node')
        .option('--at <path>', 'with --uninstall: at this node alone, by an override'),
      'the steps and the change of the manifests',
    ),
  )
    .addHelpText(
      'after',
      `
Run it again after each commit: what is done is known from the fleet. Of a spoke
all is by hand, and it writes nothing. Exit status 3 where a step waits for an
approval.

Example:
  $ npx fleet retire management-cluster cert-manager
  $ npx fleet retire production/prod-sector-1/us-east1
  $ npx fleet retire tenant1-dev-workload1`,
    )
    .action((first: string, second: string | undefined, flags: RetireFlags) => done(runWriting(flags, () => retireAny(first, second, flags, new Date()))));
}

function retireAny(first: string, second: string | undefined, flags: RetireFlags, now: Date): number {
  const fleet = loadFleet(flags.config);
  const meant = whatIsMeant(fleet, first, second);
  if (flags.uninstall) expectComponent(meant, fleet);
  else if (flags.at !== undefined) throw new FleetError([onlyUninstalling(flags.at)]);
  if (meant.kind === 'spoke') return retireSpoke(meant.name, flags);
  return carryOutNext(fleet, prepared(fleet, meant, flags, now), flags);
}

function prepared(fleet: LoadedFleet, meant: Exclude<Retired, { kind: 'spoke' }>, flags: RetireFlags, now: Date): PreparedRetirement {
  if (meant.kind === 'node') return prepareRetireNode(fleet, meant.path, flags, now);
  const { clusterType, app } = meant;
  return flags.at === undefined ? prepareRetireApp(fleet, clusterType, app, flags, now) : prepareUninstallAt(fleet, clusterType, app, flags.at, flags, now);
}

function onlyUninstalling(path: string): Problem {
  const hint = `elsewhere it is an edit: \`overrides: { '${path}': { enabled: false } }\` switches something off there`;
  return { code: 'rollout', message: '`--at` goes with `--uninstall` alone', place: [], hint };
}

/** @throws FleetError where something else is to be uninstalled */
function expectComponent({ kind }: Retired, { output }: LoadedFleet): void {
  if (kind === 'app' && output.hasMembers) return;
  const message = '`--uninstall` is for components of hubs';
  const hint = output.hasMembers
    ? 'a spoke is retired with what runs on it; uninstall components before, where they shall go'
    : 'what an Application of a region leaves behind is said by its `finalizers`';
  throw new FleetError([{ code: 'rollout', message, place: [], hint }]);
}

function carryOutNext(fleet: LoadedFleet, prepared: PreparedRetirement, flags: RetireFlags): number {
  const { change, open = [] } = prepared;
  if (change) return carryOut(fleet, change, flags, flags.json ? retireJson(prepared) : retireText(prepared, fleet.fleet.path));
  printUnwritten(prepared, flags.json);
  return open.length > 0 ? waitingStatus : 0;
}

function retireSpoke(name: string, { config, json }: RetireFlags): number {
  const { fleet, member, view } = readSpoke(config, name);
  expectNothingUninstalled(view);
  printMoveSteps(retire(member, fleet, mentionsOf(view)), '', json);
  return 0;
}

/** Places in other files that name it, as `file:line`. */
function mentionsOf({ mentions }: MemberView): readonly string[] {
  const places = locate(mentions.map(({ file, place }) => ({ code: 'rollout', message: '', file, place })));
  return places.map(({ file, line }) => (line === undefined ? `${file}` : `${file}:${line}`));
}
