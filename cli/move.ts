import { Command, Option } from 'commander';
import { type Fleet, FleetError, fleetFromConfig, HubFleet, type MemberView } from '../constructs';
import { type MoveStep, type MovingFleet, type MovingMember, retire, toCentralized, toDistributed } from '../rollout/member-moves';
import { locate } from '../store/locate';
import { readConfig } from '../store/read-config';
import { findMember, membersOf } from './members';
import { type Done, print, printJson } from './print';
import { settled } from './rollout/alone';
import { completed } from './rollout/fleet';
import { aligned, type Row } from './rollout/words';

interface Options {
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
    .action((spoke: string, options: Options) => done(settled(options.config, () => move(spoke, options))));
}

export function retireCommand(done: Done): Command {
  return new Command('retire')
    .description('print the commits that take a spoke out of the fleet, each with what to wait for')
    .argument('<spoke>', 'the spoke')
    .option('--config <dir>', 'the configuration folder', 'config')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nWrites nothing.\n\nExample:\n  $ npx fleet retire tenant1-dev-workload1')
    .action((spoke: string, options: Omit<Options, 'to'>) => done(settled(options.config, () => retirement(spoke, options))));
}

function move(name: string, { config, to, manages, json }: Options): number {
  const { fleet, member } = load(config, name);
  if (to === 'centralized' && manages !== undefined) throw failure('`--manages` is for --to distributed', 'a centralized spoke deploys nothing itself');
  const groups =
    manages === undefined
      ? fleet.groups
      : manages
          .split(',')
          .map((group) => group.trim())
          .filter((group) => group !== '')
          .map((group) => completed(group, fleet.groups, 'group', 'groups'));
  if (to === 'distributed' && fleet.bootstrap === undefined) {
    throw failure('no group brings Argo CD and External Secrets to distributed spokes', 'say `bootstrap` in the defaults.ts of a group first');
  }
  const steps = to === 'distributed' ? toDistributed(member, fleet, groups) : member.model === 'centralized' ? [] : toCentralized(member, fleet);
  return show(steps, `${member.name} is ${to} already${to === 'distributed' ? `, and manages ${groups.join(', ') || 'nothing'}` : ''}.`, json);
}

function retirement(name: string, { config, json }: Omit<Options, 'to'>): number {
  const { fleet, member, view } = load(config, name);
  const places = locate(view.mentions.map(({ file, place }) => ({ code: 'rollout', message: '', file, place })));
  const mentions = places.map(({ file, line }) => (line === undefined ? `${file}` : `${file}:${line}`));
  return show(retire(member, fleet, mentions), '', json);
}

function load(config: string, name: string): { readonly fleet: MovingFleet; readonly member: MovingMember; readonly view: MemberView } {
  const fleet: Fleet = fleetFromConfig(readConfig(config));
  const members = membersOf(fleet.synth());
  const view = findMember(members, name);
  if (view.kind === 'hub') {
    const spokes = members.filter(({ kind, hub }) => kind === 'spoke' && hub === view.name).length;
    throw failure(`${view.name} is a hub`, `a hub deploys to itself; ${spokes} spokes are registered with it`);
  }
  if (view.file === undefined || !(fleet instanceof HubFleet)) throw failure(`${view.name} is declared in code`, 'change it there');
  const groups = fleet.groups.filter(({ bootstrap }) => !bootstrap).map((group) => group.name);
  const bootstrap = fleet.groups.find((group) => group.bootstrap)?.name;
  return {
    view,
    member: { ...view, file: view.file },
    fleet: { namespace: fleet.platformNamespace, labelPrefix: fleet.labelPrefix, groups, bootstrap },
  };
}

function show(steps: readonly MoveStep[], nothing: string, json: boolean | undefined): number {
  if (json) {
    printJson({ ok: true, steps });
    return 0;
  }
  print(steps.length === 0 ? nothing : steps.flatMap((step, index) => [...(index > 0 ? [''] : []), ...lines(step, index + 1)]).join('\n'));
  return 0;
}

function lines({ title, edits, effect, waitFor }: MoveStep, number: number): readonly string[] {
  const isCommit = edits.length > 0;
  const width = 'wait for'.length;
  const rows: readonly Row[] = [
    ...edits.map((edit) => ['write', edit] as const),
    ...(isCommit ? [['then', '`npx fleet synth`, commit both, merge'] as const] : []),
    ['effect', effect],
  ];
  // A command is for copying: it stays on one line, however long.
  const conditions = waitFor.flatMap(({ cluster, command, shows }) => [
    `    ${(isCommit ? 'wait for' : 'run').padEnd(width)}  ${command}  # on ${cluster}`,
    ...aligned([['', `${isCommit ? 'to show' : 'shows'}: ${shows}`]], '    ', width),
  ]);
  return [`${String(number).padStart(2)}. ${title}`, ...aligned(rows, '    ', width), ...conditions];
}

function failure(message: string, hint: string): FleetError {
  return new FleetError([{ code: 'rollout', message, place: [], hint }]);
}
